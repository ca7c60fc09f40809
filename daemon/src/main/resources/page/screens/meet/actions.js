/**
 * Inviting and accepting: what asks the daemon, and what the page remembers of it. The slice `meeting`
 * of the store: `{invites: [...]|null, accepted: Map, attempts: [...]}`. Attempts outlive the screen,
 * so that one may look elsewhere meanwhile; the daemon goes on with a link even without the page.
 */
import { ask, on } from '../../base/link.js';
import { get, set } from '../../base/store.js';

/** Longest wait that the daemon takes; a link is then asked for again. */
const WAIT_MS = 600_000;

const EMPTY = { invites: null, accepted: new Map(), attempts: [] };

/** The slice. */
export const meeting = (state) => state.meeting || EMPTY;

function change(part) {
  set((state) => ({ meeting: { ...meeting(state), ...part } }));
}

let listening = false;

/** Begins to hear who was met; more than once does no harm. */
export function hear() {
  if (listening) return;
  listening = true;
  on('met', met);
  on('invitations', () => meeting(get()).invites && readInvites().catch(() => {}));
  on('up', goOn);
}

function met({ card, name, invitation }) {
  const { accepted, invites } = meeting(get());
  if (invitation !== undefined) {
    const next = new Map(accepted).set(invitation, { card, name });
    change({
      accepted: next,
      invites: invites && invites.filter((each) => each.invitation !== invitation),
    });
  }
  for (const attempt of meeting(get()).attempts) {
    if (attempt.card === card && attempt.state !== 'met') settle(attempt.id, { card, name });
  }
}

/** Reads which invitations wait. */
export async function readInvites() {
  const { invitations } = await ask('invitations');
  change({ invites: invitations });
  return invitations;
}

/**
 * Makes an invitation.
 *
 * @param {{as?: string, validForS?: number}} how what to call who comes; how long it is good
 */
export async function invite(how = {}) {
  const made = await ask('invite', how);
  const invites = meeting(get()).invites || [];
  const known = invites.some((each) => each.invitation === made.invitation);
  if (!known)
    change({ invites: [...invites, { ...made, codeTries: 3, ...how, state: 'waiting' }] });
  return made;
}

/** Takes an invitation back. */
export async function cancel(invitation) {
  await ask('invite', { cancel: invitation });
  const invites = meeting(get()).invites || [];
  change({ invites: invites.filter((each) => each.invitation !== invitation) });
}

let count = 0;

/**
 * Begins to accept a link or five words.
 *
 * @param {Object} read of base/invitation.js: a link, or `{words}`
 * @param {{first?: boolean}} how `first` in the first run: it ends in the conversation by itself
 * @returns {number} the attempt
 */
export function accept(read, { first = false } = {}) {
  hear();
  const text = read.link || read.words.join(' ');
  const same = meeting(get()).attempts.find((each) => each.text === text && each.state === 'going');
  if (same) return same.id;
  const id = ++count;
  const attempt = {
    id,
    text,
    began: Date.now(),
    state: 'going',
    kind: read.link ? 'link' : 'words',
  };
  const { card, expires } = read;
  change({ attempts: [...meeting(get()).attempts, { ...attempt, card, expires, first }] });
  pursue(id);
  return id;
}

function find(id) {
  return meeting(get()).attempts.find((each) => each.id === id);
}

function update(id, part) {
  const attempts = meeting(get()).attempts.map((each) =>
    each.id === id ? { ...each, ...part } : each,
  );
  change({ attempts });
}

function settle(id, { card, name }) {
  const attempt = find(id);
  if (!attempt || attempt.state === 'met') return;
  update(id, { state: 'met', card, name, took: Date.now() - attempt.began });
}

/** Whether the daemon goes on by itself after this. */
const waits = (failure) =>
  ['timed_out', 'not_reached', 'stopped', 'ended'].includes(failure.reason);

async function pursue(id) {
  const { text, kind } = find(id);
  try {
    settle(id, await ask('accept', { invitation: text, timeoutMs: WAIT_MS }));
  } catch (failure) {
    const attempt = find(id);
    if (!attempt || attempt.state === 'met') return;
    if (kind === 'link' && (waits(failure) || failure.exit === 5)) {
      update(id, { state: 'waiting' });
      if (failure.reason !== 'stopped') setTimeout(() => again(id), 1000);
    } else {
      update(id, { state: 'failed', failure });
    }
  }
}

function again(id) {
  const attempt = find(id);
  if (!attempt || attempt.state !== 'waiting' || !get().linkUp) return;
  update(id, { state: 'going' });
  pursue(id);
}

/** The daemon is back: it goes on with links by itself, and we ask again how they stand. */
function goOn() {
  for (const attempt of meeting(get()).attempts) again(attempt.id);
}

/** Takes an attempt that ended out of sight. */
export function forget(id) {
  change({ attempts: meeting(get()).attempts.filter((each) => each.id !== id) });
}
