/** A face: two initials on one of eight hues. The hue comes from the card, never from the name. */
import { html } from '../vendor/htm-preact.js';

const HUES = 8;

/** Two initials of a name: of its first and last word, or its first two letters. */
export function initials(name) {
  const words = (name || '').trim().split(/\s+/).filter(Boolean);
  const pick = (word, n) => [...word].slice(0, n).join('');
  const two =
    words.length > 1
      ? pick(words[0], 1) + pick(words[words.length - 1], 1)
      : pick(words[0] || '?', 2);
  return two.toLocaleUpperCase();
}

/** The hue of a card: 1 to 8. */
export function hue(card) {
  if (!card || card === 'me') return 7;
  return (parseInt(card.slice(0, 8), 16) % HUES) + 1;
}

/** The face of a person. `size` is xs, s, m or l. It carries no name: the name stands beside it. */
export function Face({ card, name, size = 'm' }) {
  const shown = card === 'me' ? '✎' : initials(name);
  return html`<span class=${`face face-${size} hue-${hue(card)}`} aria-hidden="true">${shown}</span>`;
}
