/** The keys that work everywhere. Those of a conversation are screens/talk's. */
import { layer } from '../base/keys.js';
import { closePanel, go, openPanel } from '../base/routes.js';
import { get } from '../base/store.js';
import { close, find, shortcuts } from './find/open.js';

/** The areas in the order that F6 takes. */
const AREAS = ['list', 'messages', 'compose', 'panel'];

function ready() {
  const { phase } = get();
  return (phase === 'ready' || phase === 'stopped') && !document.querySelector('dialog[open]');
}

function whenReady(fn) {
  return (event) => (ready() ? fn(event) : false);
}

/** The conversations as the list shows them. */
function rows() {
  const { order, byCard } = get().chats;
  return order
    .map((card) => byCard.get(card))
    .filter((row) => !row.archived && (row.last || row.card !== 'me'));
}

function step(by, wanted = () => true) {
  return whenReady(() => {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.card === get().route.card);
    for (let i = 1; i <= all.length; i++) {
      const from = now < 0 && by < 0 ? 0 : now;
      const row = all[(from + by * i + all.length * i) % all.length];
      if (wanted(row)) {
        go(`#/c/${row.card}`);
        focusWriting();
        return;
      }
    }
  });
}

/** Focus to the composer, once it is there. */
export function focusWriting() {
  requestAnimationFrame(() =>
    setTimeout(() => {
      const writing = document.querySelector('[data-area=compose]');
      if (writing) writing.focus();
    }),
  );
}

/** What takes the focus of an area. */
function entry(area) {
  const box = document.querySelector(`[data-area=${area}]`);
  if (!box || !box.offsetParent) return null;
  if (area === 'list') return box.querySelector('[data-row][tabindex="0"]');
  return box;
}

function nextArea(by) {
  return whenReady(() => {
    const there = AREAS.map(entry);
    if (!there[1] && !there[2]) there[1] = document.querySelector('.app-middle main');
    const entries = there.filter(Boolean);
    const now = entries.findIndex((each) => {
      const area = each.closest('[data-area]') || each;
      return area.contains(document.activeElement);
    });
    const next = entries[(now + by + entries.length) % entries.length];
    if (!next) return;
    if (next.tabIndex < 0 && !next.hasAttribute('tabindex')) next.setAttribute('tabindex', '-1');
    next.focus();
  });
}

/** Esc: the panel, then back to writing. Dialogs and menus take it before. */
function escape() {
  const { panel, route } = get();
  if (!ready()) return false;
  if (panel) {
    // What opened it gets the focus back; pressed again, writing does.
    closePanel();
    return true;
  }
  if (route.screen === 'person') go(`#/c/${route.card}`);
  else if (!document.querySelector('[data-area=compose]')) return false;
  focusWriting();
  return true;
}

function searchHere() {
  const { route, panel } = get();
  if (!ready() || !route.card || (panel && panel.kind === 'search')) return false;
  openPanel({ kind: 'search', card: route.card });
  return true;
}

function toggleFind() {
  const { over, phase } = get();
  if (over && over.kind === 'find') close();
  else if (ready()) find();
  else return phase === 'ready';
  return true;
}

/** Begins to listen. */
export function start() {
  const unread = (row) => row.unread > 0;
  layer({
    'ctrl+k': toggleFind,
    'ctrl+i': whenReady(() => go('#/invite')),
    'ctrl+f': searchHere,
    'ctrl+,': whenReady(() => go('#/settings')),
    'ctrl+/': whenReady(shortcuts),
    'alt+ArrowUp': step(-1),
    'alt+ArrowDown': step(1),
    'alt+shift+ArrowUp': step(-1, unread),
    'alt+shift+ArrowDown': step(1, unread),
    F6: nextArea(1),
    'shift+F6': nextArea(-1),
    Escape: escape,
  });
}
