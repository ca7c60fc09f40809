/** The one polite voice for screen readers: at most one sentence in five seconds. */
import { html } from '../vendor/htm-preact.js';
import { get, set, use } from '../base/store.js';

const PAUSE_MS = 5000;

let waiting = [];
let last = 0;
let timer = 0;

/**
 * Says something to screen readers. What comes too fast waits; of two with the same `about` only the
 * later one is said.
 *
 * @param {string} words a sentence
 * @param {{about?: string, urgent?: boolean}} [how] `urgent` interrupts: the lock, the node's end
 */
export function say(words, { about = words, urgent = false } = {}) {
  if (urgent) {
    set({ alarm: words });
    return;
  }
  waiting = [...waiting.filter((each) => each.about !== about), { about, words }];
  clearTimeout(timer);
  timer = setTimeout(speak, Math.max(0, last + PAUSE_MS - Date.now()));
}

/** What was urgent is over: nobody shall find it who reads the page later. */
export function calm() {
  if (get().alarm) set({ alarm: '' });
}

function speak() {
  last = Date.now();
  const words = waiting.map((each) => each.words).join('. ');
  waiting = [];
  // The same words twice are a change too: some readers are silent else.
  set({ spoken: get().spoken === words ? `${words}\u00a0` : words });
}

/** Where it is said. */
export function Live() {
  const spoken = use((state) => state.spoken);
  const alarm = use((state) => state.alarm);
  return html`<div class="unseen">
    <div role="status" aria-live="polite">${spoken}</div>
    <div role="alert" aria-live="assertive">${alarm}</div>
  </div>`;
}
