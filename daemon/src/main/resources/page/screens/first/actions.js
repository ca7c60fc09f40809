/** What the first run does with the daemon. A reload goes on at the step where it was left. */
import { ask } from '../../base/link.js';
import { get, set } from '../../base/store.js';
import { finishFirst, setting } from '../../base/sync.js';

/** Bytes that base64 takes at once; a passphrase is far below. */
export function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Makes who we are: the name, the passphrase if there is one, and where the first run stands. */
export async function makeMe({ name, passphrase }) {
  // Whatever the daemon tells meanwhile (the store is there and open), the first run goes on.
  set({ firstRun: true });
  const me = await ask('me', { name });
  set({ me });
  if (passphrase) await ask('passphrase', { new: base64(passphrase) });
  const { language } = get();
  await setting(language ? { firstStep: 2, language } : { firstStep: 2 });
}

/** The recovery words; null once they are only on paper. */
export async function recoveryWords() {
  try {
    return (await ask('me', { words: true })).words;
  } catch (failure) {
    if (failure.reason === 'not_possible') return null;
    throw failure;
  }
}

/** They are on paper, and this computer forgets them. */
export async function wordsWritten() {
  set({ me: await ask('me', { wordsKept: true }) });
}

/** Remembers where the first run stands, and what else is to be known later. */
export const reached = (firstStep, more = {}) => setting({ firstStep, ...more });

/** Says how much is carried for others: bytes a day, 0 for nothing. */
export const carry = (perDay) => ask('carry', { perDay });

/** The first run is over. */
export async function finish() {
  set({ firstRun: false });
  await finishFirst();
}
