/** The passphrase of this disk: set, changed, removed. */
import { html, useState } from '../../vendor/htm-preact.js';
import { ask, emit } from '../../base/link.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { toast } from '../../parts/toast.js';
import { base64 } from '../first/actions.js';

/**
 * Secrets that are typed: `field(key)` are the props of one, `wrong(words)` says what is not right.
 */
export function useSecrets() {
  const [typed, write] = useState({ old: '', next: '', again: '' });
  const [wrong, say] = useState({});
  const [busy, work] = useState(false);
  const field = (key) => ({
    type: 'password',
    name: key,
    value: typed[key],
    error: wrong[key] || '',
    autocomplete: key === 'old' ? 'current-password' : 'new-password',
    onInput: (event) => {
      write({ ...typed, [key]: event.currentTarget.value });
      say({});
    },
  });
  /** Does it once, and says what went wrong under the field that it is about. */
  const run = async (about, act) => {
    if (busy) return;
    work(true);
    try {
      await act(typed);
    } catch (failure) {
      work(false);
      const words = failure.reason === 'wrong_passphrase' ? t('settings.passWrong') : failure.error;
      say({ [about]: words || failure.reason });
    }
  };
  return { typed, field, say, busy, run };
}

/** What is wrong with a new secret that was typed twice; null if nothing is. */
export function twice({ next, again }) {
  if (!next) return { next: t('settings.passNeeded') };
  return next === again ? null : { again: t('settings.passDiffers') };
}

/** Sets the first passphrase, or changes it. */
export function PassphraseDialog({ change, onClose }) {
  const { typed, field, say, busy, run } = useSecrets();
  const save = (event) => {
    event.preventDefault();
    const wrong = twice(typed);
    if (wrong) return say(wrong);
    return run(change ? 'old' : 'next', async ({ old, next }) => {
      const args = { new: base64(next) };
      await ask('passphrase', change ? { ...args, old: base64(old) } : args);
      emit('passphrase', {});
      onClose();
      toast(t(change ? 'settings.passChanged' : 'settings.passSet'));
    });
  };
  const title = t(change ? 'settings.passTitleChange' : 'settings.passTitleSet');
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <form class="stack" onSubmit=${save}>
      <p class="hint">${t('settings.passLead')}</p>
      ${change && html`<${Field} label=${t('settings.passOld')} autofocus ...${field('old')} />`}
      <${Field} label=${t('settings.passNew')} autofocus=${!change} ...${field('next')} />
      <${Field} label=${t('settings.passAgain')} ...${field('again')} />
      <div class="dialog-acts">
        <${Button} onClick=${onClose}>${t('settings.cancel')}<//>
        <${Button} kind="go" type="submit" aria-disabled=${busy ? 'true' : undefined}
          >${t(busy ? 'settings.passWorking' : change ? 'settings.change' : 'settings.set')}<//
        >
      </div>
    </form>
  <//>`;
}

/** Takes the passphrase away: then the disk is readable. */
export function RemovePassphrase({ onClose }) {
  const { field, busy, run } = useSecrets();
  const save = (event) => {
    event.preventDefault();
    return run('old', async ({ old }) => {
      await ask('passphrase', { old: base64(old) });
      emit('passphrase', {});
      onClose();
      toast(t('settings.passRemoved'));
    });
  };
  return html`<${Dialog} title=${t('settings.passTitleRemove')} onClose=${onClose}>
    <form class="stack" onSubmit=${save}>
      <p>${t('settings.passRemoveLead')}</p>
      <${Field} label=${t('settings.passOld')} autofocus ...${field('old')} />
      <div class="dialog-acts">
        <${Button} onClick=${onClose}>${t('settings.keepIt')}<//>
        <${Button} kind="danger" type="submit" aria-disabled=${busy ? 'true' : undefined}
          >${t('settings.passRemove')}<//
        >
      </div>
    </form>
  <//>`;
}
