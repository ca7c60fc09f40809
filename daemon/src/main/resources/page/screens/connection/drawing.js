/** The drawing of the connection, wide and small, with its sentence. */
import { html } from '../../vendor/htm-preact.js';
import { t } from '../../base/words.js';
import { hue, initials } from '../../parts/face.js';
import { places } from './places.js';

/** Letters of a name beside its face. */
const NAME = 12;

/** Both layouts; CSS shows the one that fits. The sentence is read once. */
export function Drawing({ who }) {
  if (!who.direct.length && !who.through.length && !who.others) return html`<${Alone} />`;
  return html`
    <${Map} who=${who} shape="wide" label=${sentence(who)} />
    <${Map} who=${who} shape="small" label=${sentence(who)} />
  `;
}

function sentence({ direct, through, others }) {
  const parts = [
    ...direct.map(({ name, way }) =>
      t(way === 'near' ? 'connection.drawNear' : 'connection.drawDirect', { name }),
    ),
    ...through.map(({ name, others: n = 1 }) => t('connection.drawThrough', { name, n })),
  ];
  if (others) parts.push(t('connection.drawOthers', { n: others }));
  return t('connection.drawing', { parts: `${parts.join(', ')}.` });
}

/** You, and a ring of points. */
function Alone() {
  const points = Array.from({ length: 12 }, (_, i) => (i * Math.PI) / 6);
  return html`<svg
    class="map alone"
    viewBox="0 0 300 150"
    role="img"
    aria-label=${t('connection.drawAlone')}
  >
    ${points.map(
      (angle) =>
        html`<circle
          class="map-point"
          cx=${150 + 96 * Math.cos(angle)}
          cy=${75 + 58 * Math.sin(angle)}
          r="2"
        />`,
    )}
    <${Self} x=${150} y=${75} r=${19} />
  </svg>`;
}

function Self({ x, y, r }) {
  return html`<circle class="map-self" cx=${x} cy=${y} r=${r} />
    <text class="map-self-word" x=${x} y=${y + 4}>${t('connection.you')}</text>`;
}

const line = (points) =>
  `M${points.map(({ x, y }) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`).join('L')}`;

function Map({ who, shape, label }) {
  const { box, yard, faces, mine, others } = places(who, shape);
  const me = { x: box.x, y: box.y };
  return html`<svg
    class=${`map map-${shape}`}
    viewBox=${`0 0 ${box.width} ${box.height}`}
    role="img"
    aria-label=${label}
  >
    ${
      yard &&
      html`<rect
          class="map-yard"
          x=${yard.x}
          y=${yard.y}
          width=${yard.width}
          height=${yard.height}
          rx="24"
        />
        <text class=${`map-soft ${yard.label.end}`} x=${yard.label.x} y=${yard.label.y}
          >${t('connection.thisNetwork')}</text
        >`
    }
    ${others.map((dot) => html`<path class="map-hair" d=${line([me, dot])} />`)}
    ${mine.map((dot) => html`<path class="map-road" d=${line([me, dot])} />`)}
    ${faces.map((face) => html`<path class="map-road" d=${line([me, ...face.hops, face])} />`)}
    ${others.map((dot) => html`<circle class="map-other" cx=${dot.x} cy=${dot.y} r=${box.dot} />`)}
    ${mine.map((dot) => html`<circle class="map-hop" cx=${dot.x} cy=${dot.y} r=${box.dot} />`)}
    ${faces.map((face) => html`<${Person} face=${face} box=${box} />`)}
    <${Self} x=${box.x} y=${box.y} r=${box.self} />
  </svg>`;
}

function Person({ face, box }) {
  const { x, y, label, end, name, card } = face;
  const first = [...name.split(' ')[0]];
  const short = first.length > NAME ? `${first.slice(0, NAME - 1).join('')}…` : first.join('');
  const anchor = end < 0 ? 'map-left' : end > 0 ? 'map-right' : '';
  return html`
    ${face.hops.map((hop) => html`<circle class="map-hop" cx=${hop.x} cy=${hop.y} r=${box.hop} />`)}
    <circle class=${`map-face hue-${hue(card)}`} cx=${x} cy=${y} r=${box.face} />
    <text class=${`map-initials hue-${hue(card)}`} x=${x} y=${y + 4}>${initials(name)}</text>
    <text
      class=${`map-soft ${anchor}`}
      x=${label}
      y=${end ? y + 4 : y + (y < box.y ? -box.face - 7 : box.face + 15)}
      >${short}</text
    >
  `;
}
