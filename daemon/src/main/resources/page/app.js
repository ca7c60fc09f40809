/** The page: starts the link and the store, and shows what the phase and the route ask for. */
import { html, render } from './vendor/htm-preact.js';
import * as keys from './base/keys.js';
import { loadAll } from './base/lazy.js';
import * as link from './base/link.js';
import * as look from './base/look.js';
import * as routes from './base/routes.js';
import { use } from './base/store.js';
import * as sync from './base/sync.js';
import { speak, t } from './base/words.js';
import { Mark } from './parts/icon.js';
import * as hear from './screens/hear.js';
import * as keyboard from './screens/keyboard.js';
import * as notify from './screens/notify.js';
import { Gate } from './screens/gate/gate.js'; // never later: it says that the daemon is away
import { Shell } from './screens/shell.js';
import * as title from './screens/title.js';
import { First } from './screens/rooms.js';
import { Live } from './parts/live.js';
import { Toasts } from './parts/toast.js';

/** Phases in which nothing can be shown but the gate. */
const SHUT = new Set(['unopened', 'locked', 'gone', 'failed']);

function Page() {
  const phase = use((state) => state.phase);
  const before = use((state) => state.before);
  use((state) => state.lang);
  const shown = phase === 'stopped' && before && before !== 'opening' ? before : phase;
  if (shown === 'opening') return html`<${Opening} />`;
  if (shown === 'first') return html`<${First} /><${Toasts} /><${Live} />`;
  if (SHUT.has(shown) || shown === 'stopped') return html`<${Gate} /><${Live} />`;
  return html`<${Shell} />`;
}

/** Seen only if it takes longer than a moment. */
function Opening() {
  return html`<main class="opening" data-screen="opening">
    <${Mark} />
    <p class="hint" role="status">${t('app.opening')}</p>
  </main>`;
}

async function start() {
  try {
    await speak(document.documentElement.lang);
  } catch {
    // The daemon went while the page opened. What it must say is there; the rest comes with it.
    link.on('up', () => location.reload());
  }
  look.start();
  keys.start();
  routes.start();
  sync.start();
  keyboard.start();
  title.start();
  hear.start();
  notify.start();
  render(html`<${Page} />`, document.getElementById('root'));
  link.on('loaded', loadAll);
  await link.start();
}

start();
