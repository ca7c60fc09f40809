import { html } from '../../vendor/htm-preact.js';

/** Comes next. */
export function Truth() {
  return html`<main class="main" data-screen="truth"></main>`;
}
