// Addresses inside messages. What a person writes is never trusted to be what it looks like: only
// plain http and https with an ASCII host that is the host really reached become links. All else
// stays text, with the host it would really lead to beside it.

/** Longest address that may become a link; more is text. */
const MAX_LINK = 2048;

const ADDRESS = /\bhttps?:\/\/[^\s<>"`]+/gi;

/** Characters that hide or reorder text. An address that has one is no link. */
const SLY = /[\u0000-\u0020\u007F-\u00A0\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202F\u205F-\u206F\u2800\u3164\uFEFF\uFFF9-\uFFFB]/;

/**
 * What an address really is.
 *
 * @param {string} raw as it was written
 * @returns {{href: string, host: string, before: string, after: string, safe: boolean} | null}
 *     null if it leads nowhere; `before` + `host` + `after` is what is shown of a safe one
 */
export function address(raw) {
  const slashes = raw.indexOf('://');
  let url;
  try {
    url = new URL(raw);
  } catch {
    return null;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return null;
  }
  const end = raw.slice(slashes + 3).search(/[/?#\\]/);
  const authority = end < 0 ? raw.slice(slashes + 3) : raw.slice(slashes + 3, slashes + 3 + end);
  const host = url.hostname;
  const written = authority.replace(/:\d*$/, '').toLowerCase();
  const safe = raw.length <= MAX_LINK
      && !SLY.test(raw)
      && !url.username && !url.password && !authority.includes('@')
      && written === host
      && /^[a-z0-9.-]+$/.test(host)
      && !host.split('.').some((label) => label.startsWith('xn--'));
  return {
    href: url.href,
    host,
    before: raw.slice(0, slashes + 3),
    after: raw.slice(slashes + 3 + host.length),
    safe,
  };
}

/**
 * The text in pieces: plain ones and addresses.
 *
 * @param {string} text
 * @returns {Array<{kind: 'text', text: string} | {kind: 'link', text: string, to: object}>}
 */
export function pieces(text) {
  const out = [];
  let from = 0;
  ADDRESS.lastIndex = 0;
  for (let m = ADDRESS.exec(text); m; m = ADDRESS.exec(text)) {
    const raw = trimmed(m[0]);
    const to = address(raw);
    if (!to) {
      continue;
    }
    if (m.index > from) {
      out.push({kind: 'text', text: text.slice(from, m.index)});
    }
    out.push({kind: 'link', text: raw, to});
    from = m.index + raw.length;
    ADDRESS.lastIndex = from;
  }
  if (from < text.length) {
    out.push({kind: 'text', text: text.slice(from)});
  }
  return out;
}

/** Without the punctuation of the sentence around it; a closing bracket stays if it was opened. */
function trimmed(raw) {
  let end = raw.length;
  while (end > 0) {
    const c = raw[end - 1];
    if (".,;:!?'*_~»”’…".includes(c)) {
      end--;
    } else if ((c === ')' && !opened(raw, '(', ')', end))
        || (c === ']' && !opened(raw, '[', ']', end))
        || c === '}') {
      end--;
    } else {
      break;
    }
  }
  return raw.slice(0, end);
}

function opened(raw, open, close, end) {
  let depth = 0;
  for (let i = 0; i < end; i++) {
    depth += raw[i] === open ? 1 : raw[i] === close ? -1 : 0;
  }
  return depth >= 0;
}
