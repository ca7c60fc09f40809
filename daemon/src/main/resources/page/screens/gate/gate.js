/** What stands in place of everything: not opened, locked, stopped, failed, and all deleted. */
import { html, useState } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { use } from '../../base/store.js';
import { load } from '../../base/sync.js';
import { t } from '../../base/words.js';
import { Banner } from '../../parts/banner.js';
import { Button } from '../../parts/button.js';
import { Field } from '../../parts/field.js';
import { CopyLine } from '../../parts/pieces.js';
import { base64 } from '../first/actions.js';
import { Sheet } from '../first/sheet.js';

const SCREENS = {
  unopened: Unopened,
  locked: Locked,
  stopped: Stopped,
  failed: CannotOpen,
  gone: Gone,
};

/** The screen of the phase. */
export function Gate() {
  const phase = use((state) => state.phase);
  const Shown = SCREENS[phase];
  if (!Shown) return null;
  const opened = phase !== 'unopened' && phase !== 'gone';
  return html`<${Sheet} screen=${phase} opened=${opened}><${Shown} /><//>`;
}

function Say({ title, lead, children }) {
  return html`<div class="stack tight">
    <h1 class="hello">${title}</h1>
    <p class="lead">${lead}</p>
    ${children}
  </div>`;
}

function Unopened() {
  return html`<div class="stack big">
    <${Say} title=${t('gate.unopenedTitle')} lead=${t('gate.unopenedLead')} />
    <${CopyLine} text="wayfolk open" label=${t('gate.unopenedTitle')} />
    <p class="hint">${t('gate.unopenedAfter')} ${t('gate.unopenedMoved')}</p>
  </div>`;
}

function Locked() {
  const [passphrase, write] = useState('');
  const [error, fail] = useState('');
  const [busy, work] = useState(false);
  const unlock = async (event) => {
    event.preventDefault();
    if (busy || !passphrase) return;
    work(true);
    fail('');
    try {
      await ask('unlock', { passphrase: base64(passphrase) });
      await load();
    } catch (failure) {
      fail(
        failure.reason === 'wrong_passphrase' ? t('gate.wrong') : failure.error || failure.reason,
      );
      work(false);
      // The field is selected, so that typing begins anew.
      document.querySelector('.sheet input').select();
    }
  };
  return html`<form class="stack big" onSubmit=${unlock}>
    <${Say} title=${t('gate.lockedTitle')} lead=${t('gate.lockedLead')} />
    <${Field}
      label=${t('gate.passphrase')}
      type="password"
      autocomplete="current-password"
      name="passphrase"
      autofocus
      value=${passphrase}
      error=${error}
      onInput=${(event) => {
        write(event.currentTarget.value);
        fail('');
      }}
    />
    <div class="ends">
      <details class="more">
        <summary>${t('gate.forgot')}</summary>
        <p class="hint">${t('gate.forgotLead')}</p>
      </details>
      <${Button} kind="go" type="submit" aria-disabled=${busy ? 'true' : undefined}
        >${t(busy ? 'gate.unlocking' : 'gate.unlock')}<//
      >
    </div>
  </form>`;
}

function Stopped() {
  return html`<div class="stack big" role="alert">
    <${Say} title=${t('gate.stoppedTitle')} lead=${t('gate.stoppedLead')} />
    <div class="stack tight">
      <p class="hint">${t('gate.start')}</p>
      <${CopyLine} text="wayfolk up -d" label=${t('gate.start')} />
    </div>
  </div>`;
}

function CannotOpen() {
  const error = use((state) => state.error);
  return html`<div class="stack big" role="alert">
    <${Say} title=${t('gate.failedTitle')} lead=${t('gate.failedLead')} />
    <${Banner} tone="fail" icon="warn" title=${(error && error.error) || ''} round
      >${(error && error.do) || ''}<//
    >
    <p class="hint">${t('gate.failedDo')}</p>
    <div class="row-of-buttons"><${Button} onClick=${load}>${t('gate.again')}<//></div>
  </div>`;
}

function Gone() {
  return html`<div class="stack big">
    <${Say} title=${t('gate.goneTitle')} lead=${t('gate.goneLead')} />
    <div class="stack tight">
      <p class="hint">${t('gate.goneStart')}</p>
      <${CopyLine} text="wayfolk up -d" label=${t('gate.goneStart')} />
      <${CopyLine} text="wayfolk open" label=${t('gate.goneStart')} />
    </div>
  </div>`;
}
