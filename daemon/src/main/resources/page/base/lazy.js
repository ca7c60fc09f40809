/** Screens that are loaded when they are first shown, or before that when the page has nothing to do. */
import { html, useEffect, useState } from '../vendor/htm-preact.js';

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
    loading ??= load().then((module) => {
      found = module[name];
      if (!found) throw new Error(`no ${name}`);
    });
    return loading;
  };
  all.push(fetch);
  return function Lazy(props) {
    const [, again] = useState(0);
    useEffect(() => {
      if (!found) fetch().then(() => again(1), console.error);
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
