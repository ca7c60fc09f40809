/** The truth about one message: its way drawn, what happened and when, numbers, and what others saw. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../../vendor/htm-preact.js';
import { on } from '../../base/link.js';
import { closePanel } from '../../base/routes.js';
import { use } from '../../base/store.js';
import { exact } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Button, IconButton } from '../../parts/button.js';
import * as actions from './actions.js';
import { giveBack } from './view.js';
import { Drawing } from './drawing.js';
import { copy } from './talk.js';
import { asText, main, numbers, steps } from './truth-words.js';

/** What is known, read again whenever it changes. */
function useTruth(message) {
  const [truth, setTruth] = useState(null);
  const [failed, setFailed] = useState('');
  useEffect(() => {
    let gone = false;
    const read = () => actions.truth(message).then(
      (done) => !gone && (setTruth(done), setFailed('')),
      (error) => !gone && setFailed(error.reason || 'failed'),
    );
    read();
    const again = (event) => event.message === message && read();
    const off = [on('progress', again), on('changed', again), on('up', read)];
    return () => {
      gone = true;
      off.forEach((end) => end());
    };
  }, [message]);
  return { truth, failed };
}

/** The panel. */
export function Truth({ message }) {
  const { truth, failed } = useTruth(message);
  const me = use((state) => state.me);
  const chat = use((state) => truth && state.chats.byCard.get(truth.card));
  const heading = useRef(null);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    heading.current.focus();
    return () => giveBack(opener);
  }, []);
  const name = (chat && chat.name) || (truth && (truth.mine ? truth.with : truth.from)) || '';
  return html`<section class="talk-panel" data-screen="truth" aria-labelledby="truth-title">
    <header class="panel-head">
      <${IconButton} class="panel-back" icon="back" label=${t('parts.back')} onClick=${closePanel} />
      <h2 id="truth-title" ref=${heading} tabindex="-1">${t('truth.title')}</h2>
      <${IconButton} class="panel-close" icon="close" label=${t('parts.close')} onClick=${closePanel} />
    </header>
    ${failed && !truth && html`<p class="talk-panel-in hint">${t(failed === 'stopped' ? 'talk.not_running' : 'truth.unknown')}</p>`}
    ${truth && html`<${All} truth=${truth} me=${me} name=${name} card=${truth.card} />`}
  </section>`;
}

function All({ truth, me, name, card }) {
  const known = { truth, name, notes: card === 'me' };
  const delivery = main(truth);
  const waits = truth.mine && !known.notes && (truth.state === 'queued' || truth.state === 'sent');
  const failed = truth.mine && truth.state === 'failed';
  const [tried, setTried] = useState('');
  const act = (what) => what(truth.message).then(() => setTried(''), (error) => {
    setTried(t(error.reason === 'stopped' ? 'talk.not_running' : 'talk.not_done'));
  });
  return html`<div class="talk-panel-in">
    ${!known.notes && html`<${Drawing} truth=${truth} delivery=${delivery} me=${me} name=${name} card=${card} />`}
    <ol class="truth-steps">
      ${steps(known).map((step, i) => html`<li key=${i} class=${step.look}>
        ${step.at ? html`<time datetime=${step.at}>${exact(step.at)}</time>` : null}
        <b>${step.title}</b><p>${step.says}</p>
      </li>`)}
    </ol>
    ${(waits || failed) && html`<div class="row-of-buttons">
      <${Button} small icon="again" onClick=${() => act(actions.retry)}>${t('talk.try_again')}<//>
      ${waits && html`<${Button} small kind="quiet" onClick=${() => act(actions.cancel)}>${t('talk.cancel')}<//>`}
      <span class="hint fail" role="status">${tried}</span>
    </div>`}
    <div>
      <h3>${t('truth.numbers')}</h3>
      <dl class="facts">
        ${numbers(known).map(([what, value]) => html`<dt key=${what}>${what}</dt><dd>${value}</dd>`)}
      </dl>
    </div>
    <div class="row-of-buttons">
      <${Button} small icon="copy" onClick=${() => copy(asText(known))}>${t('truth.copy')}<//>
    </div>
    <${Others} known=${known} />
  </div>`;
}

function Others({ known }) {
  const { truth, notes } = known;
  const through = (main(truth)?.hops || 0) > 1;
  return html`<details class="others">
    <summary>${t('truth.others')}</summary>
    ${notes ? html`<p>${t('truth.others_notes')}</p>` : html`
      <ul>
        <li>${t(through ? 'truth.others_carriers' : 'truth.others_carriers_maybe')}</li>
        <li>${t('truth.others_provider')}</li>
        <li>${t('truth.others_nobody')}</li>
      </ul>`}
  </details>`;
}
