import { html } from '../../vendor/htm-preact.js';

/** Comes next. */
export function Talk() {
  return html`<main class="main" data-screen="talk"></main>`;
}
