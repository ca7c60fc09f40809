/** One line of the log: a bubble, what hangs on it, and the state under the last of its run. */
import { Component, html, useEffect, useState } from '../../vendor/htm-preact.js';
import { clock } from '../../base/times.js';
import { has, t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { StateMark, stateOf, stateTone, stateWord } from '../../parts/state.js';
import { same } from './rows.js';
import { isLarge, Text } from './text.js';
import { neutral } from './parse.js';
import { Tools } from './tools.js';
import { Reactions } from './reactions.js';

/** A delivery quicker than this shows no mark on its way. */
const QUIET_MS = 400;

/** Drawn again only when something of it changed: fifty others may come meanwhile. */
export class Bubble extends Component {
  shouldComponentUpdate(next) {
    const now = this.props;
    return !same(now.row, next.row) || now.active !== next.active || now.chosen !== next.chosen
      || now.name !== next.name || now.lang !== next.lang || now.shown !== next.shown
      || now.stop !== next.stop || now.acts !== next.acts;
  }

  render({ row, active, chosen, shown, stop, name, acts }) {
    const { line } = row;
    const mine = line.mine;
    const state = stateNow(line);
    const look = ['line', mine && 'mine', row.first && 'first', row.last && 'last', chosen && 'chosen',
      line.deleted && 'deleted', tone(state) === 'fail' && 'failed',
      reactions(line).length > 0 && 'reacted'];
    const tab = active ? 0 : -1;
    return html`<li
      class=${look.filter(Boolean).join(' ')}
      data-message=${line.pending ? undefined : line.message}
      data-key=${line.key}
      data-line=${line.message}
      data-state=${line.state}
      tabindex=${stop ? 0 : -1}
      aria-label=${spoken(row, name, state)}
    >
      ${active && !line.pending && html`<${Tools} line=${line} acts=${acts} />`}
      ${line.deleted ? html`<${Deleted} line=${line} name=${name} />`
        : html`<div class=${isLarge(line) && !line.replyTo ? 'large' : 'bubble'}>
            ${line.replyTo && html`<${Quote} line=${line} name=${name} acts=${acts} tab=${tab} />`}
            <${Text} line=${line} tab=${tab} />
          </div>`}
      ${!line.deleted && html`<${Reactions} line=${line} name=${name} acts=${acts} tab=${tab} />`}
      ${(row.last || line.edited) &&
      html`<${Foot} row=${row} state=${state} shown=${shown} acts=${acts} tab=${tab} />`}
      ${row.last && html`<${Remedies} line=${line} acts=${acts} />`}
    </li>`;
  }
}

function reactions(line) {
  return (!line.deleted && line.reactions) || [];
}

/** Refused by our own daemon looks as failed as refused by theirs. */
function stateNow(line) {
  if (line.card === 'me' && !line.pending) return null;
  if (line.state === 'refused') return 'failed';
  return line.pending ? 'pending' : stateOf(line);
}

function tone(state) {
  return state === 'pending' ? 'wait' : stateTone(state);
}

function word(line, state) {
  if (line.state === 'refused') {
    const key = `talk.refused_${line.reason}`;
    return has(key) ? t(key) : t('talk.refused');
  }
  if (state === 'pending') return t('talk.in_this_tab');
  if (state === 'failed' && line.reason === 'no_answer' && line.tries) {
    return t('talk.failed_tries', { n: line.tries });
  }
  if (state === 'failed' && has(`talk.failed_${line.reason}`)) return t(`talk.failed_${line.reason}`);
  return stateWord(state, line.reason);
}

/** What a screen reader says of the whole line. */
function spoken({ line, at }, name, state) {
  const who = line.mine ? t('talk.you') : name;
  if (line.deleted) return `${who}, ${clock(at)}: ${t(line.mine ? 'talk.deleted_you' : 'talk.deleted')}`;
  const parts = [`${who}, ${clock(at)}: ${neutral(line.text.slice(0, 1000))}`];
  if (line.reply) parts.push(t('talk.in_reply', { who: nameOf(line.reply, name), text: quoted(line.reply) }));
  if (line.edited) parts.push(t('talk.edited'));
  const emoji = reactions(line);
  if (emoji.length) parts.push(t('talk.reactions_spoken', { emoji: emoji.map((r) => r.emoji).join(' ') }));
  if (state) parts.push(word(line, state));
  return parts.map((part) => part.replace(/[.\s]+$/, '')).join('. ');
}

function nameOf(reply, name) {
  return reply.mine ? t('talk.you') : name || reply.from;
}

function quoted(reply) {
  return reply.deleted ? t('talk.deleted_text') : neutral(reply.text || '');
}

function Quote({ line, name, acts, tab }) {
  const { reply } = line;
  const known = reply && (reply.text || reply.deleted);
  return html`<button
    type="button"
    class="quote"
    tabindex=${tab}
    onClick=${() => acts.jump(line.replyTo)}
  >
    <b>${reply ? nameOf(reply, name) : t('talk.a_message')}</b>
    <span class="quote-text" dir="auto">${known ? quoted(reply) : t('talk.not_here')}</span>
  </button>`;
}

function Deleted({ line, name }) {
  const words = line.mine ? t('talk.deleted_you') : t('talk.deleted_by', { name });
  return html`<div class="bubble gone"><p>${words}</p></div>`;
}

/** True once it was true for a moment: what is over sooner is not shown. */
function useAfter(wanted, ms) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!wanted) return undefined;
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [wanted]);
  return wanted && late;
}

