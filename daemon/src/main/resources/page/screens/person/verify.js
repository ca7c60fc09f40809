/** Verifying: twelve words, the same on both screens, and what it means if they are not. */
import { html, useEffect, useState } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { go } from '../../base/routes.js';
import { date } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Banner } from '../../parts/banner.js';
import { Button } from '../../parts/button.js';
import { Face } from '../../parts/face.js';
import { Field } from '../../parts/field.js';
import { Frame } from '../frame.js';
import { NumberedWords } from '../../parts/pieces.js';
import { Qr } from '../../parts/qr.js';
import { Row } from '../../parts/rows.js';
import { differ, scanned, useDiffers, verified } from './actions.js';
import { RemoveDialog } from './dialogs.js';
import { useContact } from './person.js';

/** What a camera app read from the other screen is pasted here, and compared. */
function Scanned({ card, name }) {
  const [text, write] = useState('');
  const [error, fail] = useState('');
  const compare = async (event) => {
    event.preventDefault();
    if (!text.trim()) return;
    try {
      await scanned(card, name, text.trim());
      write('');
    } catch (failure) {
      const other = failure.reason === 'not_the_inviter';
      if (other) await differ(card);
      fail(other ? '' : t('person.qrBad'));
    }
  };
  return html`<form class="stack" onSubmit=${compare}>
    <div class="stack tight">
      <h2>${t('person.qrTitle')}</h2>
      <p class="hint">${t('person.qrHint')}</p>
    </div>
    <${Field}
      label=${t('person.qrPaste')}
      error=${error}
      value=${text}
      spellcheck="false"
      autocapitalize="off"
      onInput=${(event) => write(event.currentTarget.value)}
    />
    <div class="row-of-buttons">
      <${Button} small type="submit">${t('person.qrCompare')}<//>
    </div>
  </form>`;
}

/** The screen. */
export function Verify({ card }) {
  const contact = useContact(card);
  const name = contact ? contact.name : '';
  const [compare, say] = useState(null);
  useEffect(() => {
    ask('contact', { who: card, act: 'words' }).then(say, () => say(null));
  }, [card]);
  return html`<${Frame} screen="verify" title=${t('person.verifyTitle', { name })}>
    ${contact === null && html`<p class="hint">${t('person.unknown')}</p>`}
    ${contact && html`<${Words} contact=${contact} compare=${compare} />`}
  <//>`;
}

function Words({ contact, compare }) {
  const { card, name } = contact;
  const differs = useDiffers(card);
  return html`
    <div class="people">
      <${Face} card=${card} name=${name} size="l" />
      <div class="stack tight">
        <h2 class="title">${t('person.verifyAsk')}</h2>
        <p>${t('person.verifyLead')}</p>
      </div>
    </div>
    ${compare && html`<${NumberedWords} words=${compare.words} label=${t('person.verifyWords')} />`}
    <${Answer} contact=${contact} differs=${differs} />
    ${differs && html`<${Differing} contact=${contact} />`}
    <section class="card">
      <${Row} label=${t('person.met')} hint=${t('person.metHint', { date: date(contact.since) })} />
      <${Row}
        label=${t('person.devices')}
        hint=${t('person.devicesHint', { n: contact.devices })}
      />
    </section>
    ${
      compare &&
      html`<section class="card invite small-qr">
        <${Qr} text=${compare.qr} label=${t('person.qr')} />
        <${Scanned} card=${card} name=${name} />
      </section>`
    }
    ${!differs && !contact.verified && html`<p class="hint">${t('person.ifDiffer')}</p>`}
  `;
}

function Answer({ contact, differs }) {
  const { card, name } = contact;
  if (contact.verified) {
    const undo = html`<${Button} small onClick=${() => verified(card, name, false)}
      >${t('person.unverify')}<//
    >`;
    return html`<${Banner}
      tone="ok"
      icon="shield"
      title=${t('person.verifiedOn')}
      actions=${undo}
      round
    />`;
  }
  if (differs) return null;
  return html`<div class="row-of-buttons">
    <${Button} kind="go" onClick=${() => verified(card, name, true)}>${t('person.same')}<//>
    <${Button} kind="danger" onClick=${() => differ(card)}>${t('person.differ')}<//>
  </div>`;
}

function Differing({ contact }) {
  const { card, name } = contact;
  const [removing, ask_] = useState(false);
  return html`<section class="banner fail round differing" role="alert">
    <div class="banner-says">
      <h2>${t('person.differTitle')}</h2>
      <ol>
        <li>${t('person.differ1')}</li>
        <li>${t('person.differ2')}</li>
        <li>${t('person.differ3')}</li>
      </ol>
      <div class="row-of-buttons">
        <${Button} small onClick=${() => verified(card, name, true)}>${t('person.differUndo')}<//>
        <${Button} small onClick=${() => go('#/invite')}>${t('person.meetAgain')}<//>
        <${Button} small kind="danger" onClick=${() => ask_(true)}>${t('person.removeHere')}<//>
      </div>
    </div>
    ${removing && html`<${RemoveDialog} contact=${contact} onClose=${() => ask_(false)} />`}
  </section>`;
}
