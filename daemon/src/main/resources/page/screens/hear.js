/** What screen readers are told: new messages, the lock, that the node ended or came back. */
import { on } from '../base/link.js';
import { get, watch } from '../base/store.js';
import { t } from '../base/words.js';
import { calm, say } from '../parts/live.js';
import { nameOf } from './chats/actions.js';

const news = new Map();

function came(line) {
  const { route, chats } = get();
  const row = chats.byCard.get(line.card);
  if (!row || line.mine || line.note || row.muted) return;
  const name = nameOf(row);
  if (route.card === line.card && !document.hidden) {
    say(t('app.says', { name, text: line.text || '' }), { about: line.message });
    return;
  }
  const n = (news.get(line.card) || 0) + 1;
  news.set(line.card, n);
  say(t('app.new_from', { name, n }), { about: line.card });
}

/** What needs a decision is said; that something arrived only if one asked for it, and once. */
function went({ card, message, state }) {
  const { settings, chats } = get();
  const row = chats.byCard.get(card);
  if (!row) return;
  const name = nameOf(row);
  if (state === 'failed') say(t('app.failed_to', { name }), { about: message });
  if (state === 'delivered' && settings.sayDelivery) {
    say(t('settings.saidDelivered', { name }), { about: `delivered ${message}` });
  }
}

/** Begins. */
export function start() {
  on('message', (event) => came(event.line || event));
  on('progress', went);
  let phase = get().phase;
  watch(() => {
    const now = get();
    if (now.route.card) news.delete(now.route.card);
    if (now.phase === phase) return;
    // Speaking changes the state too: what is heard of it must not speak again.
    const before = phase;
    phase = now.phase;
    calm();
    if (now.phase === 'stopped') say(t('app.stopped'), { urgent: true });
    if (now.phase === 'locked') say(t('app.locked'), { urgent: true });
    if (now.phase === 'ready' && before === 'stopped') {
      say('', { urgent: true });
      say(t('app.again'));
    }
  });
}
