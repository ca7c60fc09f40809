/** What the palette finds: people and deeds here, messages by asking the daemon. */
import { get } from '../../base/store.js';
import { nameOf } from '../chats/actions.js';
import { deeds } from './deeds.js';

/** So many of each are shown. */
const PEOPLE = 6;
const DEEDS = 8;
/** Without a query: the last people, and the first deeds. */
const LAST = 5;
const FIRST = 6;

function fold(text) {
  return text.toLocaleLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
}

/**
 * How well `text` fits `query`: 0 not at all, 3 at its beginning, 2 at the beginning of a word, 1
 * anywhere.
 */
export function fits(text, query) {
  const where = fold(text);
  const what = fold(query);
  if (where.startsWith(what)) return 3;
  if (where.includes(` ${what}`) || where.includes(`-${what}`)) return 2;
  return where.includes(what) ? 1 : 0;
}

function best(all, words, query, most) {
  const found = [];
  for (const each of all) {
    const rank = fits(words(each), query);
    if (rank) found.push([rank, each]);
  }
  return found
    .sort((a, b) => b[0] - a[0])
    .slice(0, most)
    .map(([, each]) => each);
}

/** The people whose name fits, or the last ones of all. */
export function people(query) {
  const { byCard, order } = get().chats;
  const rows = order.map((card) => byCard.get(card));
  const shown = rows.filter((row) => row.card !== 'me' || row.last);
  return query
    ? best(shown, nameOf, query, PEOPLE)
    : shown.filter((row) => !row.archived).slice(0, LAST);
}

/** The deeds whose words fit, or the first ones. */
export function things(query) {
  return query ? best(deeds(), (deed) => deed.words, query, DEEDS) : deeds().slice(0, FIRST);
}

/**
 * A text cut around what was found: `[before, found, after]`, or null where it is not in there as it
 * was typed (the daemon's search also finds other forms).
 */
export function around(text, query, before = 24) {
  const at = query ? text.toLocaleLowerCase().indexOf(query.toLocaleLowerCase()) : -1;
  if (at < 0) return null;
  const from = at > before + 8 ? at - before : 0;
  return [
    (from ? '…' : '') + text.slice(from, at),
    text.slice(at, at + query.length),
    text.slice(at + query.length),
  ];
}
