/** The icons: 20 x 20, drawn with the current colour. They carry no meaning of their own. */
import { html } from '../vendor/htm-preact.js';

const DOT = (x) => html`<circle cx=${x} cy="10" r=".9" fill="currentColor" />`;
const P = (d) => html`<path d=${d} />`;

const ICONS = {
  again: P('M15.8 8A6.2 6.2 0 1 0 16 11.5M16.2 4.2V8h-3.8'),
  archive: html`<rect x="3" y="4" width="14" height="3.6" rx="1" /><path d="M4.4 7.6v8h11.2v-8M8 11h4" />`,
  back: P('M12.5 4.5 7 10l5.5 5.5'),
  bell: P('M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5H4.5h11M8.5 16a1.6 1.6 0 0 0 3 0'),
  cam: html`<rect x="2.5" y="6" width="15" height="10.5" rx="2.5" /><circle cx="10" cy="11.2" r="2.8" />
    <path d="m7 6 1-2h4l1 2" />`,
  check: P('m4 10.5 4 4 8-9'),
  chevron: P('m4.5 7.5 5.5 5.5 5.5-5.5'),
  clip: P(`m15.5 9.2-5.6 5.6a3.5 3.5 0 0 1-5-5l6-6a2.4 2.4 0 0 1 3.4 3.4l-5.8 5.8a1.2 1.2 0 0 1-1.7-1.7
    l5.2-5.2`),
  close: P('m5 5 10 10M15 5 5 15'),
  copy: html`<rect x="7" y="7" width="9.5" height="9.5" rx="2" />
    <path d="M13 4.2A2 2 0 0 0 11.4 3.5H5.5a2 2 0 0 0-2 2v5.9c0 .7.3 1.2.8 1.6" />`,
  disk: html`<rect x="3" y="4" width="14" height="12" rx="2" /><path d="M3 11.5h14M13.5 13.8h.1" />`,
  doc: P('M5.5 2.8h6l3.5 3.5v10.9H5.5V2.8ZM11.2 3v3.5H15'),
  down: P('M10 4v10M5.5 9.8 10 14.3l4.5-4.5M4 17h12'),
  edit: P('M4 16h3L16 7l-3-3-9 9v3ZM11.2 5.8l3 3'),
  gear: html`<path d="M3 6h6M13 6h4M3 14h3M10 14h7" /><circle cx="11" cy="6" r="2" />
    <circle cx="8" cy="14" r="2" />`,
  info: html`<circle cx="10" cy="10" r="7" /><path d="M10 9.2v4.3M10 6.6v.1" />`,
  key: html`<circle cx="6.5" cy="13.5" r="3" /><path d="m8.7 11.3 7-7M13 7l2.2 2.2" />`,
  link: P(`M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-.9.9M11.5 8.5a3 3 0 0 0-4.3 0l-3 3
    a3 3 0 0 0 4.3 4.3l.9-.9`),
  lock: html`<rect x="4.5" y="9" width="11" height="8" rx="2" /><path d="M7 9V6.5a3 3 0 0 1 6 0V9" />`,
  moon: P('M16 11.8A6.6 6.6 0 0 1 8.2 4 6.6 6.6 0 1 0 16 11.8Z'),
  more: [DOT('4.5'), DOT('10'), DOT('15.5')],
  mute: P('M5.5 13.5V9a4.5 4.5 0 0 1 7.4-3.4M14.5 9v4.5H5.5M8.5 16a1.6 1.6 0 0 0 3 0M4 16 16 4'),
  near: html`<circle cx="10" cy="10" r="1.6" /><path d="M6.5 13.5a5 5 0 0 1 0-7M13.5 6.5a5 5 0 0 1 0
    7M4 16a8.5 8.5 0 0 1 0-12M16 4a8.5 8.5 0 0 1 0 12" />`,
  next: P('M7.5 4.5 13 10l-5.5 5.5'),
  person: html`<circle cx="10" cy="6.8" r="3.3" /><path d="M3.8 17c.5-3.3 3-5 6.2-5s5.7 1.7 6.2 5" />`,
  personplus: html`<circle cx="8.5" cy="6.8" r="3.3" />
    <path d="M2.5 17c.5-3.3 2.9-5 6-5 1.6 0 3 .4 4 1.3M15.5 11.5v5M13 14h5" />`,
  pic: html`<rect x="3" y="4" width="14" height="12" rx="2" /><circle cx="7.2" cy="8" r="1.2" />
    <path d="m4 14.5 3.8-3.6 2.6 2.3 3-3.2 3.4 3.6" />`,
  pin: P('M7.5 3.5h5l-.6 5 2.6 2.6v1h-9v-1l2.6-2.6-.6-5ZM10 12.2V17'),
  plus: P('M10 4v12M4 10h12'),
  reply: P('M8 5 3.5 9.5 8 14M4 9.5h7.5c3 0 5 1.8 5 5.5'),
  search: html`<circle cx="9" cy="9" r="5.5" /><path d="m13.2 13.2 3.8 3.8" />`,
  send: P('M10 16V4.5M5 9.3l5-5 5 5'),
  shield: html`<path d="M10 2.8 4.5 5v4.5c0 3.6 2.2 6.2 5.5 7.7 3.3-1.5 5.5-4.1 5.5-7.7V5L10 2.8Z" />
    <path d="m7.5 10 1.9 1.9 3.3-3.8" />`,
  smile: html`<circle cx="10" cy="10" r="7" />
    <path d="M7 11.8c.7 1 1.8 1.6 3 1.6s2.3-.6 3-1.6M7.6 8v.2M12.4 8v.2" />`,
  stop: html`<circle cx="10" cy="10" r="7" /><path d="m5.2 14.8 9.6-9.6" />`,
  trash: P('M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v4.5M11.5 9v4.5'),
  up: P('M10 16V6M5.5 10.2 10 5.7l4.5 4.5M4 3h12'),
  warn: P('M10 3.2 2.6 16.2h14.8L10 3.2ZM10 8.2v3.6M10 14v.1'),
  words: P('M3.5 5h13M3.5 10h13M3.5 15h7'),
};

