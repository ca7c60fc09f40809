/** What is asked about a person: another name, and whether to remove for good. */
import { html, useState } from '../../vendor/htm-preact.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { act, remove } from './actions.js';

/** Another name, which only we see. */
export function RenameDialog({ contact, onClose }) {
  const [name, write] = useState(contact.name);
  const [error, fail] = useState('');
  const save = (event) => {
    event.preventDefault();
    if (!name.trim()) return;
    act(contact.card, 'rename', { name: name.trim() }).then(onClose, (why) => fail(why.error));
  };
  return html`<${Dialog}
    title=${t('person.renameTitle', { name: contact.name })}
    onClose=${onClose}
  >
    <form class="stack" onSubmit=${save}>
      <${Field}
        label=${t('person.newName')}
        hint=${t('person.renameHint')}
        error=${error}
        value=${name}
        maxlength="64"
        autofocus
        onInput=${(event) => write(event.currentTarget.value)}
      />
      <div class="dialog-acts">
        <${Button} onClick=${onClose}>${t('settings.cancel')}<//>
        <${Button} kind="go" type="submit">${t('person.save')}<//>
      </div>
    </form>
  <//>`;
}

/** Removing cannot be undone: it says what goes and what stays. */
export function RemoveDialog({ contact, onClose }) {
  const { card, name } = contact;
  const [error, fail] = useState('');
  const yes = () => remove(card, name).then(onClose, (why) => fail(why.error));
  return html`<${Dialog} title=${t('person.removeTitle', { name })} onClose=${onClose}>
    <p>${t('person.removeLead')}</p>
    <dl class="goes">
      <dt>${t('person.removeGoes')}</dt>
      <dd>${t('person.removeGoesHint', { name })}</dd>
      <dt>${t('person.removeStays')}</dt>
      <dd>${t('person.removeStaysHint')}</dd>
    </dl>
    ${error && html`<p class="hint fail" role="alert">${error}</p>`}
    <div class="dialog-acts">
      <${Button} autofocus onClick=${onClose}>${t('person.keep')}<//>
      <${Button} kind="danger" onClick=${yes}>${t('person.removeYes')}<//>
    </div>
  <//>`;
}
