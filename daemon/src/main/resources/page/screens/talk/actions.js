/** What can be done in a conversation: asks the daemon and changes the store. */
import { ask } from '../../base/link.js';
import { get, set } from '../../base/store.js';
import * as lines from './lines.js';
import { caughtUp } from './news.js';
import { view } from './view.js';

/** Lines of one request. */
const PAGE = 60;
/** Conversations that stay loaded while another one is open. */
const KEPT_TALKS = 6;

const turns = new Map();

function talkOf(card) {
  return get().talks.get(card) || lines.EMPTY;
}

function change(card, fn) {
  set(({ talks }) => {
    const before = talks.get(card) || lines.EMPTY;
    const after = fn(before);
    return after === before ? null : { talks: new Map(talks).set(card, after) };
  });
}

/** One reading of the history after the other for each conversation: the last one asked for counts. */
async function read(card, args, loading, done) {
  const turn = (turns.get(card) || 0) + 1;
  turns.set(card, turn);
  change(card, (talk) => ({ ...talk, loading, failed: '' }));
  try {
    const page = await ask('history', { who: card, count: PAGE, ...args });
    if (turns.get(card) !== turn) return;
    const pinned = view.card !== card || view.pinned;
    change(card, (talk) => caughtUp(done(talk, page), pinned));
  } catch (error) {
    if (turns.get(card) !== turn) return;
    const reason = error.reason || 'failed';
    change(card, (talk) => ({ ...talk, loading: '', failed: reason, missed: [] }));
  }
}

/**
 * Opens a conversation: where the first unread line is, or at its end, or at a message.
 *
 * @param {string} card
 * @param {string} [message]
 */
export async function open(card, message) {
  forgetOthers(card);
  const chat = get().chats.byCard.get(card);
  if (!chat) await meet(card);
  const unread = chat ? chat.unread : 0;
  const from = unread ? (chat && chat.firstUnread) || '' : '';
  change(card, (talk) => ({ ...talk, newFrom: from, newCount: unread, newSeen: false, below: 0, jump: null }));
  if (message) return jump(card, message);
  const talk = talkOf(card);
  if (from && !lines.find(talk, from)) {
    await read(card, { around: from }, 'open', lines.withWindow);
  } else if (!talk.end || talk.lines.length === 0 || talk.failed) {
    await read(card, {}, 'open', lines.withWindow);
  }
  change(card, (now) => ({ ...now, jump: { to: from ? 'new' : 'end', turn: nextTurn() } }));
  return undefined;
}

let jumps = 0;
function nextTurn() {
  return ++jumps;
}

/** A person who is not among the rows that are loaded. */
async function meet(card) {
  if (card === 'me') return;
  try {
    const contact = await ask('contact', { who: card, act: 'look' });
    set(({ chats }) => {
      if (chats.byCard.has(card)) return null;
      const byCard = new Map(chats.byCard).set(card, { ...contact, card });
      return { chats: { ...chats, byCard } };
    });
  } catch (error) {
    change(card, (talk) => ({ ...talk, failed: error.reason || 'failed' }));
  }
}

/** Keeps the open one and the few before it. */
function forgetOthers(card) {
  set(({ talks }) => {
    if (talks.size <= KEPT_TALKS) return null;
    const names = [...talks.keys()].filter((name) => name !== card);
    const next = new Map(talks);
    names.slice(0, talks.size - KEPT_TALKS).forEach((name) => next.delete(name));
    return { talks: next };
  });
}

/** Loads what is older than the window. */
export function older(card) {
  const talk = talkOf(card);
  if (talk.loading || talk.start || talk.lines.length === 0) return;
  read(card, { before: talk.lines[0].message }, 'older', lines.withOlder);
}

/** Loads what is newer than the window. */
export function newer(card) {
  const talk = talkOf(card);
  if (talk.loading || talk.end || talk.lines.length === 0) return;
  read(card, { after: talk.lines.at(-1).message }, 'newer', lines.withNewer);
}

/** Goes to a message: of a quote, of a search, of the address. */
export async function jump(card, message) {
  if (!lines.find(talkOf(card), message)) {
    await read(card, { around: message }, 'jump', lines.withWindow);
    // It is gone, or was never here: the newest are better than nothing.
    if (talkOf(card).failed && talkOf(card).lines.length === 0) await toEnd(card);
  }
  change(card, (talk) => ({ ...talk, jump: { to: 'message', message, turn: nextTurn() } }));
}

/** Goes to the newest line. */
export async function toEnd(card) {
  if (!talkOf(card).end) await read(card, {}, 'end', lines.withWindow);
  change(card, (talk) => ({ ...talk, below: 0, jump: { to: 'end', turn: nextTurn() } }));
}

/** The newest line is in view: nothing waits below any more. */
export function atEnd(card) {
  if (talkOf(card).below) change(card, (talk) => ({ ...talk, below: 0 }));
}

/** Told as read up to a line: where that is the newest, nothing is new any more. */
export function seen(card, message) {
  change(card, (talk) => {
    const last = talk.lines.findLast((line) => !line.mine && !line.note);
    const all = talk.end && last && last.message === message;
    return all && !talk.newSeen ? { ...talk, newSeen: true } : talk;
  });
}

/** Tries once more to read what could not be read. */
export function again(card) {
  read(card, {}, 'open', lines.withWindow);
}

/** After a gap: the open conversation is read where it is read, the others when they are opened. */
export function readAgain() {
  const { card, pinned, anchor } = view;
  const talk = get().talks.get(card);
  set({ talks: new Map(talk ? [[card, talk]] : []) });
  if (!talk) return;
  const around = !pinned && anchor ? { around: anchor } : {};
  read(card, around, 'again', lines.withWindow);
}

/** The line of a confirmed sending, in its conversation: what to change in the state. */
export function confirmedLine(state, line) {
  const talk = state.talks.get(line.card);
  if (!talk) return null;
  const how = { pinned: view.card === line.card && view.pinned, open: false, attended: true };
  return { talks: new Map(state.talks).set(line.card, lines.withLines(talk, [line], how)) };
}

// ---- one message

function replaceLine(line) {
  change(line.card, (talk) => lines.withLines(talk, [{ ...line, changed: true }], {
    pinned: view.pinned, open: false, attended: true,
  }));
}

/** Changes the text of ours: at once here, and back if the daemon refuses. */
export async function edit(line, text) {
  replaceLine({ ...line, text, edited: true });
  try {
    await ask('edit', { message: line.message, text });
  } catch (error) {
    replaceLine(line);
    throw error;
  }
}

/** Deletes here, or for both. */
export async function remove(line, forAll) {
  await ask('delete', { message: line.message, forAll });
  if (forAll) replaceLine({ ...line, deleted: true, text: '', reactions: [] });
  else change(line.card, (talk) => lines.without(talk, line.message));
}

/** Puts a reaction of ours on, or takes it away. */
export async function react(line, emoji, on) {
  const others = (line.reactions || []).filter((r) => !(r.mine && r.emoji === emoji));
  replaceLine({ ...line, reactions: on ? [...others, { from: 'me', mine: true, emoji }] : others });
  try {
    await ask('react', { message: line.message, emoji, on });
  } catch (error) {
    replaceLine(line);
    throw error;
  }
}

/** Tries at once what waits or failed. */
export function retry(message) {
  return ask('retry', { message });
}

/** Takes back what has not arrived. */
export function cancel(message) {
  return ask('cancel', { message });
}

/** Everything that is known about a message. */
export function truth(message) {
  return ask('truth', { message });
}
