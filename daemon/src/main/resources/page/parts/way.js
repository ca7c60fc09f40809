/** The way that the next message would take. Its words stand beside it. */
import { html } from '../vendor/htm-preact.js';
import { t } from '../base/words.js';
import { when } from '../base/times.js';

const YOU = html`<circle class="solid" cx="5" cy="6" r="3.2" />`;
const THEM = html`<circle class="solid" cx="41" cy="6" r="3.2" />`;
const POINTS = 'M12.5 6h.1M18 6h.1M23.5 6h.1M29 6h.1M34 6h.1';

/** The line broken by one ring each for up to three others. */
function rings(n) {
  const count = Math.min(Math.max(n, 1), 3);
  const gap = 36 / (count + 1);
  const at = Array.from({ length: count }, (_, i) => 5 + gap * (i + 1));
  const ends = [8, ...at.flatMap((x) => [x - 2.8, x + 2.8]), 38];
  let d = '';
  for (let i = 0; i < ends.length; i += 2) d += `M${ends[i]} 6H${ends[i + 1]}`;
  return [YOU, html`<path d=${d} />`, at.map((x) => html`<circle cx=${x} cy="6" r="2.6" />`), THEM];
}

function drawn(way, others) {
  switch (way) {
    case 'direct':
      return [YOU, html`<path d="M8 6h30" />`, THEM];
    case 'through':
      return rings(others || 1);
    case 'near':
      return html`<rect class="thin" x=".8" y=".8" width="44.4" height="10.4" rx="5.2" />
        <circle class="solid" cx="9" cy="6" r="2.8" /><path d="M12 6h22" />
        <circle class="solid" cx="37" cy="6" r="2.8" />`;
    case 'none':
      return [
        YOU,
        html`<path class="points" d="M12.5 6h.1M18 6h.1" /><path d="m23 3 6 6M29 3l-6 6" />`,
      ];
    default:
      return [
        YOU,
        html`<path class="points" d=${POINTS} />`,
        html`<circle cx="41" cy="6" r="2.9" />`,
      ];
  }
}

/** The tone of a way: `wait` where nobody answers, `fail` where nobody is connected. */
export function wayTone(way) {
  return way === 'away' ? 'wait' : way === 'none' ? 'fail' : '';
}

/**
 * A way in words.
 *
 * @param {{way: string, others?: number, since?: string}} way of the store's `ways`
 */
export function wayWord(way) {
  if (!way || way.way === 'unknown') return t('parts.way_unknown');
  if (way.way === 'away') {
    return way.since ? t('parts.way_away_since', { when: when(way.since) }) : t('parts.way_away');
  }
  if (way.way === 'through') return t('parts.way_through', { n: way.others || 1 });
  return t(`parts.way_${way.way}`);
}

/** The picture alone: `direct`, `through` (with `others`), `near`, `away`, `unknown`, `none`. */
export function WayMark({ way, others = 0 }) {
  return html`<svg class=${`way ${wayTone(way)}`} viewBox="0 0 46 12" aria-hidden="true">
    ${drawn(way, others)}
  </svg>`;
}
