/** Why an invitation does nothing, in words: which it is, and what to do. */
import { t } from '../../base/words.js';
import { date } from '../../base/times.js';

const NEW = (title) => ({ title: t(title), hint: t('meet.askNew') });

/** What the daemon's reasons mean for whoever accepts. */
const REASONS = {
  expired: () => NEW('meet.badExpired'),
  used: () => ({ title: t('meet.badUsed'), hint: t('meet.badUsedHint') }),
  cancelled: () => NEW('meet.badCancelled'),
  own: () => ({ title: t('meet.badOwn'), hint: t('meet.badOwnHint') }),
  already_friends: () => ({ title: t('meet.badFriends'), known: true }),
  blocked: () => ({ title: t('meet.badBlocked'), hint: t('meet.badBlockedHint') }),
  too_many_tries: () => NEW('meet.badTries'),
  not_the_inviter: () => ({ title: t('meet.badProof'), hint: t('meet.badProofHint') }),
  too_many: () => ({ title: t('meet.badMany'), hint: t('meet.badManyHint') }),
  locked: () => ({ title: t('meet.badLocked') }),
  not_reached: ({ kind }) => ({
    title: t('meet.badReached'),
    hint: t(kind === 'link' ? 'meet.badReachedLink' : 'meet.badReachedCode'),
    again: true,
  }),
  wrong_code: ({ failure }) => {
    const left = Number.parseInt((/\d+/.exec(failure.error) || ['0'])[0], 10);
    return { title: t('meet.badCode'), hint: t('meet.badCodeHint', { n: left }) };
  },
  other_network: ({ failure }) => {
    const network = failure.error.replace(/^.* network /, '');
    return { title: t('meet.badNetwork'), hint: t('meet.badNetworkHint', { network }) };
  },
  malformed: ({ failure, kind }) =>
    kind === 'link' ? bad('typed') : { title: t('meet.badCode'), hint: misheard(failure.error) },
};

/** The daemon names the word that is none of the list, and what it may be. */
function misheard(error) {
  const found = /^word (\d+), "([^"]*)"(?:.*mean "([^"]*)")?/.exec(error);
  if (!found) return t('meet.badCodeWords');
  const [, n, word, meant] = found;
  return t(meant ? 'meet.badCodeMeant' : 'meet.badCodeWord', { n: Number(n), word, meant });
}

/** Why an attempt failed. */
export function why(attempt) {
  const { failure } = attempt;
  const known = REASONS[failure.reason];
  if (known) return known(attempt);
  return { title: t('meet.badOther'), hint: failure.error, again: true };
}

const BAD = {
  not: ['badNot', 'badNotHint'],
  cut: ['badCut', 'badCutHint'],
  typed: ['badTyped', 'badTypedHint'],
  version: ['badVersion', 'badVersionHint'],
};

/** Why what was pasted is no good, before anybody is asked. */
export function bad(kind) {
  const [title, hint] = BAD[kind];
  return { title: t(`meet.${title}`), hint: t(`meet.${hint}`) };
}

/** What is wrong with a link that reads well: it ended, or is for another network. Else null. */
export function unfit({ expires, network }, ours, now = Date.now()) {
  if (ours && network !== ours) {
    return { title: t('meet.badNetwork'), hint: t('meet.badNetworkHint', { network }) };
  }
  if (expires <= now) {
    return { title: t('meet.badExpired'), hint: t('meet.badExpiredHint', { date: date(expires) }) };
  }
  return null;
}
