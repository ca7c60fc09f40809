/** The title and the icon of the tab: where you are, and how many conversations have something new. */
import { get, watch } from '../base/store.js';
import { t } from '../base/words.js';
import { nameOf } from './chats/actions.js';

const WAY =
  '<path d="M2.4 7.4 7.2 19.6 12 12.2l4.8 7.4 4.8-12.2" fill="none" stroke="currentColor" ' +
  'stroke-width="2.7" stroke-linecap="round" stroke-linejoin="round"/>' +
  '<circle cx="12" cy="5.6" r="2.5" fill="currentColor"/>';
const COLOUR =
  '<style>svg{color:#14606B}@media(prefers-color-scheme:dark){svg{color:#82C8CF}}</style>';
/** The disc at the lower right has a gap of two units around it. */
const GAP =
  '<mask id="m"><rect width="24" height="24" fill="#fff"/><circle cx="18.5" cy="18.5" r="7" fill="#000"/></mask>';
const DISC = '<circle cx="18.5" cy="18.5" r="5" fill="currentColor"/>';

let shown = '';

function icon(unread) {
  const inside = unread ? `${GAP}<g mask="url(#m)">${WAY}</g>${DISC}` : WAY;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${COLOUR}${inside}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function place({ route, chats }) {
  const row = route.card && chats.byCard.get(route.card);
  if (row) return nameOf(row);
  return route.screen === 'chats' ? '' : t(`app.title_${route.screen}`);
}

function look() {
  const state = get();
  const ready = state.phase === 'ready' || state.phase === 'stopped';
  const unread = ready ? state.chats.unread : 0;
  const name = ready ? place(state) : '';
  const title = `${unread ? `(${unread}) ` : ''}${name ? `${name} · ` : ''}Wayfolk`;
  if (document.title !== title) document.title = title;
  const link = document.querySelector('link[rel=icon]');
  const wanted = unread ? 'some' : 'none';
  if (shown !== wanted) {
    shown = wanted;
    link.href = icon(unread);
  }
}

/** Begins to keep them true. */
export function start() {
  watch(look);
}
