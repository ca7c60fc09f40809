/** One conversation in the list: who, the last word, what is new. */
import { html } from '../../vendor/htm-preact.js';
import { use } from '../../base/store.js';
import { brief } from '../../base/times.js';
import { has, t } from '../../base/words.js';
import { Face } from '../../parts/face.js';
import { Icon } from '../../parts/icon.js';
import { StateMark, stateOf, stateWord } from '../../parts/state.js';
import { nameOf } from './actions.js';

/** A badge never grows wider than this number. */
const MOST = 999;

/** What stands under the name: the draft, why the last one failed, or the last words. */
function said(row) {
  const { last } = row;
  if (row.draft) return { draft: true, words: row.draft };
  if (!last) return { words: t(row.card === 'me' ? 'chats.notes_hint' : 'chats.nothing_yet') };
  if (last.note) return { words: noteWords(last.note, nameOf(row)) };
  const state = last.mine ? stateOf(last) : null;
  if (state === 'failed') {
    return { state, words: stateWord(state, last.reason, last.tries), tone: 'fail' };
  }
  if (last.deleted) return { state, words: t('chats.deleted') };
  return { state, words: last.text || '' };
}

function noteWords(note, name) {
  const key = `talk.note_${note}`;
  return t(has(key) ? key : 'talk.note_unknown', { name });
}

/** What is only drawn, as words between the name and the time. */
function spoken(row) {
  return [
    row.pinned && t('chats.is_pinned'),
    row.muted && t('chats.is_muted'),
    row.blocked && t('chats.is_blocked'),
    row.unread > 0 && t('chats.unread', { n: row.unread }),
  ]
    .filter(Boolean)
    .map((words) => `, ${words}`)
    .join('');
}

/** A row. `focusable`: this one is the list's tab stop. */
export function Row({ card, index, focusable, onMenu }) {
  const row = use((state) => state.chats.byCard.get(card));
  const current = use((state) => state.route.card === card);
  if (!row) return null;
  const name = nameOf(row);
  const line = said(row);
  return html`<a
    class=${`chat ${row.unread > 0 && !row.muted ? 'unread' : ''}`}
    href=${`#/c/${card}`}
    data-card=${card}
    data-row=${index}
    aria-current=${current ? 'true' : undefined}
    tabindex=${focusable ? 0 : -1}
    onContextMenu=${(event) => {
      event.preventDefault();
      onMenu(row, event);
    }}
  >
    <${Face} card=${card} name=${name} />
    <span class="chat-mid">
      <span class="chat-top">
        <span class="chat-name">${name}</span><span class="unseen">${spoken(row)}, </span>
        ${row.pinned && html`<${Icon} name="pin" small />`}
        ${row.muted && html`<${Icon} name="mute" small />`}
        ${row.blocked && html`<${Icon} name="stop" small />`}
        <span class="chat-when">${row.last ? brief(row.last.at) : ''}</span>
      </span>
      <span class="chat-under">
        ${line.state && html`<${StateMark} state=${line.state} />`}
        <span class="unseen">
          ${line.state && line.state !== 'failed' ? `, ${stateWord(line.state)}, ` : ', '}
        </span>
        <span class=${`chat-say ${line.tone || ''}`}
          >${line.draft && html`<b class="chat-draft">${t('chats.draft')}</b> `}${line.words}</span
        >
        ${row.unread > 0 && html`<${Unread} row=${row} />`}
      </span>
    </span>
  </a>`;
}

function Unread({ row }) {
  const shown = row.unread > MOST ? `${MOST}+` : row.unread;
  return html`<span class=${`badge ${row.muted ? 'still' : ''}`} aria-hidden="true">${shown}</span>`;
}
