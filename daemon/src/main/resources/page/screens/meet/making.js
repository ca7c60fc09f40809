/** Another invitation: for whom, and for how long. */
import { html, useState } from '../../vendor/htm-preact.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { Choice, Field } from '../../parts/field.js';

const HOUR_S = 3600;
const TIMES = [
  [HOUR_S, 'meet.hour'],
  [24 * HOUR_S, 'meet.day'],
  [7 * 24 * HOUR_S, 'meet.week'],
  [30 * 24 * HOUR_S, 'meet.month'],
];

/** Asks both, with the usual answers given already. */
export function Making({ onMake, onClose }) {
  const [as, call] = useState('');
  const [validForS, last] = useState(7 * 24 * HOUR_S);
  const make = (event) => {
    event.preventDefault();
    onMake(as.trim() ? { as: as.trim(), validForS } : { validForS });
  };
  return html`<form class="card pad stack" onSubmit=${make}>
    <${Field}
      label=${t('meet.forWhom')}
      hint=${t('meet.forWhomHint')}
      value=${as}
      maxlength="64"
      autofocus
      onInput=${(event) => call(event.currentTarget.value)}
    />
    <div class="field">
      <span class="label">${t('meet.goodFor')}</span>
      <${Choice}
        label=${t('meet.goodFor')}
        value=${validForS}
        options=${TIMES.map(([seconds, word]) => [seconds, t(word)])}
        onChange=${last}
      />
    </div>
    <div class="row-of-buttons">
      <${Button} kind="go" type="submit">${t('meet.newInvitation')}<//>
      <${Button} kind="quiet" onClick=${onClose}>${t('settings.cancel')}<//>
    </div>
  </form>`;
}
