import { html } from '../../vendor/htm-preact.js';
import { use } from '../../base/store.js';

/** Comes next: the list of conversations. */
export function Chats() {
  const { order, byCard } = use((state) => state.chats);
  return html`<nav class="side" aria-label="Chats">
    ${order.slice(0, 50).map((card) => html`<a key=${card} data-card=${card} href=${`#/c/${card}`}>${byCard.get(card).name}</a>`)}
  </nav>`;
}
