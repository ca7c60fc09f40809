// The light marks of a message: *bold*, _italic_, `code`, ``` blocks ```, lists and quotes. A parser
// of our own into plain objects: there is no HTML anywhere on the way to the screen.
import {pieces} from './links.js';

/** How far a closing mark is looked for, so that hostile text costs no more than its length. */
const MAX_SPAN = 400;

/** Signs that turn the direction of what follows: a text may not rearrange itself or its frame. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFEFF\uFFF9-\uFFFB]/g;

/**
 * The text without what could disturb its reader.
 *
 * @param {string} text as it came
 * @returns {string}
 */
export function neutral(text) {
  return text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(TURNING, '').replace(CONTROLS, '\uFFFD');
}

/**
 * A message in blocks.
 *
 * @param {string} text neutral
 * @returns {Array<object>} `{kind:'p'|'quote', spans}`, `{kind:'code', text}`,
 *     `{kind:'list', ordered, items:[{value, spans}]}`
 */
export function blocks(text) {
  const lines = text.split('\n');
  const out = [];
  let plain = [];
  const flush = () => {
    while (plain.length && plain[plain.length - 1] === '' && out.length >= 0) {
      plain.pop();
    }
    while (out.length && plain.length && plain[0] === '') {
      plain.shift();
    }
    if (plain.length) {
      out.push({kind: 'p', spans: spans(plain.join('\n'))});
    }
    plain = [];
  };
  for (let i = 0; i < lines.length;) {
    const taken = fence(lines, i) || quote(lines, i) || list(lines, i);
    if (taken) {
      flush();
      out.push(taken.block);
      i += taken.lines;
    } else {
      plain.push(lines[i++]);
    }
  }
  flush();
  return out;
}

function fence(lines, at) {
  const first = lines[at];
  if (!first.startsWith('```')) {
    return null;
  }
  const one = first.slice(3);
  if (one.length > 3 && one.endsWith('```')) {
    return {block: {kind: 'code', text: one.slice(0, -3)}, lines: 1};
  }
  let end = at + 1;
  while (end < lines.length && lines[end].trimEnd() !== '```') {
    end++;
  }
  if (end >= lines.length && at + 1 >= lines.length) {
    return null;
  }
  return {
    block: {kind: 'code', text: lines.slice(at + 1, end).join('\n')},
    lines: Math.min(end + 1, lines.length) - at,
  };
}

function quote(lines, at) {
  let end = at;
  while (end < lines.length && /^>\s?/.test(lines[end]) && lines[end].length > 1) {
    end++;
  }
  if (end === at) {
    return null;
  }
  const said = lines.slice(at, end).map((l) => l.replace(/^>\s?/, '')).join('\n');
  return {block: {kind: 'quote', spans: spans(said)}, lines: end - at};
}

const ITEM = /^ {0,3}(?:[-*•]|(\d{1,4})[.)]) +(?=\S)/;

/** One dash alone is how speech begins in many languages; a list has two at least. */
function list(lines, at) {
  const first = ITEM.exec(lines[at]);
  if (!first) {
    return null;
  }
  const ordered = first[1] !== undefined;
  const items = [];
  let end = at;
  for (; end < lines.length; end++) {
    const m = ITEM.exec(lines[end]);
    if (!m || (m[1] !== undefined) !== ordered) {
      break;
    }
    items.push({value: ordered ? Number(m[1]) : 0, spans: spans(lines[end].slice(m[0].length))});
  }
  return items.length < 2 ? null : {block: {kind: 'list', ordered, items}, lines: end - at};
}

const MARKS = {'*': 'bold', _: 'italic', '`': 'code'};
const OPENS_AFTER = /[\s([{"'«„“*_>/—–-]/;
const CLOSES_BEFORE = /[\s.,;:!?)\]}"'»”*_</…—–-]/;

/**
 * A piece of text in spans.
 *
 * @param {string} text
 * @param {number} depth how many marks it stands in
 * @returns {Array<object>} `{kind:'text', text}`, `{kind:'link', ...}`, `{kind:'code', text}`,
 *     `{kind:'bold'|'italic', spans}`
 */
export function spans(text, depth = 0) {
  const out = [];
  let from = 0;
  const links = depth < 3 ? linkRanges(text) : [];
  let link = 0;
  const nowhere = {'*': 0, _: 0, '`': 0};
  for (let i = 0; i < text.length; i++) {
    while (link < links.length && i >= links[link][1]) {
      link++;
    }
    if (link < links.length && i >= links[link][0]) {
      i = links[link][1] - 1;
      continue;
    }
    const kind = MARKS[text[i]];
    const end = kind && depth < 3 ? closing(text, i, nowhere) : -1;
    if (end < 0) {
      continue;
    }
    out.push(...pieces(text.slice(from, i)));
    const inner = text.slice(i + 1, end);
    out.push(kind === 'code' ? {kind, text: inner} : {kind, spans: spans(inner, depth + 1)});
    i = end;
    from = end + 1;
  }
  out.push(...pieces(text.slice(from)));
  return out;
}

/** Marks inside an address belong to it. */
function linkRanges(text) {
  if (!text.includes('://')) {
    return [];
  }
  const out = [];
  let at = 0;
  for (const p of pieces(text)) {
    if (p.kind === 'link') {
      out.push([at, at + p.text.length]);
    }
    at += p.text.length;
  }
  return out;
}

/** `nowhere` remembers up to where there is no closing mark, so that nothing is read twice. */
function closing(text, at, nowhere) {
  const mark = text[at];
  const next = text[at + 1];
  if (!next || /\s/.test(next) || next === mark) {
    return -1;
  }
  if (at > 0 && !OPENS_AFTER.test(text[at - 1])) {
    return -1;
  }
  const limit = Math.min(text.length, at + MAX_SPAN);
  for (let i = Math.max(at + 2, nowhere[mark]); i < limit; i++) {
    const c = text[i];
    if (c === '\n') {
      return -1;
    }
    if (c === mark && !/\s/.test(text[i - 1])
        && (i + 1 === text.length || CLOSES_BEFORE.test(text[i + 1]))) {
      return i;
    }
    nowhere[mark] = i + 1;
  }
  return -1;
}

const SMALL = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u200D\uFE0F\u20E3#*0-9]|\p{Emoji_Modifier}|[\u{E0020}-\u{E007F}]|\s)+$/u;
const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u;

/**
 * Whether a message is one to three emoji and nothing else: those are shown large.
 *
 * @param {string} text
 * @returns {boolean}
 */
export function onlyEmoji(text) {
  const said = text.trim();
  if (!said || said.length > 60 || said.includes('\n') || !SMALL.test(said)) {
    return false;
  }
  let count = 0;
  for (const {segment} of new Intl.Segmenter().segment(said)) {
    if (segment.trim() === '') {
      continue;
    }
    if (!PICTURE.test(segment)) {
      return false;
    }
    count++;
  }
  return count >= 1 && count <= 3;
}
