/** The mark of a message: you, the way, them. Never without its word beside it or in a name. */
import { html } from '../vendor/htm-preact.js';
import { has, t } from '../base/words.js';

const YOU = html`<circle class="solid" cx="3.6" cy="5" r="2.6" />`;
const RING = html`<circle cx="20.6" cy="5" r="2.2" />`;

const MARKS = {
  waiting: [YOU, html`<path class="points" d="M9.4 5h.1M13 5h.1M16.6 5h.1" />`, RING],
  going: [YOU, html`<path d="M6.6 5h7.2M11.6 2.6 14 5l-2.4 2.4" />`, RING],
  kept: [
    YOU,
    html`<path d="M6.2 5h2.4" /><rect x="9.2" y="2.1" width="5.8" height="5.8" rx="1.2" />`,
    RING,
  ],
  delivered: [
    YOU,
    html`<path d="M6 5h12" />`,
    html`<circle class="solid" cx="20.4" cy="5" r="2.6" />`,
  ],
  read: [
    YOU,
    html`<path d="M6 5h9" /><circle class="thin" cx="19.4" cy="5" r="3.9" />
      <circle class="solid" cx="19.4" cy="5" r="1.9" />`,
  ],
  failed: [YOU, html`<path class="bold" d="M6.6 5h5.6M16.6 1.8l6 6.4M22.6 1.8l-6 6.4" />`],
  sent: [YOU, html`<path d="M6.6 5h15M18.6 2l3 3-3 3" />`],
};

const TONES = { waiting: 'wait', kept: 'wait', failed: 'fail' };

/** States of the daemon as states of the page. */
const STATES = { queued: 'waiting', pending: 'waiting', sent: 'going', unproved: 'sent' };

/** The state of a line of mine: waiting, going, kept, delivered, read, failed, sent; null if theirs. */
export function stateOf(line) {
  if (!line || !line.state || line.state === 'received' || line.card === 'me') return null;
  return STATES[line.state] || (line.state in MARKS ? line.state : null);
}

/**
 * Its word: `Delivered`, `Not delivered: refused`. `reason` is a machine word of the daemon, `tries`
 * how often it was tried.
 */
export function stateWord(state, reason = '', tries = 0) {
  if (state !== 'failed' || !has(`parts.reason_${reason}`)) return t(`parts.state_${state}`);
  const why =
    reason === 'no_answer' && tries > 0
      ? t('parts.reason_no_answer_tries', { n: tries })
      : t(`parts.reason_${reason}`);
  return t('parts.failed_because', { reason: why });
}

/** The tone of a state: `wait`, `fail` or none. */
export function stateTone(state) {
  return TONES[state] || '';
}

/** The mark alone: say its word beside it. */
export function StateMark({ state }) {
  return html`<svg class=${`state state-${state} ${stateTone(state)}`} viewBox="0 0 24 10" aria-hidden="true">
    ${MARKS[state]}
  </svg>`;
}
