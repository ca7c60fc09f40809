/** This page, about, help, and the ends: signing out, stopping, deleting everything. */
import { html, useEffect, useState } from '../../vendor/htm-preact.js';
import { ask, emit, end } from '../../base/link.js';
import { set, use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { Part } from '../frame.js';
import { Row } from '../../parts/rows.js';
import { failed } from './change.js';

/** What the daemon wants to hear before it deletes everything; never translated. */
const SURE = 'delete everything';

/** The parts. */
export function Ending() {
  const version = use((state) => state.version);
  const [asking, turn] = useState('');
  const pages = usePages();
  const close = () => turn('');
  const button = (word, act, kind = 'plain') =>
    html`<${Button} small kind=${kind} onClick=${act}>${t(`settings.${word}`)}<//>`;
  return html`
    <${Part} title=${t('settings.page')} id="page">
      <div class="card">
        <${Row}
          hook="signOut"
          label=${t('settings.signOut')}
          hint=${t('settings.signOutHint')}
          control=${button('signOutButton', signOut)}
        />
        ${
          pages &&
          html`<${Row}
            hook="pages"
            label=${t('settings.pages')}
            hint=${t('settings.pagesHint', { open: pages.open, known: pages.known })}
            control=${button('pagesButton', () => ask('open', { forget: true }).catch(() => {}))}
          />`
        }
        <${Row}
          hook="stop"
          label=${t('settings.stop')}
          hint=${t('settings.stopHint')}
          control=${button('stopButton', () => turn('stop'))}
        />
      </div>
    <//>
    <${Part} title=${t('settings.about')} id="about">
      <div class="card">
        <${Row}
          label=${t('settings.help')}
          hint=${t('settings.helpHint')}
          control=${html`<${Button} small href="#/help">${t('settings.helpOpen')}<//>`}
        />
        <${Row}
          label=${t('settings.version')}
          hint=${t('settings.versionHint')}
          amount=${version || ''}
        />
      </div>
    <//>
    <section class="part" id="delete">
      <div class="row-of-buttons">
        <${Button} kind="danger" onClick=${() => turn('wipe')}>${t('settings.wipe')}<//>
        <span class="hint">${t('settings.wipeHint')}</span>
      </div>
    </section>
    ${asking === 'stop' && html`<${StopDialog} onClose=${close} />`}
    ${asking === 'wipe' && html`<${WipeDialog} onClose=${close} />`}
  `;
}

/** How many pages are open, and how many may be opened without a new code. */
function usePages() {
  const [pages, say] = useState(null);
  useEffect(() => {
    ask('status').then(
      ({ page }) => say(page || null),
      () => {},
    );
  }, []);
  return pages;
}

/** This tab forgets its token. */
function signOut() {
  end();
  emit('refused', { reason: 'signed_out' });
}

function StopDialog({ onClose }) {
  const stop = () => ask('down').then(onClose, failed);
  return html`<${Dialog} title=${t('settings.stopTitle')} onClose=${onClose}>
    <p>${t('settings.stopLead')}</p>
    <div class="dialog-acts">
      <${Button} autofocus onClick=${onClose}>${t('settings.cancel')}<//>
      <${Button} kind="danger" onClick=${stop}>${t('settings.stopYes')}<//>
    </div>
  <//>`;
}

/** Asks the second time by a phrase that has to be typed. */
function WipeDialog({ onClose }) {
  const phrase = t('settings.wipePhrase');
  const [typed, write] = useState('');
  const [error, fail] = useState('');
  const [busy, work] = useState(false);
  const sure = typed.trim().toLocaleLowerCase() === phrase;
  const wipe = async (event) => {
    event.preventDefault();
    if (!sure || busy) return;
    work(true);
    try {
      await ask('wipe', { sure: SURE });
      end();
      set({ phase: 'gone' });
    } catch (failure) {
      work(false);
      fail(t('settings.failed', { error: failure.error || failure.reason }));
    }
  };
  return html`<${Dialog} title=${t('settings.wipeTitle')} onClose=${onClose}>
    <form class="stack" onSubmit=${wipe}>
      <dl class="goes">
        <dt>${t('settings.wipeGoes')}</dt>
        <dd>${t('settings.wipeGoesHint')}</dd>
        <dt>${t('settings.wipeStays')}</dt>
        <dd>${t('settings.wipeStaysHint')}</dd>
      </dl>
      <p class="hint">${t('settings.wipeBack')}</p>
      <${Field}
        label=${t('settings.wipeType', { phrase })}
        error=${error}
        value=${typed}
        onInput=${(event) => write(event.currentTarget.value)}
      />
      <div class="dialog-acts">
        <${Button} autofocus onClick=${onClose}>${t('settings.wipeNo')}<//>
        <${Button} kind="danger" type="submit" disabled=${!sure || busy}
          >${t(busy ? 'settings.wipeWorking' : 'settings.wipeYes')}<//
        >
      </div>
    </form>
  <//>`;
}
