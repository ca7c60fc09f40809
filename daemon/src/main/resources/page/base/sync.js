/**
 * What is read from the daemon and kept current: who I am, settings, the list of conversations,
 * ways, network. Also the phases of the page. Lines of conversations are screens/talk's.
 */
import { ask, emit, on } from './link.js';
import { get, set } from './store.js';

/** Conversations got at once: the first are shown before the rest is asked for. */
const FIRST_CHATS = 100;
const MORE_CHATS = 1000;
/** How long the daemon may be away before the page says so. */
const STOPPED_MS = 700;

/** How long a changed row waits for others, so that fifty a second cost no more than a few. */
const TOGETHER_MS = 100;
/** More rows than these are sorted anew, fewer are moved. */
const FEW = 50;

/** How long changes of ways are gathered. */
const WAYS_MS = 1000;

let stopped = 0;
let wayTimer = 0;
const waiting = new Map();

/** Begins to listen to the daemon's events. */
export function start() {
  on('reset', load);
  on('again', ready);
  on('down', () => {
    clearTimeout(stopped);
    stopped = setTimeout(() => !get().linkUp && leave(), STOPPED_MS);
  });
  on('up', () => clearTimeout(stopped));
  on('refused', ({ reason }) => set({ phase: 'unopened', refused: reason }));
  on('lock', ({ state }) => (state === 'locked' ? locked() : load()));
  on('chat', (event) => soon(event.chat || event));
  on('contact', ({ contact }) => contact && patch(contact.card, rowOf(contact)));
  on('met', ways);
  on('removed', ({ card }) => remove(card));
  on('settings', ({ settings }) => set({ settings }));
  on('network', (event) => {
    set({ network: { ...get().network, ...event } });
    waysSoon();
  });
  for (const kind of ['met', 'message', 'progress']) on(kind, waysSoon);
}

/** Locked: nothing that was read stays in this page. */
function locked() {
  set({
    phase: 'locked',
    me: null,
    chats: { byCard: new Map(), order: [], more: true, unread: 0 },
    talks: new Map(),
    ways: new Map(),
    panel: null,
    over: null,
    toasts: [],
  });
}

function leave() {
  const { phase } = get();
  if (phase === 'gone' || phase === 'unopened' || phase === 'stopped') return;
  set({ phase: 'stopped', before: phase, stoppedAt: Date.now() });
}

/** The link came back and nothing was missed. */
function ready() {
  const { phase, before } = get();
  if (phase === 'stopped' && before && before !== 'opening') set({ phase: before });
  else if (phase === 'stopped' || phase === 'unopened' || phase === 'opening') load();
}

/** Reads everything: which phase this is, and what the ready page shows. */
export async function load() {
  // The first run makes the store itself: that it is there and open is no news to it.
  if (get().firstRun) return set({ phase: 'first' });
  try {
    const { state } = await ask('people.state');
    if (state === 'none') return set({ phase: 'first' });
    if (state === 'locked') return locked();
    const [{ settings }, me] = await Promise.all([ask('settings'), ask('me')]);
    set({ settings, me });
    if (typeof settings.firstStep === 'number') return set({ phase: 'first' });
    await chats();
    set({ phase: 'ready' });
    rest();
    emit('loaded', {});
    return Promise.all([ways(), network()]);
  } catch (error) {
    if (error.reason === 'locked') locked();
    else if (error.reason !== 'stopped') set({ phase: 'failed', error });
    return undefined;
  }
}

/** The first run is over: `firstStep` goes from the settings, and the page is ready. */
export async function finishFirst() {
  await setting({ firstStep: null });
  await load();
}

/** Changes settings: shown at once, told to the daemon, and by it to the other tabs. */
export async function setting(change) {
  const before = get().settings;
  set({ settings: { ...before, ...change } });
  try {
    await ask('settings', { set: change });
  } catch (error) {
    set({ settings: before });
    throw error;
  }
}

async function chats() {
  const got = await ask('chats', { count: FIRST_CHATS });
  const byCard = new Map(got.chats.map((chat) => [chat.card, chat]));
  const order = got.chats.map((chat) => chat.card);
  set({ chats: { byCard, order, more: got.more, unread: got.unread } });
}

async function rest() {
  try {
    while (get().chats.more && get().linkUp) {
      const { order } = get().chats;
      const got = await ask('chats', { count: MORE_CHATS, after: order[order.length - 1] });
      if (!got.chats.length) return;
      put(got.chats, { more: got.more });
    }
  } catch (error) {
    if (error.reason !== 'stopped') console.error(error);
  }
}

function rowOf(contact) {
  const { card, name, verified, blocked, muted, pinned, archived } = contact;
  return { card, name, verified, blocked, muted, pinned, archived };
}

/** Changes keys of the row of a conversation. */
export function patch(card, part) {
  const row = get().chats.byCard.get(card);
  put([{ ...row, ...part, card }]);
}

/** Puts rows of conversations into the list, each at its place. */
export function put(rows, { more = get().chats.more } = {}) {
  const { byCard: old, order: was } = get().chats;
  const byCard = new Map(old);
  for (const row of rows) byCard.set(row.card, row);
  const order = rows.length > FEW ? sorted(byCard) : moved(was, rows, byCard);
  set({ chats: { byCard, order, more, unread: unread(byCard) } });
}

function sorted(byCard) {
  return [...byCard.keys()].sort((a, b) => before(byCard.get(a), byCard.get(b)));
}

/** The order with a few rows moved to their places: the others are in order already. */
function moved(was, rows, byCard) {
  const cards = new Set(rows.map((row) => row.card));
  const order = was.filter((card) => !cards.has(card));
  for (const card of cards) {
    const row = byCard.get(card);
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(byCard.get(order[middle]), row) < 0) low = middle + 1;
      else high = middle;
    }
    order.splice(low, 0, card);
  }
  return order;
}

/** Events that come close together are shown together. */
function soon(row) {
  waiting.set(row.card, row);
  if (waiting.size > 1) return;
  setTimeout(() => {
    const rows = [...waiting.values()];
    waiting.clear();
    put(rows);
  }, TOGETHER_MS);
}

function remove(card) {
  const byCard = new Map(get().chats.byCard);
  byCard.delete(card);
  const order = get().chats.order.filter((other) => other !== card);
  set({ chats: { ...get().chats, byCard, order, unread: unread(byCard) } });
}

function unread(byCard) {
  let count = 0;
  for (const row of byCard.values()) {
    if (row.unread > 0 && !row.muted && !row.archived) count++;
  }
  return count;
}

function before(a, b) {
  if (Boolean(a.pinned) !== Boolean(b.pinned)) return a.pinned ? -1 : 1;
  const left = (a.last && a.last.at) || a.since || '';
  const right = (b.last && b.last.at) || b.since || '';
  return left < right ? 1 : left > right ? -1 : 0;
}

/** Reads the ways again in a moment: what changes them comes in swarms. */
function waysSoon() {
  wayTimer ||= setTimeout(() => {
    wayTimer = 0;
    if (get().linkUp && get().phase === 'ready') ways();
  }, WAYS_MS);
}

/** Reads the ways again. */
export async function ways() {
  try {
    const got = await ask('ways');
    set({ ways: new Map(got.ways.map((way) => [way.card, way])) });
  } catch (error) {
    if (error.reason !== 'stopped') console.error(error);
  }
}

async function network() {
  try {
    set({ network: await ask('status') });
  } catch (error) {
    if (error.reason !== 'stopped') console.error(error);
  }
}
