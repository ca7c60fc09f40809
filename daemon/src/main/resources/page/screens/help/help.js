/** Help: short pages that need no network. */
import { html, useEffect } from '../../vendor/htm-preact.js';
import { MAC } from '../../base/keys.js';
import { t } from '../../base/words.js';
import { Frame } from '../frame.js';
import { Icon } from '../../parts/icon.js';
import { CopyLine } from '../../parts/pieces.js';
import { StateMark, stateWord } from '../../parts/state.js';
import { WayMark, wayWord } from '../../parts/way.js';
import { PAGES } from './pages.js';

/** The screen: the list of pages, or the one that is named. */
export function Help({ page }) {
  const at = PAGES.findIndex(({ id }) => id === page);
  useEffect(() => {
    const main = document.getElementById('main');
    if (main) main.scrollTo(0, 0);
  }, [page]);
  if (at < 0) return html`<${Contents} />`;
  const next = PAGES[at + 1];
  return html`<${Frame} screen="help" title=${t(`help.${page}`)}>
    <article class="help" data-page=${page}>
      ${PAGES[at].blocks.map((block) => BLOCKS[block.kind](block))}
    </article>
    <nav class="row-of-buttons help-nav" aria-label=${t('help.title')}>
      <a href="#/help">${t('help.all')}</a>
      ${next && html`<a href=${`#/help/${next.id}`}>${t('help.next', { title: t(`help.${next.id}`) })}</a>`}
    </nav>
  <//>`;
}

function Contents() {
  return html`<${Frame} screen="help" title=${t('help.title')}>
    <p class="lead">${t('help.lead')}</p>
    <ul class="card">
      ${PAGES.map(
        ({ id }) =>
          html`<li class="set one" key=${id}>
            <a class="help-link" href=${`#/help/${id}`}><b>${t(`help.${id}`)}</b></a>
            <${Icon} name="next" small />
          </li>`,
      )}
    </ul>
  <//>`;
}

const BLOCKS = {
  text: ({ key }) => html`<p>${t(`help.${key}`)}</p>`,
  heading: ({ key }) => html`<h2>${t(`help.${key}`)}</h2>`,
  list: ({ keys, ordered }) => {
    const items = keys.map((key) => html`<li>${t(`help.${key}`)}</li>`);
    return ordered
      ? html`<ol class="help-list">
          ${items}
        </ol>`
      : html`<ul class="help-list">
          ${items}
        </ul>`;
  },
  command: ({ text }) => html`<${CopyLine} text=${text} label=${text} />`,
  terms: ({ keys }) =>
    html`<dl class="help-terms">
      ${keys.map(
        (key) =>
          html`<div>
            <dt>${t(`help.${key}`)}</dt>
            <dd>${t(`help.${key}1`)}</dd>
          </div>`,
      )}
    </dl>`,
  states: ({ names }) =>
    html`<dl class="help-marks">
      ${names.map(
        (name) =>
          html`<div>
            <dt><${StateMark} state=${name} />${stateWord(name)}</dt>
            <dd>${t(`help.mark${capital(name)}1`)}</dd>
          </div>`,
      )}
    </dl>`,
  ways: ({ names }) =>
    html`<dl class="help-marks">
      ${names.map(
        (name) =>
          html`<div>
            <dt><${WayMark} way=${name} others=${2} />${wayWord({ way: name, others: 2 })}</dt>
            <dd>${t(`help.way${capital(name)}1`)}</dd>
          </div>`,
      )}
    </dl>`,
  keys: ({ rows }) =>
    html`<dl class="help-keys">
      ${rows.map(
        ([keys, word]) =>
          html`<div>
            <dt>${t(`help.${word}`)}</dt>
            <dd>
              ${keys.map((key) => html`<kbd class="kbd">${key === 'Main' ? (MAC ? '⌘' : 'Ctrl') : key}</kbd>`)}
            </dd>
          </div>`,
      )}
    </dl>`,
};

const capital = (word) => word[0].toUpperCase() + word.slice(1);
