/**
 * The one socket to the daemon: opens it, proves both sides, carries requests and events, and comes
 * back by itself. Keeps `linkUp` in the store; the phases are base/sync.js's.
 */
import { get, set } from './store.js';
import * as token from './token.js';

/** Pauses before the next try to connect: the last one is repeated. */
const PAUSES_MS = [100, 200, 400, 800, 1500, 2000];
/** While the page is looked at: how often we ask whether the daemon lives, and how long it may take. */
const PING_MS = 1000;
const SILENT_MS = 2000;
/** How long the handshake may take. */
const OPEN_MS = 3000;
/** What a page asks before its link is up waits this long for it. */
const WAIT_MS = 10_000;

/** Close codes of the daemon. */
const UNKNOWN_TOKEN = 4401;

/** Why the daemon did not do it: `exit`, `error` and `do` in words (English), `reason` for the page. */
export class Failed extends Error {
  constructor({ exit = 1, error = '', do: what = '', reason = '' }) {
    super(error || reason);
    this.exit = exit;
    this.error = error;
    this.do = what;
    this.reason = reason;
  }
}

const listeners = new Map();
const requests = new Map();
let socket = null;
let number = 0;
let tries = 0;
let timer = 0;
let heard = 0;
let place = { epoch: '', since: 0 };
let ended = false;

/**
 * Calls `fn` with each event of that kind (docs/page-api.md, `follow`), and of these of our own:
 * `up` (home), `down`, `reset` (read everything again), `refused` (reason).
 *
 * @returns {Function} ends it
 */
export function on(kind, fn) {
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind).add(fn);
  return () => listeners.get(kind).delete(fn);
}

/** Tells all who listen. One that throws does not keep the others from hearing. */
export function emit(kind, event) {
  for (const fn of [...(listeners.get(kind) || [])]) {
    try {
      fn(event);
    } catch (error) {
      console.error(error);
    }
  }
}

/**
 * Asks the daemon.
 *
 * @param {string} doWhat a request of docs/control-socket.md or docs/page-api.md
 * @param {Object} [args] its keys
 * @param {{event?: Function, signal?: AbortSignal}} [how] what hears its events; what ends it
 * @returns {Promise<Object>} what was done; rejects with {@link Failed}, reason `stopped` where the
 *     daemon is not there
 */
export async function ask(doWhat, args = {}, how = {}) {
  if (!get().linkUp) await untilUp();
  return request(doWhat, args, how);
}

function request(doWhat, args, { event, signal } = {}) {
  return new Promise((done, failed) => {
    const n = ++number;
    requests.set(n, { done, failed, event });
    tell(socket, { n, do: doWhat, ...args });
    if (signal) signal.addEventListener('abort', () => stop(n), { once: true });
  });
}

/** A socket that is closing will say so itself; whoever waits for an answer hears of it then. */
function tell(to, what) {
  if (to.readyState === WebSocket.OPEN) to.send(JSON.stringify(what));
}

function stop(n) {
  const waiting = requests.get(n);
  if (!waiting) return;
  requests.delete(n);
  if (get().linkUp) tell(socket, { n, stop: true });
  waiting.failed(new Failed({ reason: 'ended' }));
}

function untilUp() {
  return new Promise((done, failed) => {
    if (get().phase === 'stopped') {
      failed(new Failed({ reason: 'stopped' }));
      return;
    }
    const late = setTimeout(() => {
      off();
      failed(new Failed({ reason: 'stopped' }));
    }, WAIT_MS);
    const off = on('up', () => {
      clearTimeout(late);
      off();
      done();
    });
  });
}

/** Begins: the code in the address, the token of this tab, or that of another one. */
export async function start() {
  token.tellOtherTabs(() => get().linkUp);
  const opened = await token.open().catch(() => ({ refused: 'stopped' }));
  if (opened.word) set({ word: opened.word });
  if (!token.kept()) {
    const other = await token.fromOtherTab();
    if (other) token.keep(other);
  }
  document.addEventListener('visibilitychange', () => !document.hidden && now());
  addEventListener('online', now);
  setInterval(ping, PING_MS);
  if (token.kept()) connect();
  else emit('refused', { reason: opened.refused || 'unopened' });
}

