/**
 * A list of which only what is in sight is in the document. Rows have one height (`--row` in rem is
 * measured), so 10,000 of them scroll without work. The focused row is never removed.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../vendor/htm-preact.js';

/** Rows drawn before and after those in sight. */
const SPARE = 6;

/**
 * @param {Object} props `items` keys of the rows in order; `row(key, index, count)` draws one, with
 *     `data-row=index` on what takes focus; `label`; `focus` the index that Tab goes to;
 *     `onFocusRow(index)`; `head` drawn before the rows and scrolled with them
 */
export function Virtual({ items, row, label, focus = 0, head = null, class: more = '', ...rest }) {
  const box = useRef(null);
  const list = useRef(null);
  const [view, setView] = useState({ from: 0, to: 30, height: 64 });
  const held = useRef(-1);
  const drawing = useRef(false);
  drawing.current = true;

  const measure = () => {
    const port = box.current;
    const rows = list.current;
    if (!port || !rows) return;
    const first = rows.querySelector('[data-slot]');
    const height = first ? first.offsetHeight : view.height;
    const top = Math.max(0, port.scrollTop - rows.offsetTop);
    const from = Math.max(0, Math.floor(top / height) - SPARE);
    const to = Math.ceil((top + port.clientHeight) / height) + SPARE;
    setView((old) =>
      old.from === from && old.to === to && old.height === height ? old : { from, to, height },
    );
  };
  useLayoutEffect(measure, [items.length]);
  useLayoutEffect(() => {
    drawing.current = false;
    // Drawing may have moved the focused row in the document, which takes its focus.
    if (held.current < 0 || document.activeElement !== document.body) return;
    const row = list.current.querySelector(`[data-row="${held.current}"]`);
    if (row) row.focus({ preventScroll: true });
  });
  useEffect(() => {
    const watch = new ResizeObserver(measure);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);

  const to = Math.min(view.to, items.length);
  const from = Math.min(view.from, Math.max(0, to - 1));
  const shown = [];
  for (let i = from; i < to; i++) shown.push(i);
  for (const kept of [held.current, focus]) {
    if (kept >= 0 && kept < items.length && (kept < from || kept >= to)) shown.push(kept);
  }
  const slot = (i) => html`<li
    key=${items[i]}
    data-slot
    class="slot"
    aria-setsize=${items.length}
    aria-posinset=${i + 1}
    style=${{ transform: `translateY(${i * view.height}px)` }}
  >
    ${row(items[i], i, items.length)}
  </li>`;
  return html`<div
    ref=${box}
    class=${`virtual ${more}`}
    onScroll=${measure}
    onfocusin=${(event) => {
      const at = event.target.closest('[data-row]');
      held.current = at ? Number(at.dataset.row) : -1;
    }}
    onfocusout=${() => {
      if (!drawing.current) held.current = -1;
    }}
    ...${rest}
  >
    ${head}
    <ul
      ref=${list}
      class="virtual-rows"
      aria-label=${label}
      style=${{ height: `${items.length * view.height}px` }}
    >
      ${[...new Set(shown)].sort((a, b) => a - b).map(slot)}
    </ul>
  </div>`;
}

/** Brings row `index` of the list in `box` into sight and gives it focus. */
export function focusRow(box, index, height = 64) {
  const rows = box.querySelector('.virtual-rows');
  const slot = rows.querySelector('[data-slot]');
  const tall = slot ? slot.offsetHeight : height;
  const top = rows.offsetTop + index * tall;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + tall > box.scrollTop + box.clientHeight)
    box.scrollTop = top + tall - box.clientHeight;
  const find = () => {
    const row = rows.querySelector(`[data-row="${index}"]`);
    if (row) row.focus();
    return Boolean(row);
  };
  if (!find()) requestAnimationFrame(() => find() || requestAnimationFrame(find));
}
