/** The page: starts the link and the store, and shows what the phase and the route ask for. */
import { html, render } from './vendor/htm-preact.js';
import * as keys from './base/keys.js';
import { loadAll } from './base/lazy.js';
import * as link from './base/link.js';
import * as look from './base/look.js';
import * as routes from './base/routes.js';
import { use } from './base/store.js';
import * as sync from './base/sync.js';
import { speak } from './base/words.js';
import { Shell } from './screens/shell.js';
import { First, Gate } from './screens/rooms.js';
import { Toasts } from './parts/toast.js';

/** Phases in which nothing can be shown but the gate. */
const SHUT = new Set(['unopened', 'locked', 'gone', 'failed']);

function Page() {
  const phase = use((state) => state.phase);
  const before = use((state) => state.before);
  use((state) => state.lang);
  const shown = phase === 'stopped' && before && before !== 'opening' ? before : phase;
  if (shown === 'opening') return null;
  if (shown === 'first') return html`<${First} /><${Toasts} />`;
  if (SHUT.has(shown) || shown === 'stopped') return html`<${Gate} />`;
  return html`<${Shell} />`;
}

async function start() {
  await speak(document.documentElement.lang);
  look.start();
  keys.start();
  routes.start();
  sync.start();
  render(html`<${Page} />`, document.getElementById('root'));
  link.on('loaded', loadAll);
  await link.start();
}

start();
