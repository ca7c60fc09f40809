/** What is done about one person. Everything that can be undone is done at once, with a way back. */
import { ask } from '../../base/link.js';
import { go } from '../../base/routes.js';
import { get, use } from '../../base/store.js';
import { patch, setting } from '../../base/sync.js';
import { t } from '../../base/words.js';
import { toast } from '../../parts/toast.js';

/** So much of a card names it among one's own people. */
const SHORT = 16;

/** Asks the daemon to act, and shows what became of the person at once. */
export async function act(card, what, more = {}) {
  const contact = await ask('contact', { who: card, act: what, ...more });
  const { name, verified, blocked, muted, pinned, archived } = contact;
  if (name) patch(card, { name, verified, blocked, muted, pinned, archived });
  return contact;
}

/** Blocks, or takes it back; the toast has the other way. */
export async function block(card, name, on) {
  await act(card, on ? 'block' : 'unblock');
  const words = t(on ? 'person.nowBlocked' : 'person.nowUnblocked', { name });
  toast(words, { undo: () => act(card, on ? 'unblock' : 'block') });
}

/** Puts away from the list, or back into it. */
export async function archive(card, name, on) {
  await act(card, on ? 'archive' : 'unarchive');
  if (on) toast(t('person.nowArchived', { name }), { undo: () => act(card, 'unarchive') });
}

/** Forgets a person and the conversation: cannot be undone. */
export async function remove(card, name) {
  await ask('contact', { who: card, act: 'remove' });
  await mark(card, false);
  go('#/', { replace: true });
  toast(t('person.removed', { name }));
}

/** Says that the words were the same, or takes that back. */
export async function verified(card, name, same) {
  await act(card, 'verified', { same });
  await mark(card, false);
  const words = t(same ? 'person.nowVerified' : 'person.nowUnverified', { name });
  toast(words, { undo: () => act(card, 'verified', { same: !same }) });
}

/** Compares what was scanned from the other screen; rejects `not_the_inviter` if it is another's. */
export async function scanned(card, name, qr) {
  await act(card, 'scanned', { qr });
  await mark(card, false);
  toast(t('person.nowVerified', { name }), { undo: () => act(card, 'verified', { same: false }) });
}

/** Says that the words differed: the person is not verified, and the conversation is marked. */
export async function differ(card) {
  await act(card, 'verified', { same: false });
  await mark(card, true);
}

const marked = ({ settings }) => (Array.isArray(settings.differ) ? settings.differ : null);

async function mark(card, on) {
  const before = marked(get()) || [];
  const short = card.slice(0, SHORT);
  if (before.includes(short) === on) return;
  const next = on ? [...before, short] : before.filter((each) => each !== short);
  await setting({ differ: next });
}

/** A hook: whether the words of that person differed when they were compared last. */
export function useDiffers(card) {
  return (use(marked) || []).includes(card.slice(0, SHORT));
}
