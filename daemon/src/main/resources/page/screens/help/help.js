import { html } from '../../vendor/htm-preact.js';

/** Comes next. */
export function Help() {
  return html`<main class="main" data-screen="help"></main>`;
}
