/** Search in one conversation: a panel of hits with their dates. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { PHONE, closePanel, go } from '../../base/routes.js';
import { use } from '../../base/store.js';
import { when } from '../../base/times.js';
import { t } from '../../base/words.js';
import { IconButton } from '../../parts/button.js';
import * as actions from './actions.js';
import { giveBack } from './view.js';
import { neutral } from './parse.js';

/** Hits that are asked for; of more the newest. */
const MOST = 100;
const PAUSE_MS = 150;
/** Letters of a hit that are shown around what was found. */
const AROUND = 60;

/** Hits of a query, the newest first; null before the first. */
function useHits(card, query) {
  const [hits, setHits] = useState(null);
  useEffect(() => {
    const wanted = query.trim();
    if (!wanted) {
      setHits(null);
      return undefined;
    }
    let gone = false;
    const timer = setTimeout(() => {
      ask('search', { query: wanted, who: card, count: MOST }).then(
        (done) => !gone && setHits([...done.messages].sort((a, b) => (a.at < b.at ? 1 : -1))),
        () => !gone && setHits([]),
      );
    }, PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [card, query]);
  return hits;
}

/** The text around the first word that was found, in three parts. */
export function around(text, query) {
  const plain = neutral(text).replace(/\s+/g, ' ');
  const lower = plain.toLocaleLowerCase();
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  let at = -1;
  let length = 0;
  for (const word of words) {
    const found = lower.indexOf(word);
    if (found >= 0 && (at < 0 || found < at)) {
      at = found;
      length = word.length;
    }
  }
  if (at < 0 || lower.length !== plain.length) return ['', '', plain.slice(0, AROUND * 2)];
  const from = Math.max(0, at - AROUND / 2);
  return [
    (from > 0 ? '…' : '') + plain.slice(from, at),
    plain.slice(at, at + length),
    plain.slice(at + length, at + length + AROUND * 2),
  ];
}

/** The panel. */
export function Search({ card }) {
  const chat = use((state) => state.chats.byCard.get(card));
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState('');
  const hits = useHits(card, query);
  const field = useRef(null);
  const box = useRef(null);
  const name = card === 'me' ? t('talk.notes') : chat?.name || '';
  // In the same task as the drawing: the letters after the shortcut are meant for it.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    field.current.focus();
    return () => giveBack(opener);
  }, []);
  const open = (hit) => {
    setChosen(hit.message);
    if (innerWidth < PHONE) {
      closePanel();
      go(`#/c/${card}/m/${hit.message}`, { replace: true });
    }
    actions.jump(card, hit.message);
  };
  const onKeyDown = (event) => {
    const all = [...box.current.querySelectorAll('.hit')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = all.indexOf(document.activeElement);
    if (event.key === 'Enter' && event.target === field.current && hits && hits.length) open(hits[0]);
    else if (step && at + step < 0) field.current.focus();
    else if (step && all[at + step]) all[at + step].focus();
    else return;
    event.preventDefault();
  };
  return html`<section ref=${box} class="talk-panel" data-screen="search" role="search"
    aria-label=${t('talk.search_in', { name })} onKeyDown=${onKeyDown}>
    <header class="panel-head">
      <${IconButton} class="panel-back" icon="back" label=${t('parts.back')} onClick=${closePanel} />
      <input ref=${field} class="input" type="search" autocomplete="off" aria-label=${t('talk.search_in', { name })}
        placeholder=${t('talk.search_here')} value=${query} onInput=${(e) => setQuery(e.currentTarget.value)} />
      <${IconButton} class="panel-close" icon="close" label=${t('parts.close')} onClick=${closePanel} />
    </header>
    <p class="hits-count" role="status">${count(hits)}</p>
    <ul class="hits">
      ${(hits || []).map((hit) => html`<li key=${hit.message}>
        <${Hit} hit=${hit} query=${query} name=${name} chosen=${chosen === hit.message} open=${open} />
      </li>`)}
    </ul>
  </section>`;
}

function count(hits) {
  if (!hits) return t('talk.search_help');
  return hits.length === MOST ? t('talk.hits_many', { n: MOST }) : t('talk.hits', { n: hits.length });
}

function Hit({ hit, query, name, chosen, open }) {
  const [before, found, after] = around(hit.text, query);
  return html`<button type="button" class="hit" aria-current=${chosen ? 'true' : undefined}
    data-hit=${hit.message} onClick=${() => open(hit)}>
    <span class="hit-top"><b>${hit.mine ? t('talk.you') : name}</b><time>${when(hit.at)}</time></span>
    <span class="hit-text" dir="auto">${before}<mark>${found}</mark>${after}</span>
  </button>`;
}
