import { html } from '../../vendor/htm-preact.js';
import { use } from '../../base/store.js';

/** Comes next: unopened, locked, stopped, gone, failed. */
export function Gate() {
  const phase = use((state) => state.phase);
  return html`<main class="main" data-screen=${phase}></main>`;
}
