import { html } from '../../vendor/htm-preact.js';

/** Comes next. */
export function First() {
  return html`<main class="main" data-screen="first"></main>`;
}
