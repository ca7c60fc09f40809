/** What is carried for others: today's meter, whether at all, and how much at most. */
import { html, useEffect, useState } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { t } from '../../base/words.js';
import { Part } from '../frame.js';
import { CarriedRow, Row, Select, SwitchRow } from '../../parts/rows.js';
import { AMOUNTS, amounts } from '../first/carry.js';
import { failed } from './change.js';

/** Turned on again without having been on: as much as the first run offers. */
const USUAL = AMOUNTS[2];
/** How often today's figure is read again while it is shown. */
const AGAIN_MS = 5_000;

/** The part. */
export function Carried() {
  const [carry, say] = useState(null);
  const [last, keep] = useState(USUAL);
  useEffect(() => {
    const read = () => ask('carry').then(say, () => {});
    read();
    const timer = setInterval(() => !document.hidden && read(), AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  const take = async (perDay) => {
    if (carry.perDay) keep(carry.perDay);
    const before = carry;
    say({ ...carry, unlimited: false, perDay, on: perDay > 0 });
    try {
      say(await ask('carry', { perDay }));
    } catch (failure) {
      say(before);
      failed(failure);
    }
  };
  return html`<${Part} title=${t('settings.carried')} id="carried">
    <div class="card">
      ${carry && html`<${CarriedRow} carry=${carry} label=${t('settings.today')} hint=${t('settings.todayHint')} />`}
      ${carry && html`<${Choosing} carry=${carry} last=${last} take=${take} />`}
    </div>
  <//>`;
}

function Choosing({ carry, last, take }) {
  const on = carry.unlimited || carry.perDay > 0;
  const none = carry.unlimited ? [[0, t('settings.noLimit')]] : [];
  return html`
    <${SwitchRow}
      hook="carry"
      label=${t('settings.carry')}
      hint=${t('settings.carryHint')}
      on=${on}
      onChange=${(value) => take(value ? last : 0)}
    />
    ${
      on &&
      html`<${Row}
        hook="perDay"
        label=${t('settings.atMost')}
        hint=${t('settings.atMostHint')}
        control=${html`<${Select}
          label=${t('settings.atMost')}
          value=${carry.perDay || 0}
          options=${[...none, ...amounts(carry.perDay)]}
          onChange=${(value) => Number(value) && take(Number(value))}
        />`}
      />`
    }
  `;
}
