/** The way of a message as a drawing. The same facts stand beside it in words. */
import { html } from '../../vendor/htm-preact.js';
import { t } from '../../base/words.js';
import { hue, initials } from '../../parts/face.js';
import { others } from './truth-words.js';

/** More rings than these are a number. */
const MOST_RINGS = 3;

function rings(n) {
  const count = Math.min(n, MOST_RINGS);
  return Array.from({ length: count }, (_, i) => 160 + (i - (count - 1) / 2) * 54);
}

/** What stands between the two: a line of the state's own. */
function road(truth, delivery) {
  if (!truth.mine) return { look: 'road', d: 'M50 52H270', says: '' };
  const n = others(delivery);
  switch (delivery && delivery.state) {
    case 'delivered':
      return n > 0
        ? { look: 'road', d: 'M46 46C74 26 96 22 122 22H198C224 22 246 26 274 46', n, says: t('truth.draw_through', { n }) }
        : { look: 'road', d: 'M50 52H270', says: delivery.hops ? t('truth.draw_direct') : '' };
    case 'sent':
      return { look: 'try going', d: 'M50 52H270', says: t('truth.draw_going') };
    case 'failed':
      return { look: 'try', d: 'M50 52H270', cross: true, says: t('truth.draw_failed') };
    default:
      return { look: 'try', d: 'M50 52H270', says: t('truth.draw_waiting') };
  }
}

/** The drawing. */
export function Drawing({ truth, delivery, me, name, card }) {
  const { look, d, n = 0, cross, says } = road(truth, delivery);
  const you = initials((me && me.name) || t('talk.you'));
  const label = t('truth.draw_label', { name, says: says || t('truth.draw_plain') });
  return html`<svg class="truth-draw" viewBox=${n > 0 ? '0 8 320 88' : '0 28 320 68'} role="img" aria-label=${label}>
    <path class=${look} d=${d} />
    ${n > 0 && rings(n).map((x) => html`<circle class="hop" cx=${x} cy="22" r="7.5" />`)}
    ${cross && html`<path class="cross" d="m154 46 12 12M166 46l-12 12" />`}
    <circle class="self" cx="30" cy="52" r="17" /><text class="self-text in" x="30" y="56">${you}</text>
    <circle class=${`them hue-ground-${hue(card)}`} cx="290" cy="52" r="17" />
    <text class=${`hue-text-${hue(card)} in`} x="290" y="56">${initials(name)}</text>
    <text class="soft" x="160" y=${n > 0 ? 46 : 38}>${n > MOST_RINGS ? `~${n}` : ''}</text>
    <text class="soft" x="160" y="74">${says}</text>
    <text x="30" y="88">${t('talk.you')}</text>
    <text x=${290} y="88">${shortName(name)}</text>
  </svg>`;
}

/** A name that has room under its face. */
function shortName(name) {
  const first = name.split(/\s+/)[0] || '';
  return [...first].length > 9 ? `${[...first].slice(0, 8).join('')}…` : first;
}
