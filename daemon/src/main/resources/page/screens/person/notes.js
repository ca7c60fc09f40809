/** What happened with a person besides messages: the notes among the last lines. */
import { ask } from '../../base/link.js';
import { t } from '../../base/words.js';

/** So many lines are looked through, and so many notes shown. */
const LINES = 300;
const MOST = 8;

const WORDS = {
  met: 'noteMet',
  session_renewed: 'noteSession',
  new_device: 'noteDevice',
  device_revoked: 'noteRevoked',
  device_fork: 'noteFork',
  clock_differs: 'noteClock',
  renamed: 'noteRenamed',
  from_newer_version: 'noteNewer',
};

/** The notes, the newest first: `{at, words, bad}`. */
export async function happened(card) {
  const { messages } = await ask('history', { who: card, count: LINES });
  return messages
    .filter((line) => line.note && WORDS[line.note])
    .map((line) => ({
      at: line.at,
      words: t(`person.${WORDS[line.note]}`),
      bad: line.note === 'device_fork',
    }))
    .reverse()
    .slice(0, MOST);
}
