/**
 * What is written and not sent: in sessionStorage at every key, in the daemon a moment later. Once the
 * daemon has it, the copy in the tab goes.
 */
import { ask, on } from '../../base/link.js';
import { get } from '../../base/store.js';

const PREFIX = 'wayfolk.draft.';
const PAUSE_MS = 400;

const timers = new Map();

function here(card) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + card) || 'null');
  } catch {
    return null;
  }
}

/** Whether this tab has something that the daemon does not have yet. */
export function inTab(card) {
  return here(card) !== null;
}

/**
 * The draft of a conversation.
 *
 * @param {string} card
 * @returns {Promise<{text: string, reply?: Object}>}
 */
export async function load(card) {
  const kept = here(card);
  if (kept && typeof kept.text === 'string') return kept;
  const chat = get().chats.byCard.get(card);
  if (chat && !chat.draft && get().linkUp === false) return { text: '' };
  const { text } = await ask('draft', { who: card });
  return { text: text || '' };
}

/** Keeps it: in the tab now, in the daemon soon. */
export function keep(card, text, reply) {
  const entry = { text };
  if (reply) entry.reply = reply;
  try {
    sessionStorage.setItem(PREFIX + card, JSON.stringify(entry));
  } catch {
    // Too much for the tab: then only the daemon keeps it.
  }
  clearTimeout(timers.get(card));
  timers.set(card, setTimeout(() => flush(card), PAUSE_MS));
}

/** Gives it to the daemon now. */
export async function flush(card) {
  clearTimeout(timers.get(card));
  timers.delete(card);
  const kept = here(card);
  if (!kept || !get().linkUp) return;
  try {
    await ask('draft', { who: card, text: kept.text });
    // What a draft answers only the tab knows; and what was typed meanwhile is not kept yet.
    const now = here(card);
    if (now && now.text === kept.text && !now.reply) sessionStorage.removeItem(PREFIX + card);
  } catch (error) {
    if (error.reason !== 'stopped') console.warn(error);
  }
}

/** It was sent. */
export function clear(card) {
  clearTimeout(timers.get(card));
  timers.delete(card);
  sessionStorage.setItem(PREFIX + card, JSON.stringify({ text: '' }));
  flush(card);
}

on('up', () => {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) flush(key.slice(PREFIX.length));
  }
});
