/** One's name, and the recovery words as long as they are on this computer. */
import { html, useState } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { set, use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { Part } from '../frame.js';
import { NumberedWords } from '../../parts/pieces.js';
import { Row } from '../../parts/rows.js';
import { toast } from '../../parts/toast.js';
import { recoveryWords, wordsWritten } from '../first/actions.js';
import { failed } from './change.js';

/** The part. */
export function You() {
  const me = use((state) => state.me) || {};
  const [asking, turn] = useState('');
  const [words, say] = useState(null);
  const close = () => {
    turn('');
    say(null);
  };
  const show = () =>
    recoveryWords().then((found) => {
      say(found);
      turn(found ? 'words' : '');
    }, failed);
  return html`<${Part} title=${t('settings.you')} id="you">
    <div class="card">
      <${Row}
        hook="name"
        label=${me.name || t('settings.yourName')}
        hint=${t('settings.yourNameHint')}
        control=${html`<${Button} small onClick=${() => turn('name')}>${t('settings.rename')}<//>`}
      />
      <${Row}
        hook="words"
        tone=${me.wordsKept ? '' : 'waits'}
        label=${t('settings.words')}
        hint=${t(me.wordsKept ? 'settings.wordsOnPaper' : 'settings.wordsWaiting')}
        control=${!me.wordsKept && html`<${Button} small onClick=${show}>${t('settings.wordsShow')}<//>`}
      />
    </div>
    ${asking === 'name' && html`<${NameDialog} name=${me.name || ''} onClose=${close} />`}
    ${asking === 'words' && html`<${WordsDialog} words=${words} onClose=${close} />`}
  <//>`;
}

function NameDialog({ name, onClose }) {
  const [typed, write] = useState(name);
  const [error, fail] = useState('');
  const save = async (event) => {
    event.preventDefault();
    if (!typed.trim()) return fail(t('first.nameNeeded'));
    try {
      set({ me: await ask('me', { name: typed.trim() }) });
      onClose();
    } catch (failure) {
      fail(failure.error || failure.reason);
    }
    return undefined;
  };
  return html`<${Dialog} title=${t('settings.nameTitle')} onClose=${onClose}>
    <form class="stack" onSubmit=${save}>
      <${Field}
        label=${t('settings.yourName')}
        hint=${t('settings.yourNameHint')}
        error=${error}
        value=${typed}
        maxlength="64"
        autofocus
        onInput=${(event) => write(event.currentTarget.value)}
      />
      <div class="dialog-acts">
        <${Button} onClick=${onClose}>${t('settings.cancel')}<//>
        <${Button} kind="go" type="submit">${t('settings.nameSave')}<//>
      </div>
    </form>
  <//>`;
}

function WordsDialog({ words, onClose }) {
  const done = () =>
    wordsWritten().then(() => {
      onClose();
      toast(t('settings.wordsDoneToast'));
    }, failed);
  return html`<${Dialog} title=${t('settings.wordsTitle')} onClose=${onClose} class="broad">
    <p class="hint">${t('settings.wordsLead')}</p>
    <${NumberedWords} words=${words} label=${t('first.wordsLabel')} />
    <div class="dialog-acts">
      <${Button} autofocus onClick=${onClose}>${t('first.later')}<//>
      <${Button} kind="go" onClick=${done}>${t('settings.wordsDone')}<//>
    </div>
  <//>`;
}
