/** Rows of a card: a label, a control, one sentence on what it costs or gives. */
import { html } from '../vendor/htm-preact.js';
import { size } from '../base/times.js';
import { t } from '../base/words.js';
import { Switch } from './field.js';

/** A row; what it is about is its first line, `control` stands at its end. */
export function Row({ label, hint, control, amount, children, tone = '', hook }) {
  const lone = !hint && !children;
  return html`<div class=${`set ${lone ? 'one' : ''} ${tone}`} data-row=${hook}>
    <b>${label}</b>
    ${amount !== undefined && html`<span class="amount">${amount}</span>`}
    ${hint && html`<span class="hint">${hint}</span>`} ${control}${children}
  </div>`;
}

/** A row with a switch that applies at once. */
export function SwitchRow({ label, hint, on, onChange, hook, ...rest }) {
  const control = html`<${Switch} label=${label} on=${on} onChange=${onChange} ...${rest} />`;
  return html`<${Row} label=${label} hint=${hint} control=${control} hook=${hook} />`;
}

/** A list to choose from; `options` are `[value, words]`. */
export function Select({ label, value, options, onChange, ...rest }) {
  return html`<select
    class="select"
    aria-label=${label}
    value=${String(value)}
    onChange=${(event) => onChange(event.currentTarget.value)}
    ...${rest}
  >
    ${options.map(
      ([each, words]) =>
        html`<option key=${each} value=${String(each)} selected=${String(each) === String(value)}>
          ${words}
        </option>`,
    )}
  </select>`;
}

/** What was carried for others today, as a meter with its figure in words. */
export function CarriedRow({ carry, label, hint }) {
  const { today = 0, perDay = 0 } = carry;
  const amount = perDay
    ? t('settings.todayOf', { today: size(today), limit: size(perDay) })
    : size(today);
  const said = perDay > 0 && carry.on === false ? t('settings.usedUp') : hint;
  return html`<${Row} label=${label} amount=${amount} hint=${said} hook="carried">
    ${
      perDay > 0 &&
      html`<progress
        class="meter"
        max=${perDay}
        value=${Math.min(today, perDay)}
        aria-label=${label}
      >
        ${amount}
      </progress>`
    }
  <//>`;
}
