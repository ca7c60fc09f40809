/** A few emoji to react with, and a way to all of them. */
import { html, useLayoutEffect, useRef, useState } from '../../vendor/htm-preact.js';
import { t } from '../../base/words.js';
import { IconButton } from '../../parts/button.js';
import { Emoji, QUICK, recent, used } from './emoji.js';

const EDGE = 8;
/** Quick ones that are shown. */
const MOST = 6;

/** Stands under `at` or over it, inside of the window. */
function place(box, at) {
  const spot = at instanceof Element
    ? (at.querySelector('.bubble, .large') || at).getBoundingClientRect()
    : { left: at.x, top: at.y, bottom: at.y };
  const { width, height } = box.getBoundingClientRect();
  const left = Math.min(Math.max(EDGE, spot.left), innerWidth - width - EDGE);
  const over = spot.top - height - 4;
  const top = over > EDGE ? over : Math.min(spot.bottom + 4, innerHeight - height - EDGE);
  box.style.setProperty('left', `${left}px`);
  box.style.setProperty('top', `${Math.max(EDGE, top)}px`);
}

/** Picks a reaction for a line. */
export function ReactionPicker({ line, at, acts, onClose }) {
  const box = useRef(null);
  const opener = useRef(document.activeElement);
  const [all, setAll] = useState(false);
  useLayoutEffect(() => {
    if (!box.current.matches(':popover-open')) box.current.showPopover();
    place(box.current, at);
    if (!all) box.current.querySelector('button').focus();
  }, [all]);
  const close = () => {
    onClose();
    if (opener.current && opener.current.isConnected) opener.current.focus();
  };
  const mine = (line.reactions || []).filter((r) => r.mine).map((r) => r.emoji);
  const pick = (emoji) => {
    used(emoji);
    acts.react(line, emoji, !mine.includes(emoji));
    close();
  };
  const quick = [...new Set([...recent(), ...QUICK])].slice(0, MOST);
  const onKeyDown = (event) => {
    if (!box.current) return;
    const list = [...box.current.querySelectorAll('.quick button')];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const now = list.indexOf(document.activeElement);
    if (event.key === 'Escape') close();
    else if (step && now >= 0) list[(now + step + list.length) % list.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div ref=${box} class="reaction-picker" popover="manual" onKeyDown=${onKeyDown}
    onfocusout=${(event) => {
    if (!all && event.relatedTarget && !box.current.contains(event.relatedTarget)) onClose();
  }}>
    ${all
    ? html`<${Emoji} onPick=${pick} onClose=${close} label=${t('talk.react')} />`
    : html`<div class="quick" role="toolbar" aria-label=${t('talk.react')}>
        ${quick.map((emoji) => html`<button type="button" key=${emoji} class="emoji"
          aria-pressed=${mine.includes(emoji) ? 'true' : 'false'} aria-label=${emoji}
          onClick=${() => pick(emoji)}>${emoji}</button>`)}
        <${IconButton} icon="plus" label=${t('emoji.title')} onClick=${() => setAll(true)} />
      </div>`}
  </div>`;
}
