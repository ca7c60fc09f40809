/** Theme, text size and language: from the settings to the root of the document. */
import { get, watch } from './store.js';
import { LANGUAGES, speak } from './words.js';

const KEPT = 'wayfolk.look';
/** Sizes of the text in percent that have a rule in tokens.css. */
export const SIZES = [90, 100, 110, 120, 130];

let last = null;

function apply() {
  const { settings } = get();
  if (settings === last) return;
  last = settings;
  const root = document.documentElement;
  const { theme, size, language } = settings;
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  else delete root.dataset.theme;
  if (SIZES.includes(size) && size !== 100) root.dataset.size = String(size);
  else delete root.dataset.size;
  speak(language || browserLanguage());
  localStorage.setItem(KEPT, JSON.stringify({ theme, size, language }));
}

/** The language of the browser, where it is one of ours; else English. */
export function browserLanguage() {
  const wanted = (navigator.languages || []).map((tag) => tag.slice(0, 2));
  return wanted.find((tag) => LANGUAGES.includes(tag)) || 'en';
}

/** Begins to follow the settings. */
export function start() {
  last = get().settings;
  watch(apply);
}
