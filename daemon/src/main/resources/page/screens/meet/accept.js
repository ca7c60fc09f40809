import { html } from '../../vendor/htm-preact.js';

/** Comes next. */
export function Accept() {
  return html`<main class="main" data-screen="accept"></main>`;
}
