import { html } from '../../vendor/htm-preact.js';

/** Comes next. */
export function Person() {
  return html`<main class="main" data-screen="person"></main>`;
}
