/** The third step: whether to carry for others, and how much. Two equal choices. */
import { html, useState } from '../../vendor/htm-preact.js';
import { size } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { useId } from '../../parts/field.js';
import { Row, Select } from '../../parts/rows.js';
import { carry } from './actions.js';

const MB = 1_000_000;
/** What may be chosen, in bytes a day. */
export const AMOUNTS = [50, 100, 200, 500, 1000, 2000, 5000, 10_000].map((n) => n * MB);
const USUAL = 200 * MB;
/** Bytes of a minute of video at about 5 Mbit/s. */
const VIDEO_MINUTE = 40 * MB;

/** Sizes as a list of choices; one that is set otherwise stands among them. */
export function amounts(now) {
  const all = AMOUNTS.includes(now) || !now ? AMOUNTS : [...AMOUNTS, now].sort((a, b) => a - b);
  return all.map((bytes) => [bytes, size(bytes)]);
}

/** The step. */
export function CarryStep({ done }) {
  const [on, choose] = useState(null);
  const [perDay, take] = useState(USUAL);
  const [error, fail] = useState('');
  const next = async (event) => {
    event.preventDefault();
    if (on === null) return;
    try {
      await carry(on ? perDay : 0);
      await done();
    } catch (failure) {
      fail(t('first.failed', { error: failure.error || failure.reason }));
    }
  };
  return html`<form class="stack big" onSubmit=${next}>
    <div class="stack tight">
      <h1 class="hello" tabindex="-1">${t('first.carryTitle')}</h1>
      <p class="lead">${t('first.carryLead')}</p>
    </div>
    <${TwoChoices} on=${on} choose=${choose} />
    <div class="card">
      <${Row}
        label=${t('first.atMost')}
        hint=${t('first.video', { n: Math.round(perDay / VIDEO_MINUTE) })}
        control=${html`<${Select}
          label=${t('first.atMost')}
          value=${perDay}
          options=${amounts(perDay)}
          onChange=${(value) => take(Number(value))}
        />`}
      />
    </div>
    ${error && html`<p class="hint fail" role="alert">${error}</p>`}
    <div class="ends">
      <span class="hint">${t('first.anyTime')}</span>
      <${Button} kind="go" type="submit" disabled=${on === null}>${t('first.openWayfolk')}<//>
    </div>
  </form>`;
}

/** Yes and no, of one size and one colour; neither is chosen beforehand. */
function TwoChoices({ on, choose }) {
  const name = useId('carry');
  const each = (value, title, hint) =>
    html`<label class="two-choice">
      <input type="radio" name=${name} checked=${on === value} onChange=${() => choose(value)} />
      <span><b>${title}</b><span class="hint">${hint}</span></span>
    </label>`;
  return html`<fieldset class="two-choices">
    <legend class="unseen">${t('first.carryChoice')}</legend>
    ${each(true, t('first.carryYes'), t('first.carryYesHint'))}
    ${each(false, t('first.carryNo'), t('first.carryNoHint'))}
  </fieldset>`;
}
