import { html } from '../../vendor/htm-preact.js';

/** Comes next. */
export function Search() {
  return html`<main class="main" data-screen="search"></main>`;
}
