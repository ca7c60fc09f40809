/** About one person: verified or not, what to call them, what to do about them, what happened. */
import { html, useEffect, useState } from '../../vendor/htm-preact.js';
import { ask, on } from '../../base/link.js';
import { back, go } from '../../base/routes.js';
import { use } from '../../base/store.js';
import { date } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Button, IconButton } from '../../parts/button.js';
import { Face } from '../../parts/face.js';
import { Icon } from '../../parts/icon.js';
import { CopyLine } from '../../parts/pieces.js';
import { Row, SwitchRow } from '../../parts/rows.js';
import { WayMark, wayWord } from '../../parts/way.js';
import { act, archive, block, useDiffers } from './actions.js';
import { RemoveDialog, RenameDialog } from './dialogs.js';
import { happened } from './notes.js';

/** The daemon's knowledge of a person, kept current; undefined until it came, null if unknown. */
export function useContact(card) {
  const [contact, say] = useState(undefined);
  const linkUp = use((state) => state.linkUp);
  useEffect(() => {
    if (!linkUp) return undefined;
    let here = true;
    const told = (found) => here && say(found);
    ask('contact', { who: card }).then(told, () => told(null));
    const off = on('contact', ({ contact: now }) => now && now.card === card && told(now));
    return () => {
      here = false;
      off();
    };
  }, [card, linkUp]);
  return contact;
}

/** The panel beside the conversation; `onClose` closes it. */
export function Person({ card, onClose = () => go(`#/c/${card}`) }) {
  const contact = useContact(card);
  return html`<section class="panel" data-screen="person" data-card=${card} aria-labelledby="about">
    <header class="panel-bar">
      <${IconButton} class="bar-back" icon="back" label=${t('parts.back')} onClick=${back} />
      <h1 id="about" tabindex="-1">${t('person.about')}</h1>
      <${IconButton} class="bar-close" icon="close" label=${t('parts.close')} onClick=${onClose} />
    </header>
    <div class="panel-in">
      ${card === 'me' && html`<p class="hint">${t('person.notesAbout')}</p>`}
      ${contact === null && card !== 'me' && html`<p class="hint">${t('person.unknown')}</p>`}
      ${contact && html`<${About} contact=${contact} />`}
    </div>
  </section>`;
}

function About({ contact }) {
  const { card, name } = contact;
  const [asking, ask_] = useState('');
  const way = use((state) => state.ways.get(card));
  const close = () => ask_('');
  return html`
    <div class="about">
      <${Face} card=${card} name=${name} size="l" />
      <span class="about-name">${name}</span>
      ${
        way &&
        html`<a class="about-way" href="#/connection"
          ><${WayMark} ...${way} />${wayWord(way)}${
            way.ms ? `, ${t('connection.ms', { n: Math.round(way.ms) })}` : ''
          }</a
        >`
      }
      <div class="row-of-buttons">
        <${Button} small onClick=${() => go(`#/c/${card}`)}>${t('person.write')}<//>
        <${Button} small icon="edit" onClick=${() => ask_('rename')}>${t('person.rename')}<//>
      </div>
    </div>
    <${Sure} contact=${contact} />
    <${Switches} contact=${contact} />
    <${Happened} card=${card} />
    <details class="more">
      <summary>${t('person.details')}</summary>
      <p class="hint">${t('person.cardHint')}</p>
      <${CopyLine} text=${card} label=${t('person.card')} />
    </details>
    <div class="row-of-buttons">
      <${Button} small kind="danger" onClick=${() => block(card, name, !contact.blocked)}
        >${t(contact.blocked ? 'person.unblock' : 'person.block')}<//
      >
      <${Button} small kind="danger" onClick=${() => ask_('remove')}>${t('person.remove')}<//>
    </div>
    <p class="hint">${t(contact.blocked ? 'person.blockedHint' : 'person.blockHint')}</p>
    ${asking === 'rename' && html`<${RenameDialog} contact=${contact} onClose=${close} />`}
    ${asking === 'remove' && html`<${RemoveDialog} contact=${contact} onClose=${close} />`}
  `;
}

/** How sure one can be: verified, devices, since when. */
function Sure({ contact }) {
  const { card, verified, devices, since } = contact;
  const differs = useDiffers(card);
  const state = differs ? 'differed' : verified ? 'verified' : 'notVerified';
  const label = {
    differed: t('person.differed'),
    verified: t('person.verifiedByYou'),
    notVerified: t('person.notVerified'),
  }[state];
  const hint = {
    differed: t('person.differedHint'),
    verified: t('person.verifiedHint'),
    notVerified: t('person.notVerifiedHint'),
  }[state];
  const icon = state === 'verified' ? 'shield' : state === 'differed' ? 'warn' : 'info';
  return html`<div class="card">
    <${Row}
      hook="verified"
      tone=${`sure-${state}`}
      label=${html`<${Icon} name=${icon} small /> ${label}`}
      hint=${hint}
      control=${html`<${Button} small href=${`#/verify/${card}`}
        >${t(state === 'notVerified' ? 'person.verify' : 'person.show')}<//
      >`}
    />
    <${Row} label=${t('person.devices')} hint=${t('person.devicesHint', { n: devices })} />
    <${Row} label=${t('person.met')} hint=${t('person.metHint', { date: date(since) })} />
  </div>`;
}

function Switches({ contact }) {
  const { card, name, muted, pinned, archived } = contact;
  const turn = (onWord, offWord) => (value) => act(card, value ? onWord : offWord);
  return html`<div class="card">
    <${SwitchRow}
      hook="mute"
      label=${t('person.mute')}
      hint=${t('person.muteHint')}
      on=${muted}
      onChange=${turn('mute', 'unmute')}
    />
    <${SwitchRow}
      hook="pin"
      label=${t('person.pin')}
      on=${pinned}
      onChange=${turn('pin', 'unpin')}
    />
    <${SwitchRow}
      hook="archive"
      label=${t('person.archive')}
      hint=${t('person.archiveHint')}
      on=${archived}
      onChange=${(value) => archive(card, name, value)}
    />
  </div>`;
}

function Happened({ card }) {
  const [notes, say] = useState(null);
  useEffect(() => {
    happened(card).then(say, () => say([]));
  }, [card]);
  if (!notes) return null;
  return html`<section class="panel-part">
    <h2>${t('person.happened')}</h2>
    ${
      notes.length
        ? html`<ol class="steps">
            ${notes.map(
              ({ at, words, bad }) =>
                html`<li class=${bad ? 'step-bad' : 'step-done'}>
                  <time>${date(at)}</time>${words}
                </li>`,
            )}
          </ol>`
        : html`<p class="hint">${t('person.happenedNone')}</p>`
    }
  </section>`;
}
