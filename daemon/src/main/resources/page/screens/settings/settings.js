import { html } from '../../vendor/htm-preact.js';

/** Comes next. */
export function Settings() {
  return html`<main class="main" data-screen="settings"></main>`;
}
