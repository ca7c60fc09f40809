/** What is known about the connection: the daemon's status, the ways to one's people. */
import { useEffect, useState } from '../../vendor/htm-preact.js';
import { ask, on } from '../../base/link.js';
import { use } from '../../base/store.js';
import { ways as readWays } from '../../base/sync.js';

/** Round trips change without news: they are read again so often while the page is looked at. */
const AGAIN_MS = 10_000;
/** News of the network come in crowds; status is asked for at most so often. */
const QUIET_MS = 1_000;

/** The object of `status`, kept current; null until it came. */
export function useStatus() {
  const [status, say] = useState(null);
  const linkUp = use((state) => state.linkUp);
  useEffect(() => {
    if (!linkUp) return undefined;
    let here = true;
    let asked = 0;
    let timer = 0;
    const read = () => {
      clearTimeout(timer);
      const wait = asked + QUIET_MS - Date.now();
      if (wait > 0) {
        timer = setTimeout(read, wait);
        return;
      }
      asked = Date.now();
      ask('status').then(
        (found) => here && say(found),
        () => {},
      );
      readWays();
    };
    read();
    const often = setInterval(() => !document.hidden && read(), AGAIN_MS);
    const off = on('network', read);
    return () => {
      here = false;
      clearTimeout(timer);
      clearInterval(often);
      off();
    };
  }, [linkUp]);
  return status;
}

const byName = new Intl.Collator();
const ORDER = { near: 0, direct: 1, through: 2, unknown: 3, away: 4 };

/** One's people with their ways: whoever is reached directly first. Never notes to oneself. */
export function peopleWithWays(chats, ways) {
  return chats.order
    .map((card) => ({ ...chats.byCard.get(card), ...ways.get(card), card }))
    .filter(({ card }) => card !== 'me')
    .map((person) => ({ ...person, way: person.blocked ? 'unknown' : person.way || 'unknown' }))
    .sort((a, b) => ORDER[a.way] - ORDER[b.way] || byName.compare(a.name, b.name));
}

/** Who is drawn with a line of their own, and how many links are others'. */
export function shares(people, links) {
  const direct = people.filter(({ way }) => way === 'direct' || way === 'near');
  const through = people.filter(({ way }) => way === 'through');
  return { direct, through, others: Math.max(0, links - direct.length) };
}
