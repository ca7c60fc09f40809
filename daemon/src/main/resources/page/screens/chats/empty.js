/** The middle when no conversation is open: how to begin, or a quiet place. */
import { html } from '../../vendor/htm-preact.js';
import { use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { Icon, Mark } from '../../parts/icon.js';
import { BannerSlot } from '../banner.js';

/** One way to begin: a link with what it does. */
function Begin({ href, icon, title, hint, first = false }) {
  return html`<a class=${`choice ${first ? 'first-one' : ''}`} href=${href}>
    <span class="choice-icon"><${Icon} name=${icon} /></span>
    <span><b>${title}</b><span>${hint}</span></span>
    <${Icon} name="next" small />
  </a>`;
}

/** No people yet: one drawing, one sentence, and the two ways to begin. */
function Start() {
  return html`<main class="blank" id="main" data-screen="empty">
    <${BannerSlot} />
    <svg class="begin-way" viewBox="0 0 300 96" aria-hidden="true">
      <path class="points" d="M34 62C80 10 110 90 150 48S230 20 266 40" />
      <circle class="you" cx="34" cy="62" r="11" />
      <circle class="other" cx="94.25" cy="51.25" r="6" />
      <circle class="other" cx="209.5" cy="20.75" r="6" />
      <circle class="them" cx="266" cy="40" r="10" />
    </svg>
    <div class="blank-says">
      <h1>${t('chats.begin')}</h1>
      <p class="lead">${t('chats.begin_hint')}</p>
    </div>
    <div class="choices" role="group" aria-label=${t('chats.begin_by')}>
      <${Begin} first href="#/invite" icon="personplus" title=${t('chats.invite')} hint=${t('chats.invite_hint')} />
      <${Begin} href="#/accept" icon="link" title=${t('chats.accept')} hint=${t('chats.accept_hint')} />
    </div>
  </main>`;
}

/** What the middle shows on the route of the list. */
export function Empty() {
  const people = use((state) => state.chats.byCard.size - (state.chats.byCard.has('me') ? 1 : 0));
  if (people === 0) return html`<${Start} />`;
  return html`<main class="blank quiet" id="main" data-screen="none-open">
    <${BannerSlot} />
    <h1 class="unseen">Wayfolk</h1>
    <${Mark} />
    <p class="hint">${t('chats.choose')}</p>
  </main>`;
}
