/**
 * The one state of the page. It flows one way: the daemon's events change it, the view shows it.
 *
 * State: `{phase, linkUp, lang, me, settings, chats, talks, pending, network, ways, carry, toasts,
 * route, panel}`. `phase` is one of opening, unopened, first, ready, locked, stopped, gone, failed.
 */
import { useLayoutEffect, useRef, useState } from '../vendor/htm-preact.js';

let state = {
  phase: 'opening',
  linkUp: false,
  lang: '',
  me: null,
  settings: {},
  chats: { byCard: new Map(), order: [], more: true, unread: 0 },
  talks: new Map(),
  pending: [],
  network: null,
  ways: new Map(),
  carry: null,
  toasts: [],
  route: { screen: 'chats' },
  panel: null,
};
const watchers = new Set();

/** The state as it is now. Never change it in place. */
export function get() {
  return state;
}

/**
 * Changes the state.
 *
 * @param {Function|Object} change the keys to change, or a function from the state to them
 */
export function set(change) {
  const part = typeof change === 'function' ? change(state) : change;
  if (!part || part === state) return;
  state = { ...state, ...part };
  for (const watcher of [...watchers]) watcher();
}

/** Calls `fn` after each change, until the function that it answers with is called. */
export function watch(fn) {
  watchers.add(fn);
  return () => watchers.delete(fn);
}

/**
 * A hook: what `selector` picks from the state. The component is drawn again when that changed by
 * `Object.is`, so a selector answers a part of the state or a plain value, never a new object.
 */
export function use(selector) {
  const [, again] = useState(0);
  const seen = useRef(null);
  const value = selector(state);
  seen.current = { selector, value };
  useLayoutEffect(() => {
    const look = () => {
      const { selector: pick, value: before } = seen.current;
      if (!Object.is(pick(state), before)) again((n) => n + 1);
    };
    look();
    return watch(look);
  }, []);
  return value;
}
