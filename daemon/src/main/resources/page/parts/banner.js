/** A banner: one fact, what happens by itself, what you can do. */
import { html } from '../vendor/htm-preact.js';
import { Icon } from './icon.js';

/** `tone` is wait, fail, info, ok or calm; `round` where it stands inside a page. */
export function Banner({ tone = 'wait', icon = 'info', title, children, actions, round = false }) {
  return html`<div class=${`banner ${tone} ${round ? 'round' : ''}`} role=${tone === 'fail' ? 'alert' : 'status'}>
    <${Icon} name=${icon} />
    <div class="banner-says"><b>${title}</b>${children}</div>
    ${actions && html`<div class="banner-acts">${actions}</div>`}
  </div>`;
}
