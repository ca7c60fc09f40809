/** The reactions under a bubble: each emoji once, with how many and who. */
import { html } from '../../vendor/htm-preact.js';
import { t } from '../../base/words.js';

/** Each emoji with who said it, in the order they came. */
export function gathered(reactions) {
  const out = new Map();
  for (const each of reactions || []) {
    if (!out.has(each.emoji)) out.set(each.emoji, []);
    out.get(each.emoji).push(each);
  }
  return [...out].map(([emoji, from]) => ({ emoji, from, mine: from.some((each) => each.mine) }));
}

/** The row of them, or nothing. A press puts ours on or takes it away. */
export function Reactions({ line, name, acts, tab }) {
  const all = gathered(line.reactions);
  if (all.length === 0) return null;
  return html`<span class="reactions">
    ${all.map(({ emoji, from, mine }) => {
      const who = from.map((each) => (each.mine ? t('talk.you') : name || each.from)).join(', ');
      return html`<button
        type="button"
        key=${emoji}
        class="reaction"
        tabindex=${tab}
        title=${who}
        aria-pressed=${mine ? 'true' : 'false'}
        aria-label=${t('talk.reaction', { emoji, n: from.length, who })}
        onClick=${() => acts.react(line, emoji, !mine)}
      ><span class="emoji">${emoji}</span> ${from.length}</button>`;
    })}
  </span>`;
}
