/** How you are connected: drawn and said, exactly as the daemon knows it. */
import { html, useEffect, useMemo, useState } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { use } from '../../base/store.js';
import { when } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Button } from '../../parts/button.js';
import { Face } from '../../parts/face.js';
import { Frame, Part } from '../frame.js';
import { CopyLine } from '../../parts/pieces.js';
import { CarriedRow, Row } from '../../parts/rows.js';
import { WayMark } from '../../parts/way.js';
import { Drawing } from './drawing.js';
import { peopleWithWays, shares, useStatus } from './network.js';

/** People shown before one asks for more. */
const FIRST = 20;

/** The screen. */
export function Connection() {
  const status = useStatus();
  const linkUp = use((state) => state.linkUp);
  const chats = use((state) => state.chats);
  const ways = use((state) => state.ways);
  const people = useMemo(() => peopleWithWays(chats, ways), [chats, ways]);
  return html`<${Frame} screen="connection" title=${t('connection.title')} banner=${!linkUp}>
    ${!linkUp && html`<p class="lead">${t('connection.stopped')}</p>`}
    ${linkUp && !status && html`<p class="hint">${t('connection.asking')}</p>`}
    ${linkUp && status && html`<${Known} status=${status} people=${people} />`}
  <//>`;
}

function Known({ status, people }) {
  const links = status.links.length;
  const who = shares(people, links);
  return html`
    <section class="card pad stack" data-links=${links}>
      <${Headline} status=${status} who=${who} />
      <${Drawing} who=${who} />
      ${links > 0 && html`<${Legend} />`}
    </section>
    ${links === 0 && html`<${WhatToDo} status=${status} />`}
    <${People} people=${people} />
    <${Outside} status=${status} />
  `;
}

function Headline({ status, who }) {
  const n = status.links.length;
  if (!n) {
    return html`<div class="stack tight">
      <h2 class="title">${t(who.through.length ? 'connection.lost' : 'connection.none')}</h2>
      <p class="lead">${t('connection.noneLead')}</p>
    </div>`;
  }
  const oldest = Math.max(...status.links.map(({ ageMs }) => ageMs || 0));
  const parts = [];
  if (who.through.length) parts.push(t('connection.through', { n: who.through.length }));
  if (oldest > 0) parts.push(t('connection.since', { when: when(Date.now() - oldest) }));
  parts.push(t('connection.noServer'));
  return html`<div class="stack tight">
    <h2 class="title">${t('connection.count', { n })}</h2>
    <p class="lead">${parts.join(' ')}</p>
  </div>`;
}

function Legend() {
  return html`<ul class="legend">
    <li>
      <svg class="map" viewBox="0 0 22 6" aria-hidden="true">
        <path class="map-road" d="M2 3h18" />
      </svg>
      ${t('connection.legendPeople')}
    </li>
    <li>
      <svg class="map" viewBox="0 0 22 6" aria-hidden="true">
        <path class="map-hair" d="M1 3h20" />
      </svg>
      ${t('connection.legendOthers')}
    </li>
  </ul>`;
}

function WhatToDo({ status }) {
  const { join } = status;
  return html`<${Part} title=${t('connection.whatToDo')} id="what-to-do">
    <div class="card">
      <${Row}
        label=${t('connection.doInvite')}
        hint=${t('connection.doInviteHint')}
        control=${html`<${Button} small kind="go" href="#/invite">${t('connection.doInvite')}<//>`}
      />
      <${Row}
        label=${t('connection.doAccept')}
        hint=${t('connection.doAcceptHint')}
        control=${html`<${Button} small href="#/accept">${t('connection.doAccept')}<//>`}
      />
      <${Row} label=${t('connection.doJoin')} hint=${t('connection.doJoinHint')}>
        <div class="wide">
          <${CopyLine} text="wayfolk up --join ID@HOST:PORT" label=${t('connection.doJoin')} />
        </div>
      <//>
      ${
        join &&
        html`<${Row} label=${t('connection.doGive')} hint=${t('connection.doGiveHint')}>
          <div class="wide">
            <${CopyLine} text=${`wayfolk up --join ${join}`} label=${t('connection.doGive')} />
          </div>
        <//>`
      }
    </div>
  <//>`;
}

function wayWords({ way, others, ms, since, blocked }) {
  if (blocked) return t('connection.blocked');
  const trip = ms ? `, ${t('connection.ms', { n: Math.round(ms) })}` : '';
  switch (way) {
    case 'near':
      return `${t('connection.near1')}${trip}. ${t('connection.nearHint')}`;
    case 'direct':
      return t('connection.direct1') + trip;
    case 'through':
      return (
        (others ? t('connection.through1', { n: others }) : t('connection.throughSome')) + trip
      );
    case 'away':
      return since ? t('connection.away', { when: when(since) }) : t('connection.away0');
    default:
      return t('connection.unknown');
  }
}

function People({ people }) {
  const [count, show] = useState(FIRST);
  const left = people.length - count;
  return html`<${Part} title=${t('connection.people')} id="people">
    ${!people.length && html`<p class="hint">${t('connection.peopleNone')}</p>`}
    ${
      people.length > 0 &&
      html`<ul class="card">
        ${people.slice(0, count).map(
          (person) =>
            html`<li
              class="set person-way"
              key=${person.card}
              data-card=${person.card}
              data-way=${person.way}
            >
              <a class="who-row" href=${`#/person/${person.card}`}>
                <${Face} card=${person.card} name=${person.name} size="s" />
                <span><b>${person.name}</b><span class="hint">${wayWords(person)}</span></span>
              </a>
              <${WayMark} way=${person.way} others=${person.others} />
            </li>`,
        )}
      </ul>`
    }
    ${
      left > 0 &&
      html`<div class="row-of-buttons">
        <${Button} kind="quiet" onClick=${() => show(count + 200)}
          >${t('connection.more', { n: Math.min(left, 200) })}<//
        >
      </div>`
    }
  <//>`;
}

function useCarry() {
  const [carry, say] = useState(null);
  useEffect(() => {
    ask('carry').then(say, () => {});
  }, []);
  return carry;
}

function Outside({ status }) {
  const { links, listen = [], network } = status;
  const carry = useCarry();
  const n = links.filter(({ dialled }) => dialled === false).length;
  const reached = !links.length
    ? t('connection.reachedNone')
    : n
      ? t('connection.reachedYes', { n, of: links.length })
      : t('connection.reachedNo');
  const today = carry || { today: status.carriedTodayBytes || 0, perDay: 0 };
  return html`<${Part} title=${t('connection.outside')} id="outside">
    <div class="card">
      <${Row}
        label=${t('connection.reached')}
        hint=${reached}
        amount=${n ? '' : t('connection.notKnown')}
      />
      ${
        listen.length > 0 &&
        html`<${Row} label=${t('connection.listens')} hint=${t('connection.listensHint')}>
          <span class="wide mono">${listen.join('  ')}</span>
        <//>`
      }
      <${Row} label=${t('connection.network')} amount=${network} />
      <${CarriedRow} carry=${today} label=${t('connection.carried')} />
    </div>
    <div class="row-of-buttons">
      <${Button} kind="quiet" href="#/settings/carried">${t('connection.change')}<//>
    </div>
  <//>`;
}
