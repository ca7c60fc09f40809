/** Toasts: what was just done, with a way back. Never for errors, never the only copy of a fact. */
import { html, useEffect, useRef } from '../vendor/htm-preact.js';
import { get, set, use } from '../base/store.js';
import { t } from '../base/words.js';
import { Button } from './button.js';

/** How long one stays, unless it is hovered or has focus. */
const STAY_MS = 6000;
/** More than these at once are noise: the oldest goes. */
const MOST = 3;

let number = 0;

/**
 * Shows a toast.
 *
 * @param {string} words what was done
 * @param {{undo?: Function, label?: string}} [how] what undoes it; `label` in place of Undo
 */
export function toast(words, { undo, label } = {}) {
  const id = ++number;
  set(({ toasts }) => ({ toasts: [...toasts, { id, words, undo, label }].slice(-MOST) }));
  return id;
}

/** Takes a toast away. */
export function untoast(id) {
  set(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) }));
}

/** Where they are shown. */
export function Toasts() {
  const toasts = use((state) => state.toasts);
  return html`<div class="toasts">
    ${toasts.map((each) => html`<${Toast} key=${each.id} ...${each} />`)}
  </div>`;
}

function Toast({ id, words, undo, label }) {
  const box = useRef(null);
  useEffect(() => {
    const timer = setInterval(() => {
      const held = box.current && box.current.matches(':hover, :focus-within');
      if (!held && get().toasts.some((each) => each.id === id)) untoast(id);
    }, STAY_MS);
    return () => clearInterval(timer);
  }, []);
  return html`<div ref=${box} class="toast" role="status">
    <span>${words}</span>
    ${
      undo &&
      html`<${Button}
      kind="quiet"
      small
      onClick=${() => {
        untoast(id);
        undo();
      }}
      >${label || t('parts.undo')}<//>`
    }
  </div>`;
}