/** Whether there is such an icon. */
export const ICON_NAMES = Object.keys(ICONS);

/** An icon beside words that say the same. `small` is 16 px. */
export function Icon({ name, small = false, class: more = '' }) {
  return html`<svg class=${`icon ${small ? 'small' : ''} ${more}`} viewBox="0 0 20 20" aria-hidden="true">
    ${ICONS[name]}
  </svg>`;
}

/** The mark of Wayfolk. With `label` it is a picture with a name. */
export function Mark({ label = '', class: more = '' }) {
  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' };
  return html`<svg class=${`mark ${more}`} viewBox="0 0 24 24" ...${named}>
    <path class="mark-way" d="M2.4 7.4 7.2 19.6 12 12.2l4.8 7.4 4.8-12.2" />
    <circle class="mark-dot" cx="12" cy="5.6" r="2.5" />
  </svg>`;
}

/** The mark as the W of its word. */
export function Wordmark() {
  return html`<svg class="wordmark" viewBox="0 0 124 30" role="img" aria-label="Wayfolk">
    <g class="wordmark-w">
      <path d="M2.4 6.6 7.9 22.4 13.4 13.2l5.5 9.2 5.5-15.8" />
      <circle class="mark-dot" cx="13.4" cy="6" r="2.6" />
    </g>
    <g transform="translate(1.8)">
      <circle cx="33.4" cy="16.6" r="5.9" />
      <path
        d="M39.3 10.8v11.8M45.6 10.8l5.2 11.4M56 10.8l-5.2 11.4c-1.3 2.9-2.7 4.4-5 4.2M67 4.4
        c-3.2-1-5.2.4-5.2 3.6v14.6M58.8 10.8h7"
      />
      <circle cx="75.6" cy="16.6" r="5.9" />
      <path d="M87.4 4v18.6M94.6 4v18.6M103.4 10.8l-8.4 6.9M98.2 15.2l5.6 7.4" />
    </g>
  </svg>`;
}
