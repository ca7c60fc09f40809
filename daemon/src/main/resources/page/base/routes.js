/** Where the page is: the fragment of the address, as an object in the store. No DOM but the address. */
import { get, set } from './store.js';

/** Below this width there is one column at a time. */
export const PHONE = 720;

const CARD = /^(me|[0-9a-f]{64})$/;

/**
 * A fragment as a route: `{screen, card?, message?, part?, page?}`.
 *
 * @param {string} hash with or without its `#`
 */
export function parse(hash) {
  const [, room = '', a = '', b = '', c = ''] = hash.replace(/^#/, '').split('/').map(plain);
  switch (room) {
    case 'c':
      if (!CARD.test(a)) break;
      return b === 'm' && c ? { screen: 'talk', card: a, message: c } : { screen: 'talk', card: a };
    case 'invite':
    case 'accept':
    case 'connection':
      return { screen: room };
    case 'person':
    case 'verify':
      if (!CARD.test(a)) break;
      return { screen: room, card: a };
    case 'settings':
      return { screen: 'settings', part: a };
    case 'help':
      return { screen: 'help', page: a };
    default:
  }
  return { screen: 'chats' };
}

function plain(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/**
 * Goes to a place of the page.
 *
 * @param {string} hash as `#/invite`
 * @param {{replace?: boolean}} how `replace` leaves no step to go back to
 */
export function go(hash, { replace = false } = {}) {
  if (location.hash === hash) {
    take();
  } else if (replace) {
    history.replaceState(null, '', hash || location.pathname);
    take();
  } else {
    location.hash = hash;
  }
}

/** One step back, or to the list where there is none. */
export function back() {
  if (history.length > 1) history.back();
  else go('#/', { replace: true });
}

/**
 * Opens the panel: `{kind:'truth', message}`, `{kind:'search', card}`, ... On a phone that is a step
 * of the history, so that Back closes it.
 */
export function openPanel(panel) {
  if (innerWidth < PHONE && !get().panel) history.pushState({ panel: true }, '', location.hash);
  set({ panel });
}

/** Closes the panel. */
export function closePanel() {
  if (history.state && history.state.panel) history.back();
  else set({ panel: null });
}

function take() {
  const route = parse(location.hash);
  const before = get().route;
  const same = before.screen === route.screen && before.card === route.card;
  set(same ? { route } : { route, panel: null });
}

/** Begins to follow the address. */
export function start() {
  addEventListener('hashchange', take);
  addEventListener('popstate', (event) => {
    if (!(event.state && event.state.panel)) set({ panel: null });
  });
  take();
}
