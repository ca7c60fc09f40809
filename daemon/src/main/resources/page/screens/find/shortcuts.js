/** The list of shortcuts. */
import { html } from '../../vendor/htm-preact.js';
import { MAC } from '../../base/keys.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { close } from './open.js';

const LIST = [
  ['find', ['Ctrl', 'K']],
  ['conversation', ['Alt', '↑ ↓']],
  ['unread', ['Alt', 'Shift', '↑ ↓']],
  ['area', ['F6']],
  ['invite', ['Ctrl', 'I']],
  ['search', ['Ctrl', 'F']],
  ['edit', ['↑']],
  ['truth', ['Enter']],
  ['reply', ['R', '+']],
  ['change', ['E', 'C', 'Del']],
  ['settings', ['Ctrl', ',']],
  ['shortcuts', ['Ctrl', '/']],
];

/** Keys as they stand on the keyboard. */
export function Keys({ keys }) {
  const shown = keys.map((key) => (MAC && key === 'Ctrl' ? '⌘' : key));
  return html`<span class="keys-of wide-only">
    ${shown.map((key) => html`<kbd class="kbd" key=${key}>${key}</kbd>`)}
  </span>`;
}

/** The dialog. */
export function Shortcuts() {
  return html`<${Dialog} title=${t('find.shortcuts_title')} onClose=${close}>
    <dl class="shortcuts" data-screen="shortcuts">
      ${LIST.map(
        ([key, keys]) => html`<div key=${key}>
          <dt>${t(`find.key_${key}`)}</dt>
          <dd>${keys.map((each) => html`<kbd class="kbd">${MAC && each === 'Ctrl' ? '⌘' : each}</kbd>`)}</dd>
        </div>`,
      )}
    </dl>
    <p class="hint">${t('find.key_hint')}</p>
    <div class="dialog-acts"><${Button} autofocus onClick=${close}>${t('parts.close')}<//></div>
  <//>`;
}
