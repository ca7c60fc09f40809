/** The log: a window of the history, held still while it changes. */
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from '../../vendor/htm-preact.js';
import { PHONE } from '../../base/routes.js';
import { use } from '../../base/store.js';
import { day } from '../../base/times.js';
import { has, lang, t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import * as actions from './actions.js';
import { Bubble } from './bubble.js';
import { moves, presses } from './log-keys.js';
import { EMPTY } from './lines.js';
import { asLine } from './outbox.js';
import * as reads from './reads.js';
import { rows } from './rows.js';
import * as scrolling from './scrolling.js';
import { attended, view } from './view.js';

/** How long the message that was jumped to stays marked. */
const CHOSEN_MS = 2400;
/** Further up than this there is a button to the newest. */
const FAR_PX = 400;
/** How long a finger stays for the menu. */
const PRESS_MS = 450;
/** An empty log says that it reads only after this. */
const READING_MS = 150;

const lineOf = new WeakMap();

function pendingLine(entry) {
  if (!lineOf.has(entry)) lineOf.set(entry, asLine(entry));
  return lineOf.get(entry);
}

function usePending(card, shown) {
  const all = use((state) => state.pending);
  return useMemo(
    () => (shown ? all.filter((p) => p.card === card).map(pendingLine) : []),
    [all, card, shown],
  );
}

/** The scroller and what keeps it still. */
function useStill(card, talk, port, list, setFar) {
  const end = useRef(false);
  end.current = talk.end;
  const turn = useRef(0);
  useLayoutEffect(() => {
    scrolling.restore(port.current, list.current, end.current);
    holdNew(port.current, list.current, end.current);
    if (talk.jump && talk.jump.turn !== turn.current) {
      turn.current = talk.jump.turn;
      land(talk, port.current, list.current);
    }
    reads.look(card, port.current, list.current);
  });
  useEffect(() => {
    const again = () => {
      if (!port.current) return;
      scrolling.restore(port.current, list.current, end.current);
      reads.look(card, port.current, list.current);
    };
    const watch = new ResizeObserver(again);
    watch.observe(port.current);
    watch.observe(list.current);
    const looked = () => reads.look(card, port.current, list.current);
    addEventListener('focus', looked);
    document.addEventListener('visibilitychange', looked);
    return () => {
      watch.disconnect();
      removeEventListener('focus', looked);
      document.removeEventListener('visibilitychange', looked);
    };
  }, []);
  return () => {
    scrolling.hold(port.current, list.current, end.current);
    const { older, newer } = scrolling.near(port.current);
    if (older) actions.older(card);
    if (newer) actions.newer(card);
    if (view.pinned) actions.atEnd(card);
    setFar(!view.pinned && scrolling.below(port.current) > FAR_PX);
    reads.look(card, port.current, list.current);
  };
}

/** While nobody looks, what is new does not push its own beginning out of sight. */
function holdNew(port, list, atEnd) {
  if (!view.pinned || attended()) return;
  const line = list.querySelector('.day.new');
  if (!line || line.offsetTop >= port.scrollTop) return;
  scrolling.toRow(port, line, false);
  scrolling.hold(port, list, atEnd);
}

function land(talk, port, list) {
  const { to, message } = talk.jump;
  if (to === 'message') {
    const row = list.querySelector(`[data-line="${CSS.escape(message)}"]`);
    if (row) scrolling.toRow(port, row, true);
  } else {
    const row = to === 'new' && list.querySelector('.day.new');
    if (row) scrolling.toRow(port, row, false);
    else scrolling.toEnd(port);
  }
  scrolling.hold(port, list, talk.end);
}

/** The message that was jumped to, for a moment. */
function useChosen(jump) {
  const [chosen, setChosen] = useState('');
  useEffect(() => {
    if (!jump || jump.to !== 'message') return undefined;
    setChosen(jump.message);
    const timer = setTimeout(() => setChosen(''), CHOSEN_MS);
    return () => clearTimeout(timer);
  }, [jump && jump.turn]);
  return chosen;
}

/** Handlers that find the line under the pointer, a finger or the focus. */
function useUnder(find, acts, setActive) {
  const press = useRef(0);
  const rowAt = (event) => event.target.closest && event.target.closest('[data-line]');
  const lift = () => clearTimeout(press.current);
  return {
    onPointerOver: (event) => {
      const row = event.pointerType === 'mouse' && rowAt(event);
      if (row) setActive(row.dataset.line);
    },
    onPointerLeave: () => setActive(''),
    onPointerDown: (event) => {
      const row = rowAt(event);
      if (event.pointerType !== 'touch' || !row) return;
      lift();
      const at = { x: event.clientX, y: event.clientY };
      press.current = setTimeout(() => {
        const line = find(row.dataset.line);
        if (line && !line.pending) acts.menu(line, at);
      }, PRESS_MS);
    },
    onPointerMove: (event) => event.pointerType === 'touch' && lift(),
    onPointerUp: lift,
    onPointerCancel: lift,
    onContextMenu: (event) => {
      if (event.pointerType === 'touch') {
        event.preventDefault();
      } else if (innerWidth < PHONE && rowAt(event) && !getSelection().toString()) {
        // No room for tools beside a bubble: the menu takes their place.
        const line = find(rowAt(event).dataset.line);
        if (!line || line.pending) return;
        event.preventDefault();
        acts.menu(line, { x: event.clientX, y: event.clientY });
      }
    },
  };
}

/** The messages of a conversation. */
export function Log({ card, name, acts }) {
  const talk = use((state) => state.talks.get(card)) || EMPTY;
  const panel = use((state) => state.panel);
  const pending = usePending(card, talk.end || talk.lines.length === 0);
  const [active, setActive] = useState('');
  const [focused, setFocused] = useState('');
  const [far, setFar] = useState(false);
  const port = useRef(null);
  const list = useRef(null);
  const onScroll = useStill(card, talk, port, list, setFar);
  const chosen = useChosen(talk.jump);
  const all = useMemo(() => rows(talk.lines, pending, talk.newFrom), [talk.lines, pending, talk.newFrom]);
  const find = (id) => all.find((row) => row.line && row.line.message === id)?.line;
  const under = useUnder(find, acts, setActive);
  const stops = all.filter((row) => row.kind === 'line');
  const stop = stops.some((row) => row.line.message === focused) ? focused : stops.at(-1)?.line.message;
  const details = panel && panel.kind === 'truth' ? panel.message : '';

  const onKeyDown = (event) => {
    if (!event.target.dataset.line) return;
    const line = find(event.target.dataset.line);
    if (moves(event, list.current, (row) => scrolling.intoSight(port.current, row))) return;
    if (line) presses(event, line, acts);
  };
  // F6 comes to the area: the line that was read last takes the focus. A click does not.
  const onFocus = () => {
    if (!port.current.matches(':focus-visible')) return;
    const row = stop && list.current.querySelector(`[data-line="${CSS.escape(stop)}"]`);
    if (row) row.focus({ preventScroll: true });
  };
  const onFocusIn = (event) => {
    const row = event.target.closest('[data-line]');
    if (!row) return;
    setFocused(row.dataset.line);
    if (row.matches(':focus-visible') || row !== event.target) setActive(row.dataset.line);
  };

  return html`<div class="log-frame">
    <div ref=${port} class="log-port" role="region" aria-label=${t('talk.messages')} tabindex="-1"
      data-area="messages" onScroll=${onScroll} onFocus=${onFocus}>
      <${Above} talk=${talk} card=${card} />
      <ol ref=${list} class="log" aria-label=${t('talk.messages_with', { name })}
        onKeyDown=${onKeyDown} onfocusin=${onFocusIn} ...${under}>
        ${all.map((row) => one(row, {
    active, stop, chosen, details, name, acts, newCount: talk.newCount,
  }))}
      </ol>
    </div>
    ${(far || (!talk.end && talk.lines.length > 0)) &&
    html`<${ToEnd} n=${talk.below} onClick=${() => actions.toEnd(card)} />`}
  </div>`;
}

function one(row, { active, stop, chosen, details, name, acts, newCount }) {
  switch (row.kind) {
    case 'day':
      return html`<li key=${row.key} class="day"><h2>${day(row.at)}</h2></li>`;
    case 'new':
      return html`<li key=${row.key} class="day new"><span>${t('talk.new', { n: newCount })}</span></li>`;
    case 'note':
      return html`<${NoteLine} key=${row.key} line=${row.line} name=${name} />`;
    default: {
      const id = row.line.message;
      return html`<${Bubble} key=${row.key} row=${row} name=${name} acts=${acts} lang=${lang()}
        active=${active === id} stop=${stop === id} chosen=${chosen === id} shown=${details === id} />`;
    }
  }
}

/** A line that no person wrote. */
function NoteLine({ line, name }) {
  const key = `talk.note_${line.note}`;
  return html`<li class="note" data-message=${line.message} data-note=${line.note}>
    <span>${has(key) ? t(key, { name }) : t('talk.note_unknown')}</span>
  </li>`;
}

/** What stands above the first line: nothing, or why there are none. */
function Above({ talk, card }) {
  const [late, setLate] = useState(false);
  const empty = talk.lines.length === 0;
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), READING_MS);
    return () => clearTimeout(timer);
  }, []);
  if (talk.failed && empty) {
    return html`<div class="log-above">
      <p>${t(talk.failed === 'stopped' ? 'talk.not_running' : 'talk.not_read')}</p>
      <${Button} small onClick=${() => actions.again(card)}>${t('talk.read_again')}<//>
    </div>`;
  }
  if (!empty || talk.start) return null;
  return late && html`<div class="log-above"><p>${t('talk.reading')}</p></div>`;
}

function ToEnd({ n, onClick }) {
  return html`<button type="button" class="to-end" onClick=${onClick} data-to-end>
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 4v11M5 10.5l5 5 5-5" /></svg>
    <span>${n ? t('talk.to_newest_n', { n }) : t('talk.to_newest')}</span>
  </button>`;
}
