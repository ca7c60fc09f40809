/** Screens that are loaded when they are first shown, or before that when the page has nothing to do. */
import { html, useEffect, useState } from '../vendor/htm-preact.js';
import { on } from './link.js';
import { get } from './store.js';

const all = [];

/**
 * A component that stands for one of a module.
 *
 * @param {Function} load imports the module
 * @param {string} name the name that it exports
 */
export function lazy(load, name) {
  let found = null;
  let loading = null;
  const fetch = () => {
    // What could not be fetched, since the daemon is away, is fetched when it is wanted again.
    loading ??= load().then(
      (module) => {
        found = module[name];
        if (!found) throw new Error(`no ${name}`);
      },
      (error) => {
        loading = null;
        if (get().linkUp) throw error;
      },
    );
    return loading;
  };
  all.push(fetch);
  return function Lazy(props) {
    const [, again] = useState(0);
    useEffect(() => {
      if (found) return undefined;
      const show = () => fetch().then(() => again((n) => n + 1), console.error);
      show();
      return on('up', show);
    }, []);
    return found ? html`<${found} ...${props} />` : null;
  };
}

/** Loads all of them, one after the other, while nothing else is to be done. */
export async function loadAll() {
  const idle = window.requestIdleCallback || ((fn) => setTimeout(fn, 50));
  for (const fetch of all) {
    await new Promise((done) => idle(done));
    await fetch().catch(console.error);
  }
}
