/** Copies of everything: the encrypted backup, and the export that anybody can read. */
import { html, useState } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { size } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Banner } from '../../parts/banner.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { base64 } from '../first/actions.js';
import { change, save } from './change.js';
import { twice, useSecrets } from './passphrase.js';

/** A backup under a passphrase of its own. */
export function BackupDialog({ onClose }) {
  const { typed, field, say, busy, run } = useSecrets();
  const [made, tell] = useState(null);
  const make = (event) => {
    event.preventDefault();
    const wrong = twice(typed);
    if (wrong) return say(wrong);
    return run('next', async ({ next }) => {
      const file = await ask('download', { what: 'backup', passphrase: base64(next) });
      save(file);
      tell(file);
      const now = new Date().toISOString();
      await change({ lastBackup: now, remindAt: now });
    });
  };
  return html`<${Dialog} title=${t('settings.backupTitle')} onClose=${onClose}>
    ${
      made
        ? html`<${Done} words="backupDone" file=${made} onClose=${onClose}
            >${t('settings.backupHow')}<//
          >`
        : html`<form class="stack" onSubmit=${make}>
            <p class="hint">${t('settings.backupLead')}</p>
            <${Field} label=${t('settings.backupPass')} autofocus ...${field('next')} />
            <${Field} label=${t('settings.backupAgain')} ...${field('again')} />
            <div class="dialog-acts">
              <${Button} onClick=${onClose}>${t('settings.cancel')}<//>
              <${Button} kind="go" type="submit" aria-disabled=${busy ? 'true' : undefined}
                >${t(busy ? 'settings.backupMaking' : 'settings.backupMake')}<//
              >
            </div>
          </form>`
    }
  <//>`;
}

function Done({ words, file, onClose, children }) {
  const { name, bytes } = file;
  return html`<${Banner}
      tone="ok"
      icon="check"
      title=${t(`settings.${words}`, { name, size: size(bytes) })}
      round
      >${children}<//
    >
    <div class="dialog-acts">
      <${Button} kind="go" autofocus onClick=${onClose}>${t('parts.close')}<//>
    </div>`;
}

/** The export: it says that anybody can read it. */
export function ExportDialog({ onClose }) {
  const [made, tell] = useState(null);
  const [busy, work] = useState(false);
  const [error, fail] = useState('');
  const make = async () => {
    if (busy) return;
    work(true);
    try {
      const file = await ask('download', { what: 'export' });
      save(file);
      tell(file);
    } catch (failure) {
      work(false);
      fail(t('settings.failed', { error: failure.error || failure.reason }));
    }
  };
  return html`<${Dialog} title=${t('settings.exportTitle')} onClose=${onClose}>
    ${
      made
        ? html`<${Done} words="exportDone" file=${made} onClose=${onClose} />`
        : html`<p>${t('settings.exportLead')}</p>
            ${error && html`<p class="hint fail" role="alert">${error}</p>`}
            <div class="dialog-acts">
              <${Button} autofocus onClick=${onClose}>${t('settings.cancel')}<//>
              <${Button} kind="danger" onClick=${make} aria-disabled=${busy ? 'true' : undefined}
                >${t(busy ? 'settings.exportMaking' : 'settings.exportMake')}<//
              >
            </div>`
    }
  <//>`;
}
