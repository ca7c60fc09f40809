/** The screen of one conversation: head, banner, log, composer, and the dialogs about its lines. */
import { html, useEffect, useMemo, useRef, useState } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { closePanel, openPanel } from '../../base/routes.js';
import { get, use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { Menu } from '../../parts/menu.js';
import { toast } from '../../parts/toast.js';
import { BannerSlot } from '../banner.js';
import * as actions from './actions.js';
import { Composer, dropped } from './composer.js';
import * as dialogs from './dialogs.js';
import { startOnce } from './events.js';
import { Head, PersonBanner } from './head.js';
import { EMPTY, lastOwn } from './lines.js';
import { Log } from './log.js';
import * as outbox from './outbox.js';
import { ReactionPicker } from './reaction-picker.js';
import { items } from './tools.js';
import { view } from './view.js';

startOnce();

/** What the daemon could not do, in our words where there are some. */
function trouble(error) {
  toast(t(error.reason === 'stopped' ? 'talk.not_running' : 'talk.not_done'));
}

/** Copies; the old way where the new one is not allowed. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = document.createElement('textarea');
    box.value = text;
    box.className = 'unseen';
    document.body.append(box);
    box.select();
    document.execCommand('copy');
    box.remove();
  }
  toast(t('talk.copied'));
}

function details(line) {
  const { panel } = get();
  if (panel && panel.kind === 'truth' && panel.message === line.message) closePanel();
  else openPanel({ kind: 'truth', message: line.message });
}

/** What can be done with a line: made once for a conversation, so that no bubble is drawn for it. */
function makeActs(card, show, setMode, handle) {
  const done = (promise) => promise.catch(trouble);
  return {
    details,
    copy: (line) => copy(line.text),
    jump: (message) => actions.jump(card, message),
    reply: (line) => setMode({ kind: 'reply', line }),
    edit: (line) => setMode({ kind: 'edit', line }),
    react: (line, emoji, on) => done(actions.react(line, emoji, on)),
    pick: (line, at) => show({ kind: 'react', line, at: at || rowOf(line) }),
    menu: (line, at) => show({ kind: 'menu', line, at }),
    forward: (line) => show({ kind: 'forward', line }),
    versions: (line) => show({ kind: 'versions', line }),
    remove: (line) => show({ kind: 'remove', line }),
    save: (line) => {
      outbox.send('me', line.text);
      toast(t('talk.saved'));
    },
    retry: (line) => done(actions.retry(line.message)),
    cancel: (line) => done(actions.cancel(line.message)),
    resend: (line) => outbox.retry(line.key),
    discard: (line) => {
      outbox.discard(line.key);
      handle.current.insert(line.text);
    },
  };
}

function rowOf(line) {
  return document.querySelector(`[data-line="${CSS.escape(line.message)}"]`);
}

/**
 * A conversation.
 *
 * @param {{card: string, message?: string}} props whose, and the message to go to
 */
export function Talk({ card, message }) {
  const chat = use((state) => state.chats.byCard.get(card));
  const [mode, setMode] = useState(null);
  const [shown, show] = useState(null);
  const handle = useRef({ focus() {}, insert() {} });
  const acts = useMemo(() => makeActs(card, show, setMode, handle), [card]);
  const name = card === 'me' ? t('talk.notes') : (chat && chat.name) || '';
  useOpen(card, message);

  const send = (text) => {
    outbox.send(card, text, mode && mode.kind === 'reply' ? mode.line : undefined);
    setMode(null);
    actions.toEnd(card);
  };
  const save = (text) => {
    const { line } = mode;
    setMode(null);
    if (text !== line.text) actions.edit(line, text).catch(trouble);
  };
  const editLast = () => {
    const last = lastOwn(get().talks.get(card) || EMPTY);
    if (last) setMode({ kind: 'edit', line: last });
    return Boolean(last);
  };
  const close = () => show(null);
  return html`<main
    class="talk"
    id="main"
    tabindex="-1"
    data-screen="talk"
    data-card=${card}
    onDragOver=${(event) => event.preventDefault()}
    onDrop=${(event) => dropped(event, handle)}
  >
    <${Head} card=${card} chat=${chat} name=${name} />
    <div class="talk-slot">
      <${BannerSlot} />
      <${PersonBanner} card=${card} chat=${chat} name=${name} />
    </div>
    <${Log} card=${card} name=${name} acts=${acts} />
    ${chat && chat.blocked
    ? html`<${Blocked} card=${card} name=${name} />`
    : html`<${Composer} card=${card} name=${name} mode=${mode} setMode=${setMode} send=${send}
        save=${save} editLast=${editLast} handle=${handle} />`}
    ${shown && shown.kind === 'menu' &&
    html`<${Menu} at=${shown.at} label=${t('talk.more')} items=${items(shown.line, acts)} onClose=${close} />`}
    ${shown && shown.kind === 'react' &&
    html`<${ReactionPicker} line=${shown.line} at=${shown.at} acts=${acts} onClose=${close} />`}
    ${shown && dialogs.has(shown.kind) &&
    html`<${dialogs.of(shown.kind)} line=${shown.line} name=${name} onClose=${close} onTrouble=${trouble} />`}
  </main>`;
}

/** Opens it, and goes where the address says. */
function useOpen(card, message) {
  useEffect(() => {
    view.card = card;
    view.pinned = true;
    actions.open(card, message);
    return () => {
      if (view.card === card) view.card = '';
    };
  }, [card]);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current && message) actions.jump(card, message);
    first.current = false;
  }, [message]);
}

/** In place of the composer where nothing can be sent. */
function Blocked({ card, name }) {
  const unblock = () => ask('contact', { who: card, act: 'unblock' }).catch(trouble);
  return html`<div class="compose blocked">
    <p>${t('talk.blocked', { name })}</p>
    <button type="button" class="button" onClick=${unblock}>${t('talk.unblock')}</button>
  </div>`;
}