/** Time, word and mark: its height is there from the beginning. */
function Foot({ row, state, shown, acts, tab }) {
  const { line, at } = row;
  const passing = state === 'pending' || state === 'going' || state === 'waiting';
  const fresh = passing && Date.now() - at < QUIET_MS * 4;
  const late = useAfter(fresh, QUIET_MS);
  const quiet = fresh && !late;
  const edited = line.edited && !line.deleted && html`<button
    type="button"
    class="edited"
    tabindex=${tab}
    onClick=${() => acts.versions(line)}
  >${t('talk.edited')}</button>`;
  if (!row.last) return html`<span class="foot-line">${edited}</span>`;
  const time = html`<time datetime=${new Date(at).toISOString()}>${clock(at)}</time>`;
  if (!line.mine || !state || quiet || line.deleted) {
    return html`<span class="foot-line">${edited}<span class="meta">${time}</span></span>`;
  }
  const said = word(line, state);
  const mark = state === 'pending' ? 'waiting' : state;
  return html`<span class="foot-line">${edited}<button
    type="button"
    class=${`meta ${tone(state)}`}
    tabindex=${tab}
    aria-expanded=${shown ? 'true' : 'false'}
    aria-label=${`${clock(at)} ${said}. ${t('talk.show_way')}`}
    onClick=${() => !line.pending && acts.details(line)}
  >${time}${' '}<span class="state-word">${said}</span><${StateMark} state=${mark} /></button></span>`;
}

/** What can be done about a message that did not arrive. */
function Remedies({ line, acts }) {
  if (line.state === 'refused') {
    return html`<span class="remedies">
      <${Button} small icon="again" onClick=${() => acts.resend(line)}>${t('talk.try_again')}<//>
      <${Button} small kind="quiet" onClick=${() => acts.discard(line)}>${t('talk.discard')}<//>
    </span>`;
  }
  if (!line.mine || line.state !== 'failed' || line.deleted || line.reason === 'cancelled') return null;
  return html`<span class="remedies">
    <${Button} small icon="again" onClick=${() => acts.retry(line)}>${t('talk.try_again')}<//>
    <${Button} small kind="quiet" onClick=${() => acts.remove(line)}>${t('talk.delete')}<//>
  </span>`;
}
