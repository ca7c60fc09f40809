/** Screens that are loaded when they are first shown, or before that when the page has nothing to do. */
import { html, useLayoutEffect, useState } from '../vendor/htm-preact.js';
import { on } from './link.js';
import { get } from './store.js';

const all = [];

/**
 * A component that stands for one of a module.
 *
 * @param {Function} load imports the module
 * @param {string} name the name that it exports
 * @param {Object[]} others components of this kind that are there no later than this one: what a key
 *     opens within it, and what takes the next letters
 */
export function lazy(load, name, others = []) {
  let found = null;
  let loading = null;
  const fetch = () => {
    // What could not be fetched, since the daemon is away, is fetched when it is wanted again.
    loading ??= Promise.all([load(), ...others.map((other) => other.fetch())]).then(
      ([module]) => {
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
  function Lazy(props) {
    const [, again] = useState(0);
    // In the same task as the drawing: what came between the two would never be shown.
    useLayoutEffect(() => {
      if (found) return undefined;
      const show = () => fetch().then(() => again((n) => n + 1), console.error);
      show();
      return on('up', show);
    }, []);
    return found ? html`<${found} ...${props} />` : null;
  }
  Lazy.fetch = fetch;
  return Lazy;
}

/** Loads all of them, one after the other, while nothing else is to be done. */
export async function loadAll() {
  const idle = window.requestIdleCallback || ((fn) => setTimeout(fn, 50));
  for (const fetch of all) {
    await new Promise((done) => idle(done));
    await fetch().catch(console.error);
  }
}
