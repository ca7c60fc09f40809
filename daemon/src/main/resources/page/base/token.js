/**
 * The token of this tab: 32 random bytes that the daemon gave for a one-time code. It is kept in this
 * tab's sessionStorage and never travels: both sides prove to each other that they know it.
 */

const KEPT = 'wayfolk.token';
const DAEMON = 'wayfolk page daemon';
const PAGE = 'wayfolk page client';
/** How long another tab has to hand its token over. */
const TABS_MS = 300;

const text = new TextEncoder();

/** The token of this tab, or null. */
export function kept() {
  return sessionStorage.getItem(KEPT);
}

/** Keeps a token for this tab. */
export function keep(token) {
  sessionStorage.setItem(KEPT, token);
}

/** Forgets it: the daemon does not know it. */
export function forget() {
  sessionStorage.removeItem(KEPT);
}

/**
 * Buys a token with the one-time code that theme.js took out of the address, if there was one.
 *
 * @returns {Promise<{word?: string, refused?: string}>} the word that the terminal shows too
 */
export async function open() {
  const code = document.documentElement.dataset.code;
  if (!code) return {};
  delete document.documentElement.dataset.code;
  const answer = await fetch('open', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
    cache: 'no-store',
    credentials: 'omit',
  });
  const got = await answer.json().catch(() => ({}));
  if (!answer.ok) return { refused: got.reason || String(answer.status) };
  keep(got.token);
  return { word: got.word };
}

/** Asks the other tabs of this page for their token, if one of them is open. */
export function fromOtherTab() {
  return new Promise((done) => {
    const tabs = new BroadcastChannel('wayfolk.tabs');
    const end = (token) => {
      clearTimeout(late);
      tabs.close();
      done(token);
    };
    const late = setTimeout(() => end(null), TABS_MS);
    tabs.onmessage = ({ data }) => {
      if (data && typeof data.token === 'string') end(data.token);
    };
    tabs.postMessage({ ask: 'token' });
  });
}

/**
 * Answers other tabs that ask, but only while `mayTell()`: while the daemon that we proved ourselves
 * to holds the port, nobody else can serve a page from it.
 */
export function tellOtherTabs(mayTell) {
  const tabs = new BroadcastChannel('wayfolk.tabs');
  tabs.onmessage = ({ data }) => {
    if (data && data.ask === 'token' && mayTell() && kept()) tabs.postMessage({ token: kept() });
  };
}

/** Random bytes in base64url: a nonce. */
export function nonce(bytes = 32) {
  return base64url(crypto.getRandomValues(new Uint8Array(bytes)));
}

/** What the handshake needs of a token: its name, and the two proofs. */
export async function secret(token) {
  const key = await crypto.subtle.digest('SHA-256', unbase64url(token));
  const name = hex(await crypto.subtle.digest('SHA-256', key)).slice(0, 16);
  const mac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const prove = async (who, first, second) =>
    hex(await crypto.subtle.sign('HMAC', mac, text.encode(`${who}\0${first}\0${second}`)));
  return {
    name,
    /** What the daemon must answer to our nonce. */
    daemon: (ours, theirs) => prove(DAEMON, ours, theirs),
    /** What we answer to its. */
    page: (ours, theirs) => prove(PAGE, theirs, ours),
  };
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');
}

function unbase64url(word) {
  const plain = atob(word.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
