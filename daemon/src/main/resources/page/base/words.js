/**
 * The texts of the page, in the language that is set. Every text is in `words/<language>/<room>.js`.
 * A text is a string with `{names}`, or an object of plural forms chosen by `n`.
 */
import { get, set } from './store.js';
import enApp from '../words/en/app.js';
import enFirst from '../words/en/first.js';
import enGate from '../words/en/gate.js';
import enParts from '../words/en/parts.js';
import ruApp from '../words/ru/app.js';
import ruFirst from '../words/ru/first.js';
import ruGate from '../words/ru/gate.js';
import ruParts from '../words/ru/parts.js';

/** The languages that there are. */
export const LANGUAGES = ['en', 'ru'];

const MARKS = /\{(\w+)\}/g;

/** What is said when nothing more can be fetched: the daemon may go while the page opens. */
const ALWAYS = {
  en: { app: enApp, first: enFirst, gate: enGate, parts: enParts },
  ru: { app: ruApp, first: ruFirst, gate: ruGate, parts: ruParts },
};
let words = ALWAYS[document.documentElement.lang] || ALWAYS.en;
let plurals = new Intl.PluralRules('en');

/** The language that is shown: `en` or `ru`. */
export function lang() {
  return get().lang || 'en';
}

/**
 * A text.
 *
 * @param {string} key as `room.key`
 * @param {Object} [values] what stands for the `{names}`; `n` also chooses the plural form
 */
export function t(key, values = {}) {
  const dot = key.indexOf('.');
  const room = words[key.slice(0, dot)];
  let text = room && room[key.slice(dot + 1)];
  if (text && typeof text === 'object') text = text[plurals.select(values.n)] ?? text.other;
  if (typeof text !== 'string') return key;
  return text.replace(MARKS, (mark, name) => (name in values ? show(values[name]) : mark));
}

/** Whether there is such a text, for words that the daemon names (reasons, states). */
export function has(key) {
  const dot = key.indexOf('.');
  const room = words[key.slice(0, dot)];
  return Boolean(room && key.slice(dot + 1) in room);
}

function show(value) {
  return typeof value === 'number' ? value.toLocaleString(lang()) : String(value);
}

/** Loads a language and shows it. Unknown ones are English. */
export async function speak(language) {
  const next = LANGUAGES.includes(language) ? language : 'en';
  if (get().lang === next) return;
  words = (await import(`../words/${next}/index.js`)).default;
  plurals = new Intl.PluralRules(next);
  document.documentElement.lang = next;
  set({ lang: next });
}
