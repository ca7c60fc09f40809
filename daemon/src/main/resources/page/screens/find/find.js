/** The palette: find or do. People, messages, deeds, in that order; all of it by the keyboard. */
import { html, useEffect, useMemo, useRef, useState } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { go } from '../../base/routes.js';
import { get, use } from '../../base/store.js';
import { when } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Dialog } from '../../parts/dialog.js';
import { Face } from '../../parts/face.js';
import { Icon } from '../../parts/icon.js';
import { WayMark, wayWord } from '../../parts/way.js';
import { nameOf } from '../chats/actions.js';
import { focusWriting } from '../keyboard.js';
import { close } from './open.js';
import { around, people, things } from './seek.js';
import { Keys } from './shortcuts.js';

/** Messages are asked for when the typing pauses so long, and so many. */
const PAUSE_MS = 120;
const MESSAGES = 6;

/** Messages that the daemon found for this query. */
function useMessages(query) {
  const [found, setFound] = useState([]);
  useEffect(() => {
    if (query.length < 2) {
      setFound([]);
      return undefined;
    }
    let old = false;
    const timer = setTimeout(async () => {
      try {
        const { messages } = await ask('search', { query, count: MESSAGES });
        if (!old) setFound(messages);
      } catch {
        if (!old) setFound([]);
      }
    }, PAUSE_MS);
    return () => {
      old = true;
      clearTimeout(timer);
    };
  }, [query]);
  return found;
}

function optionsOf(query, messages) {
  return [
    ...people(query).map((row) => ({
      id: `p-${row.card}`,
      group: query ? 'people' : 'last',
      act: () => {
        go(`#/c/${row.card}`);
        focusWriting();
      },
      draw: () => html`<${Person} row=${row} query=${query} />`,
    })),
    ...messages.map((line) => ({
      id: `m-${line.message}`,
      group: 'messages',
      act: () => go(`#/c/${line.card}/m/${line.message}`),
      draw: () => html`<${Message} line=${line} query=${query} />`,
    })),
    ...things(query).map((deed) => ({
      id: `d-${deed.id}`,
      group: 'do',
      act: deed.act,
      draw: () => html`<${Deed} deed=${deed} query=${query} />`,
    })),
  ];
}

/** The palette. */
export function Find({ text = '' }) {
  const [query, setQuery] = useState(text);
  const [at, setAt] = useState(0);
  const messages = useMessages(query.trim());
  const chats = use((state) => state.chats);
  const options = useMemo(() => optionsOf(query.trim(), messages), [query, messages, chats]);
  const list = useRef(null);
  const now = Math.min(at, options.length - 1);

  useEffect(() => {
    const option = list.current && list.current.querySelector('[aria-selected=true]');
    if (option) option.scrollIntoView({ block: 'nearest' });
  }, [now, options]);

  const take = (option) => {
    if (!option) return;
    close();
    // The dialog gives focus back when it goes; what the option does comes after that.
    setTimeout(() => option.act());
  };
  const keys = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((now + step + options.length) % options.length);
    else if (event.key === 'Enter' && !event.isComposing) take(options[now]);
    else return;
    event.preventDefault();
  };
  return html`<${Dialog} label=${t('find.label')} onClose=${close} class="palette">
    <div class="palette-ask">
      <${Icon} name="search" />
      <input
        autofocus
        role="combobox"
        aria-label=${t('find.label')}
        aria-expanded="true"
        aria-controls="found"
        aria-activedescendant=${options[now] ? domId(options[now]) : undefined}
        autocomplete="off"
        spellcheck="false"
        placeholder=${t('find.open')}
        value=${query}
        onInput=${(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown=${keys}
      />
      <button class="kbd" type="button" onClick=${close} tabindex="-1">
        Esc<span class="unseen"> ${t('parts.close')}</span>
      </button>
    </div>
    <div id="found" class="palette-list" role="listbox" aria-label=${t('find.found')} ref=${list}>
      ${grouped(options).map(
        ([
          group,
          rows,
        ]) => html`<div role="group" aria-label=${t(`find.group_${group}`)} key=${group}>
          <div class="palette-cap" aria-hidden="true">${t(`find.group_${group}`)}</div>
          ${rows.map(
            (option) => html`<div
              key=${option.id}
              id=${domId(option)}
              class="palette-option"
              role="option"
              aria-selected=${option === options[now] ? 'true' : 'false'}
              onMouseMove=${() => options.indexOf(option) !== now && setAt(options.indexOf(option))}
              onClick=${() => take(option)}
            >
              ${option.draw()}
            </div>`,
          )}
        </div>`,
      )}
      ${!options.length && html`<p class="palette-none" role="option" aria-selected="false">${t('find.nothing')}</p>`}
    </div>
  <//>`;
}

function domId(option) {
  return `found-${option.id.replace(/[^\w-]/g, '_')}`;
}

function grouped(options) {
  const groups = new Map();
  for (const option of options) {
    if (!groups.has(option.group)) groups.set(option.group, []);
    groups.get(option.group).push(option);
  }
  return [...groups];
}

/** A text with what was searched for marked. */
function Found({ text, query }) {
  const parts = around(text, query);
  return parts ? html`${parts[0]}<mark>${parts[1]}</mark>${parts[2]}` : text;
}

function Person({ row, query }) {
  const way = use((state) => state.ways.get(row.card));
  const name = nameOf(row);
  return html`<${Face} card=${row.card} name=${name} size="s" />
    <span class="palette-words"><${Found} text=${name} query=${query} /></span>
    ${
      row.card !== 'me' &&
      html`<small class="wide-only">${wayWord(way)}</small>
      <${WayMark} way=${way ? way.way : 'unknown'} others=${way ? way.others : 0} />`
    }`;
}

function Message({ line, query }) {
  const row = get().chats.byCard.get(line.card);
  const name = row ? nameOf(row) : '';
  const from = t(line.mine ? 'find.to' : 'find.from', { name, time: when(line.at) });
  return html`<${Icon} name="words" />
    <span class="palette-words"><${Found} text=${line.text || ''} query=${query} /> <em>${from}</em></span>`;
}

function Deed({ deed, query }) {
  return html`<${Icon} name=${deed.icon} />
    <span class="palette-words"><${Found} text=${deed.words} query=${query} /></span>
    ${deed.keys && html`<${Keys} keys=${deed.keys} />`}`;
}
