import { html } from '../../vendor/htm-preact.js';

/** Comes next. */
export function Connection() {
  return html`<main class="main" data-screen="connection"></main>`;
}
