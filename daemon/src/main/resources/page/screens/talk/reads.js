/**
 * Tells the daemon what was read: only lines that were really in sight while the tab was shown and
 * had the focus.
 */
import { ask } from '../../base/link.js';
import { get } from '../../base/store.js';
import { seen } from './actions.js';
import { find } from './lines.js';
import { lastInSight } from './scrolling.js';
import { attended } from './view.js';

/** A glance while scrolling past is gathered with the next. */
const PAUSE_MS = 250;

const told = new Map();
let timer = 0;

/** Looks what is in sight; call after each scroll, change and return to the tab. */
export function look(card, port, list) {
  if (card === 'me' || timer) return;
  timer = setTimeout(() => {
    timer = 0;
    if (port.isConnected && attended()) tell(card, port, list);
  }, PAUSE_MS);
}

function tell(card, port, list) {
  const talk = get().talks.get(card);
  let row = lastInSight(port, list);
  if (!talk || !row) return;
  let line;
  for (; row; row = row.previousElementSibling) {
    line = row.dataset.message && find(talk, row.dataset.message);
    if (line && !line.mine && !line.note) break;
  }
  if (!row || !line) return;
  const last = told.get(card);
  const chat = get().chats.byCard.get(card);
  if (last && (last.message === line.message || (last.order && line.order && last.order >= line.order))) {
    return;
  }
  told.set(card, line);
  if (!last && chat && !chat.unread) return;
  ask('read', { who: card, message: line.message }).then(
    () => seen(card, line.message),
    () => told.delete(card),
  );
}
