import { html } from '../../vendor/htm-preact.js';

/** Comes next. */
export function Invite() {
  return html`<main class="main" data-screen="invite"></main>`;
}
