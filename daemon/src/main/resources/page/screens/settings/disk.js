/** What is on this disk: how much, encrypted or not, copies of it. */
import { html, useEffect, useState } from '../../vendor/htm-preact.js';
import { ask, on } from '../../base/link.js';
import { set, use } from '../../base/store.js';
import { date, daysAgo, size } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { Part } from '../frame.js';
import { Row } from '../../parts/rows.js';
import { BackupDialog, ExportDialog } from './copies.js';
import { failed } from './change.js';
import { PassphraseDialog, RemovePassphrase } from './passphrase.js';

/** A backup older than this is called old. */
const OLD_DAYS = 30;

function useAsked(what, kind) {
  const [found, say] = useState(null);
  useEffect(() => {
    const read = () => ask(what).then(say, () => {});
    read();
    return on(kind, read);
  }, []);
  return found;
}

/** The part. */
export function Disk() {
  const storage = useAsked('storage', 'settings');
  const state = useAsked('people.state', 'passphrase');
  const [asking, turn] = useState('');
  const close = () => turn('');
  return html`<${Part} title=${t('settings.disk')} id="disk">
    <div class="card">
      ${storage && html`<${Stored} storage=${storage} />`}
      ${state && html`<${Encrypted} on=${state.passphrase} turn=${turn} />`}
      <${Backup} turn=${turn} />
      <${Row}
        hook="export"
        label=${t('settings.export')}
        hint=${t('settings.exportHint')}
        control=${html`<${Button} small onClick=${() => turn('export')}>${t('settings.exportNow')}<//>`}
      />
    </div>
    ${
      (asking === 'set' || asking === 'change') &&
      html`<${PassphraseDialog} change=${asking === 'change'} onClose=${close} />`
    }
    ${asking === 'remove' && html`<${RemovePassphrase} onClose=${close} />`}
    ${asking === 'backup' && html`<${BackupDialog} onClose=${close} />`}
    ${asking === 'export' && html`<${ExportDialog} onClose=${close} />`}
  <//>`;
}

function Stored({ storage }) {
  const { storeBytes, messages, conversations, homeBytes, freeBytes } = storage;
  const hint = t('settings.storedHint', {
    messages: t('settings.messages', { n: messages }),
    conversations: t('settings.conversations', { n: conversations }),
    home: size(homeBytes),
    free: size(freeBytes),
  });
  return html`<${Row}
    hook="stored"
    label=${t('settings.stored')}
    amount=${size(storeBytes)}
    hint=${hint}
  />`;
}

function Encrypted({ on: encrypted, turn }) {
  const lock = () => ask('lock').then(() => set({ phase: 'locked' }), failed);
  return html`
    <${Row}
      hook="encrypted"
      tone=${encrypted ? '' : 'waits'}
      label=${t('settings.encrypted')}
      hint=${t(encrypted ? 'settings.encryptedYes' : 'settings.encryptedNo')}
      control=${html`<${Button} small onClick=${() => turn(encrypted ? 'change' : 'set')}
        >${t(encrypted ? 'settings.change' : 'settings.set')}<//
      >`}
    />
    ${
      encrypted &&
      html`<${Row}
          hook="lock"
          label=${t('settings.lock')}
          hint=${t('settings.lockHint')}
          control=${html`<${Button} small icon="lock" onClick=${lock}>${t('settings.lockButton')}<//>`}
        />
        <${Row}
          hook="remove"
          label=${t('settings.removeLabel')}
          hint=${t('settings.passRemoveLead')}
          control=${html`<${Button} small kind="danger" onClick=${() => turn('remove')}
            >${t('settings.remove')}<//
          >`}
        />`
    }
  `;
}

function Backup({ turn }) {
  const last = use((state) => state.settings.lastBackup);
  const old = last && daysAgo(last) > OLD_DAYS;
  const hint = last
    ? t(old ? 'settings.backupOld' : 'settings.backupLast', { date: date(last) })
    : t('settings.backupNever');
  return html`<${Row}
    hook="backup"
    tone=${!last || old ? 'waits' : ''}
    label=${t('settings.backup')}
    hint=${hint}
    control=${html`<${Button} small onClick=${() => turn('backup')}>${t('settings.backupNow')}<//>`}
  />`;
}
