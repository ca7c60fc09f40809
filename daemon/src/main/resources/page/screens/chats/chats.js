/** The list of conversations: 10,000 of them scroll, and none moves under the pointer. */
import { html, useEffect, useMemo, useRef, useState } from '../../vendor/htm-preact.js';
import { get, use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { MAC } from '../../base/keys.js';
import { IconButton } from '../../parts/button.js';
import { Icon, Mark } from '../../parts/icon.js';
import { Menu } from '../../parts/menu.js';
import { Virtual, focusRow } from '../../parts/virtual.js';
import { find } from '../find/open.js';
import { menuOf } from './actions.js';
import { Foot } from './foot.js';
import { Row } from './row.js';

/** The key of the row that opens and closes what is archived. */
const ARCHIVE = '#archive';
/** A press as long as this is a wish for the menu, where there is no other button. */
const LONG_MS = 500;

/** The list, what is above it and what is under it. */
export function Chats() {
  return html`<nav class="side" aria-label=${t('chats.landmark')} data-screen="chats">
    <div class="side-top">
      <a class="side-mark" href="#/" aria-label=${t('chats.home')}><${Mark} /></a>
      <button class="find" type="button" onClick=${() => find()} data-find>
        <${Icon} name="search" small /><span>${t('find.open')}</span>
        <kbd class="kbd wide-only">${MAC ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <${IconButton} icon="personplus" label=${t('chats.invite_or_accept')} href="#/invite" />
    </div>
    <${List} />
    <${Foot} />
  </nav>`;
}

/** The order to show: as it is, or as it was when the pointer came over the list. */
function useCalmOrder() {
  const chats = use((state) => state.chats);
  const [over, setOver] = useState(false);
  const frozen = useRef(null);
  if (!over) frozen.current = null;
  const order = useMemo(() => {
    if (!over || !frozen.current) return chats.order;
    const known = new Set(frozen.current);
    const came = chats.order.filter((card) => !known.has(card));
    return [...came, ...frozen.current.filter((card) => chats.byCard.has(card))];
  }, [chats, over]);
  frozen.current = order;
  const hands = {
    onPointerEnter: (event) => event.pointerType === 'mouse' && setOver(true),
    onPointerLeave: () => setOver(false),
  };
  return { order, byCard: chats.byCard, hands };
}

function shownOf(order, byCard, archiveOpen, current) {
  const open = [];
  const away = [];
  for (const card of order) {
    const row = byCard.get(card);
    if (card === 'me' && !row.last && !row.draft && current !== 'me') continue;
    (row.archived ? away : open).push(card);
  }
  if (!away.length) return { items: open, away: 0 };
  return { items: [...open, ARCHIVE, ...(archiveOpen ? away : [])], away: away.length };
}

function List() {
  const { order, byCard, hands } = useCalmOrder();
  const [archiveOpen, setArchiveOpen] = useState(false);
  const current = use((state) => state.route.card);
  const [menu, setMenu] = useState(null);
  const [at, setAt] = useState(-1);
  const box = useRef(null);
  const { items, away } = useMemo(
    () => shownOf(order, byCard, archiveOpen, current),
    [order, byCard, archiveOpen, current],
  );
  const stop = at >= 0 && at < items.length ? at : Math.max(0, items.indexOf(current));

  useEffect(() => {
    const index = items.indexOf(current);
    setAt(-1);
    const port = box.current && box.current.querySelector('.virtual');
    if (port && index >= 0) reveal(port, index);
  }, [current]);

  if (!items.length) return html`<p class="side-empty">${t('chats.empty')}</p>`;
  const open = (row, event) => {
    const from = event.currentTarget;
    const pointed = event.button === 2 || event.pointerType === 'touch';
    setMenu({ row, at: pointed ? { x: event.clientX, y: event.clientY } : from });
  };
  const row = (card, index) =>
    card === ARCHIVE
      ? html`<button
          type="button"
          class="chat-archive"
          data-row=${index}
          aria-expanded=${archiveOpen ? 'true' : 'false'}
          tabindex=${index === stop ? 0 : -1}
          onClick=${() => setArchiveOpen(!archiveOpen)}
        >
          <${Icon} name="archive" /><span>${t('chats.archived', { n: away })}</span>
          <${Icon} name=${archiveOpen ? 'chevron' : 'next'} small />
        </button>`
      : html`<${Row} card=${card} index=${index} focusable=${index === stop} onMenu=${open} />`;
  return html`<div
    ref=${box}
    class="side-list"
    data-area="list"
    ...${hands}
    onfocusin=${(event) => {
      const found = event.target.closest('[data-row]');
      if (found) setAt(Number(found.dataset.row));
    }}
    onKeyDown=${(event) => arrows(event, box.current, items.length)}
    ...${longPress(open)}
  >
    <${Virtual} items=${items} row=${row} label=${t('chats.list')} focus=${stop} tabindex="-1" />
    ${
      menu &&
      html`<${Menu}
      at=${menu.at}
      label=${menu.row.name}
      items=${menuOf(menu.row)}
      onClose=${() => setMenu(null)}
    />`
    }
  </div>`;
}

/** Scrolls so that a row is in sight, without taking focus. */
function reveal(port, index) {
  const slot = port.querySelector('[data-slot]');
  if (!slot) return;
  const top = index * slot.offsetHeight;
  if (top < port.scrollTop) port.scrollTop = top;
  else if (top + slot.offsetHeight > port.scrollTop + port.clientHeight) {
    port.scrollTop = top + slot.offsetHeight - port.clientHeight;
  }
}

function arrows(event, box, count) {
  const here = event.target.closest('[data-row]');
  if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
  const now = Number(here.dataset.row);
  const page = Math.max(1, Math.floor(box.clientHeight / here.offsetHeight) - 1);
  const next = {
    ArrowDown: now + 1,
    ArrowUp: now - 1,
    Home: 0,
    End: count - 1,
    PageDown: now + page,
    PageUp: now - page,
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  focusRow(box.querySelector('.virtual'), Math.min(Math.max(next, 0), count - 1));
}

/** Touch has no second button everywhere: a long press opens the menu. */
function longPress(open) {
  let timer = 0;
  const end = () => clearTimeout(timer);
  return {
    onTouchStart: (event) => {
      const found = event.target.closest('[data-card]');
      if (!found) return;
      const { clientX, clientY } = event.touches[0];
      timer = setTimeout(() => {
        const row = get().chats.byCard.get(found.dataset.card);
        if (row) open(row, { currentTarget: found, pointerType: 'touch', clientX, clientY });
      }, LONG_MS);
    },
    onTouchMove: end,
    onTouchEnd: end,
    onTouchCancel: end,
  };
}
