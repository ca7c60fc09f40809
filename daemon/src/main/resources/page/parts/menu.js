/** A menu under a button: arrows move, letters find, Esc closes and focus goes back. */
import { html, useEffect, useLayoutEffect, useRef } from '../vendor/htm-preact.js';
import { Icon } from './icon.js';

/** Space between the menu and the edge of the window. */
const EDGE = 8;

/**
 * A menu that is open while it is drawn.
 *
 * @param {Object} props `at` {x, y} in the window or an element to stand under; `label`; `items` of
 *     `{icon, words, danger, off, act}` (null ones are left out); `onClose`
 */
export function Menu({ at, label, items, onClose }) {
  const box = useRef(null);
  const opener = useRef(document.activeElement);
  useLayoutEffect(() => place(box.current, at), []);
  useEffect(() => {
    const away = (event) => box.current && !box.current.contains(event.target) && onClose();
    document.addEventListener('pointerdown', away, true);
    addEventListener('resize', onClose);
    return () => {
      document.removeEventListener('pointerdown', away, true);
      removeEventListener('resize', onClose);
      if (opener.current && opener.current.isConnected) opener.current.focus();
    };
  }, []);
  return html`<div ref=${box} class="menu" role="menu" aria-label=${label} popover="manual"
    onKeyDown=${(event) => keys(event, box.current, onClose)}>
    ${items.filter(Boolean).map(
      (item) => html`<button
        type="button"
        role="menuitem"
        key=${item.words}
        class=${`menu-item ${item.danger ? 'danger' : ''}`}
        tabindex="-1"
        aria-disabled=${item.off ? 'true' : undefined}
        onClick=${() => {
          if (item.off) return;
          onClose();
          item.act();
        }}
      >
        ${item.icon ? html`<${Icon} name=${item.icon} />` : html`<span class="icon"></span>`}
        <span>${item.words}</span>
      </button>`,
    )}
  </div>`;
}

function place(box, at) {
  box.showPopover();
  const spot =
    at instanceof Element
      ? at.getBoundingClientRect()
      : { left: at.x, right: at.x, top: at.y, bottom: at.y };
  const { width, height } = box.getBoundingClientRect();
  const rtl = getComputedStyle(box).direction === 'rtl';
  const wanted = at instanceof Element && !rtl ? spot.right - width : spot.left;
  const left = Math.min(Math.max(EDGE, wanted), innerWidth - width - EDGE);
  const under = spot.bottom + 4;
  const top = under + height + EDGE > innerHeight ? Math.max(EDGE, spot.top - height - 4) : under;
  box.style.setProperty('left', `${left}px`);
  box.style.setProperty('top', `${top}px`);
  const first = box.querySelector('[role=menuitem]');
  if (first) first.focus();
}

function keys(event, box, onClose) {
  const all = [...box.querySelectorAll('[role=menuitem]')];
  const now = all.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) all[(now + step + all.length) % all.length].focus();
  else if (event.key === 'Home') all[0].focus();
  else if (event.key === 'End') all[all.length - 1].focus();
  else if (event.key === 'Escape' || event.key === 'Tab') onClose();
  else if (event.key.length === 1) {
    const letter = event.key.toLocaleLowerCase();
    const found = all.find((item) =>
      item.textContent.trim().toLocaleLowerCase().startsWith(letter),
    );
    if (found) found.focus();
    return;
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
