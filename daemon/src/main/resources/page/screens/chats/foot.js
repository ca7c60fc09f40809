/** Under the list: how you are connected, in two lines and one picture; and the settings. */
import { html } from '../../vendor/htm-preact.js';
import { use } from '../../base/store.js';
import { clock } from '../../base/times.js';
import { t } from '../../base/words.js';
import { IconButton } from '../../parts/button.js';
import { WayMark } from '../../parts/way.js';

/** How many links there are, by the last status. */
export function links(network) {
  if (!network) return 0;
  return Array.isArray(network.links) ? network.links.length : network.links || 0;
}

function peopleBy(ways) {
  let direct = 0;
  let through = 0;
  for (const way of ways.values()) {
    if (way.way === 'direct' || way.way === 'near') direct++;
    if (way.way === 'through') through++;
  }
  return { direct, through };
}

function fact({ phase, stoppedAt, network, ways, people }) {
  if (phase === 'stopped') {
    return {
      tone: 'fail',
      way: 'none',
      title: t('chats.not_running'),
      under: t('chats.stopped_at', { time: clock(stoppedAt) }),
    };
  }
  const n = links(network);
  if (n === 0) {
    return people > 0
      ? { tone: 'wait', way: 'none', title: t('chats.nobody'), under: t('chats.nobody_hint') }
      : { tone: 'wait', way: 'away', title: t('chats.not_yet'), under: t('chats.not_yet_hint') };
  }
  const { direct, through } = peopleBy(ways);
  const under = [
    direct > 0 && t('chats.people_direct', { n: direct }),
    through > 0 && t('chats.people_through', { n: through }),
  ].filter(Boolean);
  return {
    tone: '',
    way: direct > 0 || through === 0 ? 'direct' : 'through',
    title: t('chats.connected', { n }),
    under: under.join(', ') || t('chats.people_none'),
  };
}

/** The footer of the list. */
export function Foot() {
  const phase = use((state) => state.phase);
  const stoppedAt = use((state) => state.stoppedAt);
  const network = use((state) => state.network);
  const ways = use((state) => state.ways);
  const people = use((state) => state.chats.byCard.size - (state.chats.byCard.has('me') ? 1 : 0));
  const unknown = !network && phase !== 'stopped';
  const { tone, way, title, under } = unknown
    ? { tone: '', way: 'unknown', title: t('chats.way_unknown'), under: '' }
    : fact({ phase, stoppedAt, network, ways, people });
  return html`<div class="foot">
    <a class=${`foot-link ${tone}`} href="#/connection" data-connection=${tone || 'ok'}>
      <b>${title}</b><span>${under}</span><${WayMark} way=${way} others=${1} />
    </a>
    <${IconButton} icon="gear" label=${t('chats.settings')} href="#/settings" />
  </div>`;
}
