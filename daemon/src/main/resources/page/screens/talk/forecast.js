/** What will become of a message that is sent now, before it is: plain words or nothing. */
import { t } from '../../base/words.js';

/** Whether this node has a link to anyone; null where that is not known. */
export function linked(network) {
  if (!network) return null;
  const { links } = network;
  if (Array.isArray(links)) return links.length > 0;
  if (typeof links === 'number') return links > 0;
  return null;
}

/**
 * Why a message will wait, or '' if it goes at once.
 *
 * @param {{card: string, name: string, linkUp: boolean, way?: Object, network?: Object}} known
 */
export function forecast({ card, name, linkUp, way, network }) {
  if (!linkUp) return t('talk.waits_stopped');
  if (card === 'me') return t('talk.notes_stay');
  if (way && way.way === 'direct') return '';
  if (linked(network) === false) return t('talk.waits_nobody');
  if (way && way.way === 'away') return t('talk.waits_away', { name });
  return '';
}

/** Under the name: the way, as the daemon knows it. */
export function wayNow(way, network) {
  if (way && way.way === 'direct') return way;
  if (linked(network) === false) return { way: 'none' };
  return way || { way: 'unknown' };
}