/** Ends for good: the home is gone. */
export function end() {
  ended = true;
  clearTimeout(timer);
  token.forget();
  if (socket) socket.close();
}

/** Tries at once, instead of after the pause; without a token, asks the other tabs again. */
export async function now() {
  if (ended || socket) return;
  if (!token.kept()) {
    const other = await token.fromOtherTab();
    if (!other || socket) return;
    token.keep(other);
  }
  clearTimeout(timer);
  connect();
}

async function connect() {
  const mine = new WebSocket(
    `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/socket`,
  );
  socket = mine;
  const late = setTimeout(() => mine.close(), OPEN_MS);
  mine.onclose = ({ code }) => {
    clearTimeout(late);
    lost(mine, code);
  };
  try {
    const opened = await shake(mine);
    clearTimeout(late);
    heard = performance.now();
    mine.onmessage = ({ data }) => take(JSON.parse(data));
    tries = 0;
    set({ linkUp: true, home: opened.home, version: opened.version });
    follow(opened.home);
    emit('up', opened);
  } catch (error) {
    if (mine.readyState <= WebSocket.OPEN) mine.close();
    if (error) console.error(error);
  }
}

/** The handshake: each side proves that it knows the token, the daemon first. */
async function shake(mine) {
  const secret = await token.secret(token.kept());
  const ours = token.nonce();
  await opening(mine);
  tell(mine, { wayfolk: 1, token: secret.name, nonce: ours });
  const first = await next(mine);
  if (first.proof !== (await secret.daemon(ours, first.nonce))) {
    // Not our daemon, or one that does not know this token: it says which by how it closes.
    await next(mine).catch(() => {});
    throw null;
  }
  tell(mine, { proof: await secret.page(ours, first.nonce) });
  const { open } = await next(mine);
  if (!open) throw null;
  return open;
}

function opening(mine) {
  return new Promise((done, failed) => {
    mine.addEventListener('open', done, { once: true });
    mine.addEventListener('close', () => failed(null), { once: true });
  });
}

function next(mine) {
  return new Promise((done, failed) => {
    mine.onmessage = ({ data }) => done(JSON.parse(data));
    mine.addEventListener('close', () => failed(null), { once: true });
  });
}

function lost(mine, code) {
  if (socket !== mine) return;
  socket = null;
  const was = get().linkUp;
  set({ linkUp: false });
  for (const [n, waiting] of [...requests]) {
    requests.delete(n);
    waiting.failed(new Failed({ reason: 'stopped' }));
  }
  if (code === UNKNOWN_TOKEN) {
    token.forget();
    emit('refused', { reason: 'unknown' });
    return;
  }
  if (ended) return;
  if (was) emit('down', {});
  else if (tries === 1) emit('down', {});
  timer = setTimeout(connect, PAUSES_MS[Math.min(tries++, PAUSES_MS.length - 1)]);
}

function take(frame) {
  heard = performance.now();
  const waiting = requests.get(frame.n);
  if (!waiting) return;
  if (frame.event) {
    if (waiting.event) waiting.event(frame.event);
    return;
  }
  requests.delete(frame.n);
  if (frame.failed) waiting.failed(new Failed(frame.failed));
  else waiting.done(frame.done);
}

function follow(home) {
  if (place.home !== home) place = { home, epoch: '', since: 0 };
  const asked = place.epoch ? { epoch: place.epoch, since: place.since } : {};
  request('follow', asked, { event: followed }).catch((error) => {
    if (error.reason !== 'stopped') console.error(error);
  });
}

function followed(event) {
  if (event.kind === 'following') {
    place.epoch = event.epoch;
    if (event.complete) {
      emit('again', {});
    } else {
      place.since = event.seq;
      emit('reset', {});
    }
    return;
  }
  if (event.seq) place.since = event.seq;
  emit(event.kind, event);
}

/** A daemon that says nothing for two seconds while we look is gone, whatever the socket says. */
function ping() {
  if (!socket || !get().linkUp || document.hidden) return;
  const silent = performance.now() - heard;
  if (silent > SILENT_MS + PING_MS) {
    const dead = socket;
    dead.close();
    lost(dead, 0);
    return;
  }
  if (silent > PING_MS / 2) request('people.state', {}).catch(() => {});
}
