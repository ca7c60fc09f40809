/** The second step: the words that bring one back. */
import { html, useEffect, useState } from '../../vendor/htm-preact.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { NumberedWords } from '../../parts/pieces.js';
import { tomorrow } from '../settings/reminder.js';
import { reached, recoveryWords, wordsWritten } from './actions.js';

/** The step. */
export function WordsStep({ done }) {
  const [words, say] = useState(undefined);
  const [error, fail] = useState('');
  useEffect(() => {
    recoveryWords().then(say, (failure) => fail(failure.error));
  }, []);
  const next = async (written) => {
    try {
      if (written && words) await wordsWritten();
      await reached(3, written || !words ? {} : { remindAt: tomorrow() });
      done();
    } catch (failure) {
      fail(t('first.failed', { error: failure.error || failure.reason }));
    }
  };
  return html`<form
    class="stack big"
    onSubmit=${(event) => {
      event.preventDefault();
      next(true);
    }}
  >
    <div class="stack tight">
      <h1 class="hello" tabindex="-1">${t('first.wordsTitle')}</h1>
      <p class="lead">${words === null ? t('first.wordsGone') : t('first.wordsLead')}</p>
    </div>
    <div class="words-place">
      ${words && html`<${NumberedWords} words=${words} label=${t('first.wordsLabel')} />`}
    </div>
    ${words && html`<p class="hint">${t('first.wordsForget')}</p>`}
    ${error && html`<p class="hint fail" role="alert">${error}</p>`}
    <${Answers} words=${words} next=${next} />
  </form>`;
}

function Answers({ words, next }) {
  if (words === null) {
    return html`<div class="ends">
      <span></span> <${Button} kind="go" type="submit">${t('first.goOn')}<//>
    </div>`;
  }
  return html`<div class="ends">
    <${Button} kind="quiet" onClick=${() => next(false)}>${t('first.later')}<//>
    <div class="row-of-buttons">
      <${Button} onClick=${() => print()}>${t('first.print')}<//>
      <${Button} kind="go" type="submit" disabled=${!words}>${t('first.wroteThem')}<//>
    </div>
  </div>`;
}
