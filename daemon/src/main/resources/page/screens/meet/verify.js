import { html } from '../../vendor/htm-preact.js';

/** Comes next. */
export function Verify() {
  return html`<main class="main" data-screen="verify"></main>`;
}
