/** The dialogs about a line: delete, forward, earlier versions. */
import { html, useEffect, useMemo, useState } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { use } from '../../base/store.js';
import { when } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Face } from '../../parts/face.js';
import { toast } from '../../parts/toast.js';
import * as actions from './actions.js';
import * as outbox from './outbox.js';
import { neutral } from './parse.js';

/** People that are offered to forward to; the rest is found by typing. */
const MOST_PEOPLE = 50;

function Remove({ line, name, onClose, onTrouble }) {
  const remove = (forAll) => {
    onClose();
    actions.remove(line, forAll).catch(onTrouble);
  };
  const both = line.mine && line.card !== 'me' && !line.deleted && line.state !== 'failed';
  return html`<${Dialog} title=${t('talk.delete_title')} onClose=${onClose}>
    <p class="said-short" dir="auto">${line.deleted ? t('talk.deleted_text') : neutral(line.text).slice(0, 160)}</p>
    <p>${t(both ? 'talk.delete_says_both' : line.card === 'me' ? 'talk.delete_says_note' : 'talk.delete_says', { name })}</p>
    <div class="dialog-acts">
      <${Button} onClick=${onClose} autofocus>${t('talk.keep_it')}<//>
      <${Button} kind="danger" onClick=${() => remove(false)}>${t('talk.delete_here')}<//>
      ${both && html`<${Button} kind="danger" onClick=${() => remove(true)}>${t('talk.delete_both')}<//>`}
    </div>
  <//>`;
}

function Forward({ line, onClose }) {
  const { order, byCard } = use((state) => state.chats);
  const [query, setQuery] = useState('');
  const people = useMemo(() => {
    const wanted = query.trim().toLocaleLowerCase();
    const fits = (chat) => !chat.blocked && chat.card !== line.card
      && (!wanted || nameOf(chat).toLocaleLowerCase().includes(wanted));
    const all = [];
    for (const card of order) {
      const chat = byCard.get(card);
      if (chat && fits(chat)) all.push(chat);
      if (all.length >= MOST_PEOPLE) break;
    }
    return all;
  }, [query, order, byCard]);
  const choose = (chat) => {
    onClose();
    outbox.send(chat.card, line.text);
    toast(t('talk.forwarded', { name: nameOf(chat) }));
  };
  const onKeyDown = (event) => {
    if (event.key !== 'Enter' || people.length === 0) return;
    event.preventDefault();
    choose(people[0]);
  };
  return html`<${Dialog} title=${t('talk.forward_title')} onClose=${onClose} class="forward">
    <p class="said-short" dir="auto">${neutral(line.text).slice(0, 160)}</p>
    <input class="input" type="search" aria-label=${t('talk.find_person')} placeholder=${t('talk.find_person')}
      autofocus autocomplete="off" value=${query} onKeyDown=${onKeyDown}
      onInput=${(event) => setQuery(event.currentTarget.value)} />
    <ul class="people-list">
      ${people.map((chat) => html`<li key=${chat.card}>
        <button type="button" class="person-row" onClick=${() => choose(chat)} data-card=${chat.card}>
          <${Face} card=${chat.card} name=${nameOf(chat)} size="s" /><span>${nameOf(chat)}</span>
        </button>
      </li>`)}
      ${people.length === 0 && html`<li class="hint">${t('talk.nobody_found')}</li>`}
    </ul>
    <div class="dialog-acts"><${Button} onClick=${onClose}>${t('parts.cancel')}<//></div>
  <//>`;
}

function nameOf(chat) {
  return chat.card === 'me' ? t('talk.notes') : chat.name;
}

function Versions({ line, onClose }) {
  const [versions, setVersions] = useState(null);
  useEffect(() => {
    ask('versions', { message: line.message })
      .then((done) => setVersions(done.versions), () => setVersions([]));
  }, []);
  return html`<${Dialog} title=${t('talk.versions_title')} onClose=${onClose} class="versions">
    <ol class="versions-list">
      ${(versions || []).map((version, i) => html`<li key=${i}>
        <time>${version.at ? when(version.at) : ''}${i === versions.length - 1 ? ` · ${t('talk.version_now')}` : ''}</time>
        <p dir="auto">${neutral(version.text)}</p>
      </li>`)}
    </ol>
    ${versions && versions.length < 2 && html`<p class="hint">${t('talk.versions_none')}</p>`}
    <div class="dialog-acts"><${Button} onClick=${onClose} autofocus>${t('parts.close')}<//></div>
  <//>`;
}

const DIALOGS = { remove: Remove, forward: Forward, versions: Versions };

/** Whether there is a dialog of that kind. */
export function has(kind) {
  return kind in DIALOGS;
}

/** The dialog of that kind. */
export function of(kind) {
  return DIALOGS[kind];
}
