/**
 * Reads what a person pasted, on this computer and asking nobody: a link (messenger's
 * `meeting/Invitation`) or the words of a spoken code. It says what the link holds but never that it
 * is genuine: that only the meeting shows.
 */

const SCHEME = 'wayfolk:';
const LINK = /^wayfolk:i1\./i;
const OTHER_VERSION = /^wayfolk:i\d+\./i;
const LABEL = 'wayfolk/1 invitation\0';
const CHECK = 4;
/** No body is longer; the daemon refuses it too. */
const MOST_BODY = 2048;
/** Words of a spoken code. */
export const WORDS = 5;

/**
 * What a text is: null for nothing, `{words}` for what can be a spoken code, `{bad}` (not, cut,
 * typed, version) or `{link, card, expires, network, addresses}`.
 */
export async function read(text) {
  const at = text.toLowerCase().indexOf(SCHEME);
  if (at < 0) return spoken(text);
  const rest = text.slice(at);
  // A mail program breaks lines; a person writes something behind the link.
  const first = await link(rest.replace(/\s+/g, ''));
  if (!first.bad) return first;
  const second = await link(/^\S*/.exec(rest)[0].replace(/[^\w-]+$/, ''));
  return second.bad ? first : second;
}

/** The words of a text, whatever divides them. */
export function wordsOf(text) {
  return text.split(/[^\p{L}]+/u).filter(Boolean);
}

function spoken(text) {
  const words = wordsOf(text);
  if (!words.length) return text.trim() ? { bad: 'not' } : null;
  const plain =
    words.length <= WORDS && !/[\d:/@]/.test(text) && words.every((w) => w.length <= 16);
  return plain ? { words } : { bad: 'not' };
}

async function link(joined) {
  if (!LINK.test(joined)) {
    if (OTHER_VERSION.test(joined)) return { bad: 'version' };
    return { bad: joined.includes('.') ? 'not' : 'cut' };
  }
  const base64 = joined.slice(joined.indexOf('.') + 1);
  const bytes = unbase64url(base64);
  if (!bytes) return { bad: 'typed' };
  if (bytes.length < 2) return { bad: 'cut' };
  const length = (bytes[0] << 8) | bytes[1];
  if (length > MOST_BODY) return { bad: 'typed' };
  if (bytes.length < 2 + length + CHECK) return { bad: 'cut' };
  if (bytes.length > 2 + length + CHECK) return { bad: 'typed' };
  const sum = await checksum(bytes.subarray(0, 2 + length));
  if (!sum.every((byte, i) => byte === bytes[2 + length + i])) return { bad: 'typed' };
  return body(bytes.subarray(2, 2 + length), joined);
}

async function checksum(counted) {
  const label = new TextEncoder().encode(LABEL);
  const all = new Uint8Array(label.length + counted.length);
  all.set(label);
  all.set(counted, label.length);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all)).subarray(0, CHECK);
}

function body(bytes, text) {
  const CARD_AT = 32;
  const EXPIRY_AT = 96;
  const NAME_AT = EXPIRY_AT + 8;
  if (bytes.length < NAME_AT + 1) return { bad: 'typed' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const name = bytes.subarray(NAME_AT + 1, NAME_AT + 1 + bytes[NAME_AT]);
  const addresses =
    view.byteLength > NAME_AT + 1 + name.length ? bytes[NAME_AT + 1 + name.length] : 0;
  return {
    link: text,
    card: [...bytes.subarray(CARD_AT, CARD_AT + 32)]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(''),
    expires: Number(view.getBigInt64(EXPIRY_AT)),
    network: String.fromCharCode(...name),
    addresses: addresses + entries(bytes, NAME_AT + 1 + name.length),
  };
}

/** Behind the inviter's addresses stand those of nodes to enter by. */
function entries(bytes, at) {
  let place = at + 1;
  for (let i = 0; i < bytes[at] && place < bytes.length; i++) {
    place += 3 + (bytes[place] === 4 ? 4 : 16);
  }
  return bytes[place] || 0;
}

function unbase64url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
  try {
    const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  } catch {
    // A single letter behind whole groups of four is no byte: the text ends too early.
    return new Uint8Array(0);
  }
}
