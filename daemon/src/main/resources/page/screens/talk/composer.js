/** Where one writes: text, emoji, send, and the line under it that says what will become of it. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../../vendor/htm-preact.js';
import { PHONE } from '../../base/routes.js';
import { use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { IconButton } from '../../parts/button.js';
import { toast } from '../../parts/toast.js';
import { Emoji } from './emoji.js';
import * as drafts from './drafts.js';
import { neutral } from './parse.js';
import { forecast } from './forecast.js';

/** Bytes of UTF-8 that one message may have, and from where on it is said how many are left. */
const MAX_BYTES = 64 * 1024;
const NEAR_BYTES = 60 * 1024;

const utf8 = new TextEncoder();

function bytesOf(text) {
  // Three bytes a letter at most: only long texts are counted.
  return text.length * 3 < NEAR_BYTES ? 0 : utf8.encode(text).length;
}

/** Where `field-sizing` is not known, the height is worked out. */
const GROWS = CSS.supports('field-sizing', 'content');

function grow(box) {
  if (GROWS) return;
  box.style.setProperty('height', 'auto');
  box.style.setProperty('height', `${box.scrollHeight}px`);
}

function insert(box, text) {
  if (!box) return;
  box.focus();
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Fills the box: with the draft, or with the text that is edited. */
function useFilling(card, mode, box, look, setMode) {
  const stashed = useRef('');
  const editing = mode && mode.kind === 'edit' ? mode.line : null;
  useEffect(() => {
    let gone = false;
    drafts.load(card).then((draft) => {
      if (gone || !box.current || box.current.value) return;
      box.current.value = draft.text;
      if (draft.reply) setMode({ kind: 'reply', line: draft.reply });
      look();
    }, () => {});
    const away = () => drafts.flush(card);
    addEventListener('pagehide', away);
    return () => {
      gone = true;
      removeEventListener('pagehide', away);
      away();
    };
  }, []);
  useLayoutEffect(() => {
    if (!editing || !box.current) return undefined;
    stashed.current = box.current.value;
    box.current.value = editing.text;
    box.current.focus();
    box.current.setSelectionRange(editing.text.length, editing.text.length);
    look();
    return () => {
      if (!box.current) return;
      box.current.value = stashed.current;
      look();
    };
  }, [editing && editing.message]);
}

/** What is written in another tab comes here, while nobody writes here. */
function useOtherTabs(card, mode, box, look) {
  const draft = use((state) => state.chats.byCard.get(card)?.draft || '');
  const first = useRef(true);
  useEffect(() => {
    const here = first.current || document.hasFocus() || mode || drafts.inTab(card);
    first.current = false;
    if (here || !box.current || box.current.value === draft) return;
    box.current.value = draft;
    look();
  }, [draft]);
}

/**
 * The composer.
 *
 * @param {Object} props `mode` null, or `{kind:'reply'|'edit', line}`; `send(text)`, `save(text)`;
 *     `editLast()` answers whether there was one
 */
export function Composer({ card, name, mode, setMode, send, save, editLast, handle }) {
  const box = useRef(null);
  const [bytes, setBytes] = useState(0);
  const [picker, setPicker] = useState(false);
  const enterSends = use((state) => state.settings.enterSends !== false);
  const editing = mode && mode.kind === 'edit';
  const reply = mode && mode.kind === 'reply' ? mode.line : null;
  const long = bytes > MAX_BYTES;

  const look = () => {
    const { value } = box.current;
    grow(box.current);
    setBytes(bytesOf(value));
    return value;
  };
  const replyKept = reply && { message: reply.message, from: reply.from, mine: reply.mine, text: reply.text.slice(0, 160) };
  const typed = () => {
    const text = look();
    if (!editing) drafts.keep(card, text, replyKept);
  };
  useFilling(card, mode, box, look, setMode);
  useOtherTabs(card, mode, box, look);
  handle.current = { focus: () => box.current?.focus(), insert: (text) => insert(box.current, text) };
  useLayoutEffect(() => {
    if (reply) {
      box.current.focus();
      drafts.keep(card, box.current.value, replyKept);
    }
  }, [reply && reply.message]);
  useLayoutEffect(() => {
    if (innerWidth >= PHONE) box.current.focus({ preventScroll: true });
  }, []);

  const go = () => {
    const text = box.current.value;
    if (!text.trim() || long) return box.current.focus();
    if (editing) {
      save(text);
    } else {
      box.current.value = '';
      look();
      drafts.clear(card);
      send(text);
    }
    box.current?.focus();
    return undefined;
  };
  const onKeyDown = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.altKey) {
      const main = event.ctrlKey || event.metaKey;
      if (main || (enterSends && !event.shiftKey)) {
        event.preventDefault();
        go();
      }
    } else if (event.key === 'ArrowUp' && !box.current.value && !mode && editLast()) {
      event.preventDefault();
    } else if (event.key === 'Escape' && mode) {
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  };
  const leave = () => {
    setMode(null);
    if (reply) drafts.keep(card, box.current.value);
    box.current.focus();
  };
  return html`<form class="compose" onSubmit=${(event) => {
    event.preventDefault();
    go();
  }}>
    ${mode && html`<${Mode} mode=${mode} name=${name} leave=${leave} />`}
    <div class="well">
      <textarea
        ref=${box}
        id="compose"
        data-area="compose"
        rows="1"
        dir="auto"
        aria-label=${t('talk.message')}
        aria-describedby="compose-says"
        aria-invalid=${long ? 'true' : undefined}
        placeholder=${card === 'me' ? t('talk.write_note') : t('talk.write_to', { name })}
        onInput=${typed}
        onKeyDown=${onKeyDown}
        onBlur=${() => drafts.flush(card)}
      ></textarea>
      <${IconButton} icon="smile" label=${t('talk.emoji')} aria-expanded=${picker ? 'true' : 'false'}
        onClick=${() => setPicker(!picker)} />
      <button type="submit" class="icon-button send"
        aria-label=${t(editing ? 'talk.save_edit' : 'talk.send')}
        title=${t(editing ? 'talk.save_edit' : 'talk.send')}><${SendIcon} editing=${editing} /></button>
    </div>
    ${picker && html`<${Emoji}
      onPick=${(emoji) => insert(box.current, emoji)}
      onClose=${() => {
    setPicker(false);
    box.current.focus();
  }} />`}
    <${Says} card=${card} name=${name} bytes=${bytes} editing=${editing} enterSends=${enterSends} />
  </form>`;
}

