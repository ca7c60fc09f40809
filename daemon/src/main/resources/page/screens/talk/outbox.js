/**
 * What was sent from this tab and not confirmed by the daemon yet. It is shown at once, kept in
 * sessionStorage, and sent again with the same key when the link is back, so that nothing is lost and
 * nothing comes twice.
 */
import { ask, on } from '../../base/link.js';
import { get, set } from '../../base/store.js';

const KEPT = 'wayfolk.pending';
const busy = new Set();

/** Reasons for which a text goes on waiting in this tab; for others its writer must decide. */
const LATER = new Set(['stopped', 'locked', 'closed', 'ended', 'too_many', 'disk']);

function keep(pending) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(pending));
  } catch {
    // A full sessionStorage: it stays in memory, as long as the tab does.
  }
  return { pending };
}

/** Reads what an earlier load of this tab left, and sends it as soon as there is a link. */
export function start() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || '[]');
    if (Array.isArray(kept) && kept.length) set({ pending: kept });
  } catch {
    sessionStorage.removeItem(KEPT);
  }
  on('up', () => again());
  on('lock', ({ state }) => state !== 'locked' && again());
  if (get().linkUp) again();
}

function again() {
  for (const card of new Set(get().pending.map((p) => p.card))) flush(card);
}

/** 32 hex digits: the name of one sending. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
}

/**
 * Sends a text. It is on the screen when this returns.
 *
 * @param {string} card whom
 * @param {string} text
 * @param {{message: string, from: string, text: string}} [reply] what it answers
 */
export function send(card, text, reply) {
  const entry = { key: newKey(), card, text, at: Date.now() };
  if (reply) {
    const { message, from, mine, text, deleted } = reply;
    entry.reply = { message, from, mine, text: text.slice(0, 160), deleted };
  }
  set(({ pending }) => keep([...pending, entry]));
  flush(card);
}

/** Tries again what the daemon refused. */
export function retry(key) {
  const entry = get().pending.find((p) => p.key === key);
  if (!entry) return;
  replace(key, { ...entry, refused: undefined });
  flush(entry.card);
}

/** Forgets what was never taken. */
export function discard(key) {
  set(({ pending }) => keep(pending.filter((p) => p.key !== key)));
}

function replace(key, entry) {
  set(({ pending }) => keep(pending.map((p) => (p.key === key ? entry : p))));
}

/** One after the other for each person, so that they are stored in the order they were written. */
async function flush(card) {
  if (busy.has(card)) return;
  busy.add(card);
  try {
    for (;;) {
      const next = get().pending.find((p) => p.card === card && !p.refused);
      if (!next || !(await post(next))) return;
    }
  } finally {
    busy.delete(card);
  }
}

/** Whether the next one may be tried. */
async function post(entry) {
  const args = { who: entry.card, text: entry.text, key: entry.key, wait: false };
  if (entry.reply) args.replyTo = entry.reply.message;
  try {
    const done = await ask('send', args);
    confirmed(entry.key, done.line ? { ...done.line, key: entry.key } : null);
    return true;
  } catch (error) {
    if (LATER.has(error.reason) || !get().linkUp) return false;
    replace(entry.key, { ...entry, refused: error.reason || 'failed', said: error.error });
    return true;
  }
}

let take = () => {};

/** Who puts a confirmed line into its conversation. */
export function onConfirmed(fn) {
  take = fn;
}

function confirmed(key, line) {
  // One change for both, so that the row is never there twice or not at all.
  set((state) => ({
    ...keep(state.pending.filter((p) => p.key !== key)),
    ...(line ? take(state, line) : null),
  }));
}

/** A line that came by `follow`: the key of its pending one, which is then done with. */
export function claim(state, line) {
  if (!line.mine || state.pending.length === 0) return null;
  const found = state.pending.find((p) => p.card === line.card
    && (line.key ? p.key === line.key : busy.has(p.card) && p.text === line.text));
  return found ? found.key : null;
}

/** The pending ones without those keys. */
export function settled(state, keys) {
  return keys.length ? keep(state.pending.filter((p) => !keys.includes(p.key))) : null;
}

/** A pending entry as a line that the log can draw. */
export function asLine(entry) {
  return {
    message: `key-${entry.key}`,
    key: entry.key,
    card: entry.card,
    from: 'me',
    mine: true,
    text: entry.text,
    at: entry.at,
    pending: true,
    state: entry.refused ? 'refused' : 'pending',
    reason: entry.refused,
    replyTo: entry.reply?.message,
    reply: entry.reply,
  };
}
