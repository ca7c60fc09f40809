/** What is done to a whole conversation. Each is done at once, with a way back. */
import { ask } from '../../base/link.js';
import { get } from '../../base/store.js';
import { patch } from '../../base/sync.js';
import { t } from '../../base/words.js';
import { toast } from '../../parts/toast.js';

const BACK = {
  pin: 'unpin',
  unpin: 'pin',
  mute: 'unmute',
  unmute: 'mute',
  archive: 'unarchive',
  unarchive: 'archive',
};
const KEYS = { pin: 'pinned', mute: 'muted', archive: 'archived' };

/** Does one of pin, unpin, mute, unmute, archive, unarchive, and shows how to undo it. */
export async function act(card, what, { quiet = false } = {}) {
  const on = !what.startsWith('un');
  const key = KEYS[on ? what : what.slice(2)];
  const before = get().chats.byCard.get(card);
  if (!before) return;
  patch(card, { [key]: on });
  try {
    await ask('contact', { who: card, act: what });
    const name = nameOf(before);
    if (!quiet)
      toast(t(`chats.did_${what}`, { name }), {
        undo: () => act(card, BACK[what], { quiet: true }),
      });
  } catch (error) {
    patch(card, { [key]: before[key] });
    if (error.reason !== 'stopped') console.error(error);
    toast(t('chats.not_done'));
  }
}

/** Marks all messages of a conversation as read. */
export async function readAll(card) {
  const row = get().chats.byCard.get(card);
  if (!row || !row.last) return;
  patch(card, { unread: 0 });
  await ask('read', { who: card, message: row.last.message }).catch((error) => {
    if (error.reason !== 'stopped') console.error(error);
  });
}

/** The name of a conversation as it is shown. */
export function nameOf(row) {
  return row.card === 'me' ? t('chats.notes') : row.name || t('chats.nameless');
}

/** What a menu of a conversation offers. */
export function menuOf(row) {
  const { card } = row;
  const flip = (key, on, off, icon) => ({
    icon,
    words: t(row[key] ? `chats.${off}` : `chats.${on}`),
    act: () => act(card, row[key] ? off : on),
  });
  return [
    row.unread > 0 && { icon: 'check', words: t('chats.read_all'), act: () => readAll(card) },
    flip('pinned', 'pin', 'unpin', 'pin'),
    card !== 'me' && flip('muted', 'mute', 'unmute', row.muted ? 'bell' : 'mute'),
    flip('archived', 'archive', 'unarchive', 'archive'),
    card !== 'me' && {
      icon: 'person',
      words: t('chats.about'),
      act: () => {
        location.hash = `#/person/${card}`;
      },
    },
  ];
}