function SendIcon({ editing }) {
  const d = editing ? 'm4 10.5 4 4 8-9' : 'M10 16V4.5M5 9.3l5-5 5 5';
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${d} /></svg>`;
}

/** What is answered or edited, above the box. */
function Mode({ mode, name, leave }) {
  const { kind, line } = mode;
  const who = line.mine ? t('talk.you') : name || line.from;
  return html`<div class="mode">
    <div class="mode-says">
      <b>${kind === 'edit' ? t('talk.editing') : t('talk.reply_to', { who })}</b>
      <span dir="auto">${neutral(line.text)}</span>
    </div>
    <${IconButton} icon="close" label=${t(kind === 'edit' ? 'talk.stop_edit' : 'talk.stop_reply')} onClick=${leave} />
  </div>`;
}

/** The line that is always there. */
function Says({ card, name, bytes, editing, enterSends }) {
  const linkUp = use((state) => state.phase !== 'stopped');
  const way = use((state) => state.ways.get(card));
  const network = use((state) => state.network);
  let words;
  let look = '';
  if (bytes > MAX_BYTES) {
    words = t('talk.too_long', { n: bytes - MAX_BYTES });
    look = 'fail';
  } else if (bytes > NEAR_BYTES) {
    words = t('talk.bytes_left', { n: MAX_BYTES - bytes });
  } else if (editing) {
    words = t('talk.editing_help');
  } else {
    const wait = forecast({ card, name, linkUp, way, network });
    words = wait || t(enterSends ? 'talk.help' : 'talk.help_swapped');
    look = wait && card !== 'me' ? 'wait' : '';
  }
  return html`<p id="compose-says" class=${`under-well ${look}`} aria-live="polite">${words}</p>`;
}

/** Text that is dropped goes into the box; a file does not take the page away. */
export function dropped(event, handle) {
  const { files } = event.dataTransfer;
  // Text that is moved within the box is the browser's.
  if (files.length === 0 && event.target.id === 'compose') return;
  event.preventDefault();
  const text = event.dataTransfer.getData('text/plain');
  if (files.length === 0) {
    if (text) handle.current.insert(text);
    return;
  }
  const [file] = files;
  if (files.length === 1 && file.type.startsWith('text/') && file.size <= MAX_BYTES) {
    file.text().then((content) => handle.current.insert(content));
  } else {
    toast(t('talk.no_files'));
  }
}
