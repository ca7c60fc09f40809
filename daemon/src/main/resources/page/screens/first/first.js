/** The first run: a name, the words that bring one back, how much to carry for others. */
import { html, useEffect, useState } from '../../vendor/htm-preact.js';
import { go } from '../../base/routes.js';
import { use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { WayMark } from '../../parts/way.js';
import { forget, hear, meeting } from '../meet/actions.js';
import { finish } from './actions.js';
import { CarryStep } from './carry.js';
import { NameStep } from './name.js';
import { Sheet } from './sheet.js';
import { WordsStep } from './words.js';

/** The steps there are. */
const STEPS = 3;

/** The screen. Whoever was invited meets while the steps go on, and ends in the conversation. */
export function First() {
  const left = use((state) => state.settings.firstStep);
  const { attempts } = use(meeting);
  const [step, turn] = useState(left || 1);
  useEffect(hear, []);
  useEffect(() => {
    if (left > step) turn(left);
  }, [left]);
  const attempt = attempts[attempts.length - 1];
  const end = async () => {
    await finish();
    if (!attempt) go('#/', { replace: true });
    else if (attempt.state !== 'met') go('#/accept', { replace: true });
    else {
      forget(attempt.id);
      go(`#/c/${attempt.card}`, { replace: true });
    }
  };
  return html`<${Sheet} screen="first" step=${step}>
    <${Progress} step=${step} />
    ${step > 1 && attempt && html`<${Meeting} attempt=${attempt} />`}
    ${step === 1 && html`<${NameStep} done=${() => turn(2)} />`}
    ${step === 2 && html`<${WordsStep} done=${() => turn(3)} />`}
    ${step === 3 && html`<${CarryStep} done=${end} />`}
  <//>`;
}

/** The way through the steps, drawn as every way is. */
function Progress({ step }) {
  const legs = [
    [11, 33],
    [43, 65],
  ];
  return html`<p class="progress">
    <svg viewBox="0 0 76 12" aria-hidden="true">
      ${legs.map(
        ([from, to], i) =>
          html`<path class=${step > i + 1 ? '' : 'ahead'} d=${`M${from} 6H${to}`} />`,
      )}
      ${[6, 38, 70].map((x, i) =>
        step > i
          ? html`<circle class="solid" cx=${x} cy="6" r="4" />`
          : html`<circle cx=${x} cy="6" r="3.4" />`,
      )}
    </svg>
    ${t('first.step', { n: step, of: STEPS })}
  </p>`;
}

function Meeting({ attempt }) {
  const words =
    attempt.state === 'met'
      ? t('first.metNow', { name: attempt.name })
      : attempt.state === 'failed'
        ? t('first.meetingFailed')
        : t('first.meeting');
  return html`<p class="meeting-now" role="status" data-attempt=${attempt.state}>
    <${WayMark}
      way=${attempt.state === 'met' ? 'direct' : attempt.state === 'failed' ? 'none' : 'away'}
    />
    <span>${words}</span>
  </p>`;
}
