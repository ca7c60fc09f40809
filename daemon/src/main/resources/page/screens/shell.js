/** The ready page: the list, what the route shows, the panel. Its shapes by width are in shell.css. */
import { html, useEffect, useState } from '../vendor/htm-preact.js';
import { use } from '../base/store.js';
import { t } from '../base/words.js';
import { Live } from '../parts/live.js';
import { Toasts } from '../parts/toast.js';
import { Chats } from './chats/chats.js';
import { Empty } from './chats/empty.js';
import { Find } from './find/find.js';
import { Shortcuts } from './find/shortcuts.js';
import * as rooms from './rooms.js';

function middle(route) {
  switch (route.screen) {
    case 'talk':
      return html`<${rooms.Talk} key=${route.card} card=${route.card} message=${route.message} />`;
    case 'person':
      return html`<${rooms.Talk} key=${route.card} card=${route.card} />`;
    case 'invite':
      return html`<${rooms.Invite} />`;
    case 'accept':
      return html`<${rooms.Accept} />`;
    case 'verify':
      return html`<${rooms.Verify} key=${route.card} card=${route.card} />`;
    case 'connection':
      return html`<${rooms.Connection} />`;
    case 'settings':
      return html`<${rooms.Settings} part=${route.part} />`;
    case 'help':
      return html`<${rooms.Help} page=${route.page} />`;
    default:
      return html`<${Empty} />`;
  }
}

function side(route, panel) {
  if (panel && panel.kind === 'truth') {
    return html`<${rooms.Truth} key=${panel.message} message=${panel.message} />`;
  }
  if (panel && panel.kind === 'search') return html`<${rooms.Search} card=${panel.card} />`;
  if (route.screen === 'person')
    return html`<${rooms.Person} key=${route.card} card=${route.card} />`;
  return null;
}

/** Past the list, to where one writes or reads. */
function skip(event) {
  event.preventDefault();
  const to = document.querySelector('[data-area=compose]') || document.querySelector('main');
  if (!to) return;
  if (!to.hasAttribute('tabindex') && to.tagName === 'MAIN') to.setAttribute('tabindex', '-1');
  to.focus();
}

/** Below this width the panel takes the conversation's place, and is the main thing. */
const NARROW = matchMedia('(max-width: 899px)');
/** Below this one there is one column at a time, so the list is the main thing where it stands alone. */
const ONE = matchMedia('(max-width: 719px)');

function useMatch(query) {
  const [matches, say] = useState(query.matches);
  useEffect(() => {
    const look = () => say(query.matches);
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return matches;
}

/** The ready page. */
export function Shell() {
  const route = use((state) => state.route);
  const panel = use((state) => state.panel);
  const over = use((state) => state.over);
  const narrow = useMatch(NARROW);
  const one = useMatch(ONE);
  const people = use((state) => state.chats.order.length > (state.chats.byCard.has('me') ? 1 : 0));
  const beside = side(route, panel);
  const view = beside ? 'panel' : route.screen !== 'chats' ? 'middle' : people ? 'list' : 'empty';
  return html`<a class="skip" href="#main" onClick=${skip}>${t('app.skip')}</a>
    <div class=${`app ${beside ? 'three' : ''}`} data-view=${view}>
      <div class="app-side" role=${one && view === 'list' ? 'main' : undefined}>
        ${one && view === 'list' && html`<h1 class="unseen">${t('chats.landmark')}</h1>`}
        <${Chats} />
      </div>
      <div class="app-middle">${middle(route)}</div>
      ${
        beside &&
        html`<div class="app-panel" data-area="panel" tabindex="-1" role=${narrow ? 'main' : undefined}>
        ${beside}
      </div>`
      }
    </div>
    <${Toasts} />
    <${Live} />
    ${over && over.kind === 'find' && html`<${Find} text=${over.text} />`}
    ${over && over.kind === 'shortcuts' && html`<${Shortcuts} />`}`;
}
