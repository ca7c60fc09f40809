/** The first step: a name, a passphrase if one likes, and the invitation of whoever was invited. */
import { html, useState } from '../../vendor/htm-preact.js';
import { read, WORDS } from '../../base/invitation.js';
import { use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { CopyLine } from '../../parts/pieces.js';
import { accept } from '../meet/actions.js';
import { bad, unfit } from '../meet/trouble.js';
import { makeMe } from './actions.js';

/** Longest name that the daemon takes, in letters; it says so itself where bytes count. */
const MOST = 64;

/** What is wrong with a pasted invitation, or null. Nothing pasted is fine. */
async function invitation(text, network) {
  const got = await read(text);
  if (!got) return {};
  if (got.bad) return { wrong: bad(got.bad).title };
  if (got.words && got.words.length !== WORDS) return { wrong: bad('not').title };
  const trouble = got.link && unfit(got, network);
  return trouble ? { wrong: trouble.title } : { got };
}

/** Everything that was typed, and what is wrong with it. */
function useTyped() {
  const [typed, write] = useState({ name: '', passphrase: '', again: '', link: '' });
  const [wrong, say] = useState({});
  const field = (key) => ({
    value: typed[key],
    error: wrong[key] || '',
    onInput: (event) => {
      write({ ...typed, [key]: event.currentTarget.value });
      if (wrong[key]) say({ ...wrong, [key]: '' });
    },
  });
  return { typed, field, say };
}

/** The step. */
export function NameStep({ done }) {
  const { typed, field, say } = useTyped();
  const [busy, work] = useState(false);
  const [backup, ask] = useState(false);
  const network = use((state) => state.network && state.network.network);
  const next = async (event) => {
    event.preventDefault();
    if (busy) return;
    const name = typed.name.trim();
    if (!name) return say({ name: t('first.nameNeeded') });
    if (typed.passphrase !== typed.again) return say({ again: t('first.passphraseDiffers') });
    const { got, wrong } = await invitation(typed.link, network);
    if (wrong) return say({ link: wrong });
    work(true);
    try {
      await makeMe({ name, passphrase: typed.passphrase });
      if (got) accept(got, { first: true });
      done();
    } catch (failure) {
      work(false);
      say({ name: t('first.failed', { error: failure.error || failure.reason }) });
    }
    return undefined;
  };
  return html`<form class="stack big" onSubmit=${next}>
    <div class="stack tight">
      <h1 class="hello" tabindex="-1">${t('first.nameTitle')}</h1>
      <p class="lead">${t('first.nameLead')}</p>
    </div>
    <${Field}
      label=${t('first.name')}
      maxlength=${MOST}
      autofocus
      name="name"
      ...${field('name')}
    />
    <${Secret} field=${field} typed=${typed} />
    <${Invited} field=${field} />
    <div class="ends">
      <${Button} kind="quiet" onClick=${() => ask(true)}>${t('first.haveBackup')}<//>
      <${Button} kind="go" type="submit" aria-disabled=${busy ? 'true' : undefined}
        >${t(busy ? 'first.making' : 'first.goOn')}<//
      >
    </div>
    ${backup && html`<${Backup} onClose=${() => ask(false)} />`}
  </form>`;
}

/** The passphrase; once something is typed, a second time. */
function Secret({ field, typed }) {
  const label = html`${t('first.passphrase')} <span class="hint">${t('first.optional')}</span>`;
  return html`<${Field}
      label=${label}
      hint=${t('first.passphraseHint')}
      type="password"
      autocomplete="new-password"
      name="passphrase"
      placeholder=${t('first.passphraseHolder')}
      ...${field('passphrase')}
    />
    ${
      typed.passphrase &&
      html`<${Field}
        label=${t('first.passphraseAgain')}
        type="password"
        autocomplete="new-password"
        name="again"
        ...${field('again')}
      />`
    }`;
}

/** Whoever was invited meets while the other steps go on. */
function Invited({ field }) {
  const label = html`${t('first.invited')} <span class="hint">${t('first.optional')}</span>`;
  return html`<${Field}
    label=${label}
    hint=${t('first.invitedHint')}
    spellcheck="false"
    autocapitalize="off"
    name="invitation"
    placeholder="wayfolk:i1..."
    ...${field('link')}
  />`;
}

/** A backup, or the recovery words, are taken back in the terminal: the page only says how. */
function Backup({ onClose }) {
  return html`<${Dialog} title=${t('first.backupTitle')} onClose=${onClose}>
    <p>${t('first.backupLead')}</p>
    <${CopyLine} text="wayfolk down" label=${t('first.backupTitle')} />
    <${CopyLine} text="wayfolk restore FILE" label=${t('first.backupTitle')} />
    <${CopyLine} text="wayfolk up -d" label=${t('first.backupTitle')} />
    <p class="hint">${t('first.backupAfter')}</p>
    <p>${t('first.onlyWords')}</p>
    <${CopyLine} text="wayfolk restore --words" label=${t('first.onlyWords')} />
    <p class="hint">${t('first.onlyWordsAfter')}</p>
    <div class="dialog-acts"><${Button} autofocus onClick=${onClose}>${t('parts.close')}<//></div>
  <//>`;
}
