/**
 * Desktop notifications: only if the settings say so, only while nobody looks at a page of this home,
 * and only by one of its tabs. What they say follows `notifyText`; muted conversations say nothing.
 */
import { on } from '../base/link.js';
import { go } from '../base/routes.js';
import { get } from '../base/store.js';
import { setting } from '../base/sync.js';
import { t } from '../base/words.js';

/** The beginning of a text that is shown. */
const TEXT = 160;
/** How long the other tabs have to say that somebody looks at them. */
const LOOK_MS = 80;
/** Older messages that came only now tell nothing new. */
const OLD_MS = 15 * 60_000;

let first = false;
let seen = false;
let tabs = null;
/** Somebody wrote since this page was opened, or before it. */
let wrote = false;

/** Begins: the tab that gets the lock is the one that shows. The next takes over when it closes. */
export function start() {
  if (!('Notification' in window)) return;
  tabs = new BroadcastChannel('wayfolk.looks');
  tabs.onmessage = ({ data }) => {
    if (data === 'who looks' && looks()) tabs.postMessage('i look');
    if (data === 'i look') seen = true;
  };
  if (navigator.locks) {
    navigator.locks.request('wayfolk.notifies', () => {
      first = true;
      return new Promise(() => {});
    });
  } else {
    first = true;
  }
  on('message', (event) => came(event.line || event));
}

function looks() {
  return !document.hidden && document.hasFocus();
}

async function came(line) {
  const { settings, chats } = get();
  if (!first || settings.notify !== true || Notification.permission !== 'granted') return;
  if (line.mine || line.note || line.card === 'me' || looks()) return;
  const row = chats.byCard.get(line.card);
  if (!row || row.muted || row.blocked || Date.now() - Date.parse(line.at) > OLD_MS) return;
  seen = false;
  tabs.postMessage('who looks');
  await new Promise((done) => setTimeout(done, LOOK_MS));
  if (!seen) show(line, row, settings);
}

function show(line, row, settings) {
  const open = settings.notifyText !== false;
  const shown = new Notification(open ? row.name : 'Wayfolk', {
    body: open ? (line.text || '').slice(0, TEXT) : t('app.notify_hidden'),
    tag: open ? line.card : 'wayfolk',
    renotify: true,
    icon: 'icon.svg',
  });
  shown.onclick = () => {
    focus();
    go(`#/c/${line.card}`);
    shown.close();
  };
}

/** Whether it is time to ask: somebody wrote, and nothing was answered yet. */
export function canAsk({ settings, chats, phase }) {
  if (phase !== 'ready' || settings.notify !== undefined) return false;
  if (!('Notification' in window) || Notification.permission === 'denied') return false;
  if (!wrote) wrote = [...chats.byCard.values()].some(isFromOther);
  return wrote;
}

function isFromOther({ card, last }) {
  return card !== 'me' && Boolean(last) && !last.mine && !last.note;
}

/**
 * Turns notifications on: asks the browser, then keeps the setting.
 *
 * @returns {Promise<string>} the browser's answer: `granted`, `denied`, `default`
 */
export async function turnOn() {
  const answer = await Notification.requestPermission();
  await setting({ notify: answer === 'granted' });
  return answer;
}
