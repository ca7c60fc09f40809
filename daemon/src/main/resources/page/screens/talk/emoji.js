/** The emoji picker: recent ones, groups, and a search in both languages. Its data comes when opened. */
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from '../../vendor/htm-preact.js';
import { lang, t } from '../../base/words.js';

const RECENT = 'wayfolk.emoji';
const MOST_RECENT = 24;
/** Hits that are shown of a search. */
const MOST_HITS = 120;
/** In a row: what the arrows up and down step by. */
const COLUMNS = 8;
/** Emoji for a quick reaction where none was used yet. */
export const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

const GROUPS = ['😀', '👋', '🧩', '🐻', '🍎', '🚗', '⚽', '💡', '❤️', '🏳️'];

const load = {
  en: () => import('../../vendor/emoji-en.js'),
  ru: () => import('../../vendor/emoji-ru.js'),
};

/** What was picked here last. */
export function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT) || '[]');
    return Array.isArray(kept) ? kept.filter((e) => typeof e === 'string' && e.length < 32) : [];
  } catch {
    return [];
  }
}

/** Remembers that it was picked. */
export function used(emoji) {
  const next = [emoji, ...recent().filter((e) => e !== emoji)].slice(0, MOST_RECENT);
  try {
    localStorage.setItem(RECENT, JSON.stringify(next));
  } catch {
    // Then there are no recent ones.
  }
}

/** The data in the language of the page first, then the other: [emoji, name, words, group]. */
function useData() {
  const [data, setData] = useState({ first: [], second: [] });
  useEffect(() => {
    const other = lang() === 'ru' ? 'en' : 'ru';
    let gone = false;
    load[lang()]().then(async ({ default: first }) => {
      if (!gone) setData({ first, second: [] });
      const { default: second } = await load[other]();
      if (!gone) setData({ first, second });
    });
    return () => {
      gone = true;
    };
  }, []);
  return data;
}

function hits({ first, second }, query) {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = new Map();
  // Whole words first, then beginnings of words; the language of the page before the other.
  for (const ending of [' ', '']) {
    for (const each of [first, second]) {
      for (const [emoji, name, more] of each) {
        if (found.size >= MOST_HITS || found.has(emoji)) continue;
        const text = ` ${name} ${more} `.toLocaleLowerCase();
        if (words.every((word) => text.includes(` ${word}${ending}`))) found.set(emoji, name);
      }
    }
  }
  return [...found];
}

/** What is shown: hits, or the recent ones and a group. */
function useShown(data, query, group) {
  return useMemo(() => {
    if (query.trim()) return hits(data, query);
    if (group === 'recent') {
      const names = new Map(data.first.map(([emoji, name]) => [emoji, name]));
      const all = recent();
      return (all.length ? all : QUICK).map((emoji) => [emoji, names.get(emoji) || emoji]);
    }
    return data.first.filter((entry) => entry[3] === group).map(([emoji, name]) => [emoji, name]);
  }, [data, query, group]);
}

/** The picker. `onPick(emoji)`, `onClose()`. */
export function Emoji({ onPick, onClose, label = t('emoji.title') }) {
  const data = useData();
  const [query, setQuery] = useState('');
  const [group, setGroup] = useState('recent');
  const shown = useShown(data, query, group);
  const box = useRef(null);
  const field = useRef(null);
  useLayoutEffect(() => {
    field.current.focus();
    const away = (event) => box.current && !box.current.contains(event.target) && onClose();
    const timer = setTimeout(() => document.addEventListener('pointerdown', away, true));
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerdown', away, true);
    };
  }, []);
  const pick = (emoji) => {
    used(emoji);
    onPick(emoji);
    onClose();
  };
  const groups = [...new Set(data.first.map((entry) => entry[3]))];
  const onKeyDown = (event) => steps(event, box.current, onClose);
  return html`<div ref=${box} class="emoji-picker" role="dialog" aria-label=${label} onKeyDown=${onKeyDown}>
    <input ref=${field} class="input" type="search" placeholder=${t('emoji.search')}
      aria-label=${t('emoji.search')} value=${query} autocomplete="off"
      onInput=${(event) => setQuery(event.currentTarget.value)}
      onKeyDown=${(event) => {
    if (event.key === 'Enter' && shown.length) {
      event.preventDefault();
      pick(shown[0][0]);
    }
  }} />
    <div class="emoji-groups" role="group" aria-label=${t('emoji.groups')}>
      <button type="button" aria-pressed=${group === 'recent' ? 'true' : 'false'} title=${t('emoji.recent')}
        aria-label=${t('emoji.recent')} onClick=${() => setGroup('recent')}>🕘</button>
      ${groups.map((g) => html`<button type="button" key=${g} aria-pressed=${group === g ? 'true' : 'false'}
        title=${t(`emoji.group_${g}`)} aria-label=${t(`emoji.group_${g}`)}
        onClick=${() => setGroup(g)}>${GROUPS[g]}</button>`)}
    </div>
    <div class="emoji-grid">
      ${shown.map(([emoji, name]) => html`<button type="button" key=${emoji} class="emoji" data-emoji
        title=${name} aria-label=${name} onClick=${() => pick(emoji)}>${emoji}</button>`)}
      ${shown.length === 0 && data.second.length > 0 && html`<p class="hint">${t('emoji.none')}</p>`}
    </div>
  </div>`;
}

function steps(event, box, onClose) {
  // A pick closes the picker while its key is still on the way up.
  if (!box) return;
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    onClose();
    return;
  }
  const all = [...box.querySelectorAll('[data-emoji]')];
  const at = all.indexOf(document.activeElement);
  if (at < 0 && event.key !== 'ArrowDown') return;
  const step = { ArrowDown: COLUMNS, ArrowUp: -COLUMNS, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = at < 0 ? 0 : at + step;
  if (next < 0) box.querySelector('input').focus();
  else if (all[next]) all[next].focus();
}
