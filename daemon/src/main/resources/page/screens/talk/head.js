/** The head of a conversation: who it is, the way there, and what else can be opened. */
import { html, useEffect, useRef, useState } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { back, openPanel } from '../../base/routes.js';
import { use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { Banner } from '../../parts/banner.js';
import { IconButton } from '../../parts/button.js';
import { Face } from '../../parts/face.js';
import { Icon } from '../../parts/icon.js';
import { WayMark, wayTone, wayWord } from '../../parts/way.js';
import { useDiffers } from '../person/actions.js';
import { wayNow } from './forecast.js';

/** Name, verified or not, way. */
export function Head({ card, chat, name }) {
  const me = card === 'me';
  return html`<header class="bar">
    <${IconButton} class="bar-back" icon="back" label=${t('talk.back')} onClick=${back} />
    <div class="person">
      <${Face} card=${card} name=${name} size="s" />
      <div class="person-says">
        <div class="person-name">
          <h1>${me ? name : html`<a href=${`#/person/${card}`}>${name}</a>`}</h1>
          ${!me && chat && html`<${Verified} card=${card} chat=${chat} />`}
        </div>
        ${me ? html`<p class="where">${t('talk.notes_where')}</p>` : html`<${Where} card=${card} />`}
      </div>
    </div>
    <${IconButton} class="wide-only" icon="search" label=${t('talk.search_here')}
      onClick=${() => openPanel({ kind: 'search', card })} />
    ${!me && html`<${IconButton} class="wide-only" icon="more" label=${t('talk.about', { name })}
      href=${`#/person/${card}`} />`}
  </header>`;
}

function Verified({ card, chat }) {
  if (chat.verified) {
    return html`<span class="tag"><${Icon} name="shield" />${t('talk.verified')}</span>`;
  }
  return html`<a class="tag no" href=${`#/verify/${card}`}>${t('talk.not_verified')}</a>`;
}

/** A way that comes and goes is not shown coming and going. */
const STEADY_MS = 5000;

function useSteady(way) {
  const word = JSON.stringify(way);
  const [shown, show] = useState(word);
  const since = useRef(0);
  useEffect(() => {
    if (word === shown) return undefined;
    const wait = Math.max(0, since.current + STEADY_MS - Date.now());
    const timer = setTimeout(() => {
      since.current = Date.now();
      show(word);
    }, wait);
    return () => clearTimeout(timer);
  }, [word, shown]);
  return JSON.parse(shown);
}

function Where({ card }) {
  const way = use((state) => state.ways.get(card));
  const network = use((state) => state.network);
  const now = useSteady(wayNow(way, network));
  return html`<a class=${`where ${wayTone(now.way)}`} href="#/connection">
    <${WayMark} way=${now.way} others=${now.others} /><span>${wayWord(now)}</span>
  </a>`;
}

/** What is the matter with this person: one banner at a time, the worst first. */
export function PersonBanner({ card, chat, name }) {
  const differs = useDiffers(card);
  if (card === 'me' || !chat) return null;
  if (differs) {
    return html`<${Banner} tone="fail" icon="warn" title=${t('talk.differs', { name })}>
      ${t('talk.differs_says')}
    <//>`;
  }
  if (chat.archived) {
    const unarchive = () => ask('contact', { who: card, act: 'unarchive' }).catch(console.warn);
    return html`<${Banner} tone="calm" icon="archive" title=${t('talk.archived')}
      actions=${html`<button type="button" class="button small" onClick=${unarchive}>${t('talk.unarchive')}</button>`} />`;
  }
  return null;
}
