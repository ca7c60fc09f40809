/**
 * What the daemon tells about lines, gathered for a frame: fifty messages in a second are at most as
 * many changes of the store as there are frames.
 */
import { on } from '../../base/link.js';
import { set } from '../../base/store.js';
import { applied } from './news.js';
import * as outbox from './outbox.js';
import { confirmedLine, readAgain } from './actions.js';
import { attended, view } from './view.js';

/** A tab that is not shown has no frames. */
const HIDDEN_MS = 250;

let waiting = [];
let asked = false;

function later(event) {
  waiting.push(event);
  if (asked) return;
  asked = true;
  if (document.hidden) setTimeout(flush, HIDDEN_MS);
  else requestAnimationFrame(flush);
}

function byCard(events) {
  const out = new Map();
  for (const event of events) {
    const card = event.card || '';
    if (!out.has(card)) out.set(card, []);
    out.get(card).push(event);
  }
  return out;
}

function flush() {
  asked = false;
  const events = waiting;
  waiting = [];
  set((state) => {
    const talks = new Map(state.talks);
    const claimed = [];
    for (const [card, all] of byCard(events)) {
      const told = all.map((event) => claimedBy(state, event, claimed));
      if (card) apply(talks, card, told);
      else for (const name of talks.keys()) apply(talks, name, told);
    }
    return { talks, ...outbox.settled(state, claimed) };
  });
}

function claimedBy(state, event, claimed) {
  if (event.kind !== 'message') return event;
  const key = outbox.claim(state, event);
  if (!key || claimed.includes(key)) return event;
  claimed.push(key);
  return { ...event, key };
}

function apply(talks, card, events) {
  const talk = talks.get(card);
  if (!talk) return;
  const open = view.card === card;
  const how = { open, pinned: open ? view.pinned : true, attended: attended() };
  talks.set(card, applied(talk, events, how));
}

/** Begins to listen. */
export function start() {
  outbox.onConfirmed(confirmedLine);
  ['message', 'changed', 'progress', 'gone'].forEach((kind) => on(kind, later));
  on('reset', readAgain);
  on('removed', ({ card }) => set(({ talks }) => {
    if (!talks.has(card)) return null;
    const next = new Map(talks);
    next.delete(card);
    return { talks: next };
  }));
  on('lock', ({ state }) => state === 'locked' && set({ talks: new Map() }));
  outbox.start();
}

let started = false;

/** Begins once; what was sent in an earlier load of this tab goes on from here. */
export function startOnce() {
  if (started) return;
  started = true;
  start();
}
