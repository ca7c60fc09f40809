/** Inviting: one card with three ways that are one invitation; others that wait stand below. */
import { html, useEffect, useState } from '../../vendor/htm-preact.js';
import { use } from '../../base/store.js';
import { date } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Banner } from '../../parts/banner.js';
import { Button } from '../../parts/button.js';
import { Frame, Part } from '../frame.js';
import { CopyButton } from '../../parts/pieces.js';
import { Qr } from '../../parts/qr.js';
import { Row } from '../../parts/rows.js';
import { toast } from '../../parts/toast.js';
import { WayMark } from '../../parts/way.js';
import { go } from '../../base/routes.js';
import { cancel, hear, invite, meeting, readInvites } from './actions.js';
import { Making } from './making.js';

/** How often the minutes that are left are looked at. */
const MINUTES_MS = 15_000;

/** The screen. Whoever comes to invite gets an invitation, unless one waits. */
export function Invite() {
  const { invites, accepted } = use(meeting);
  const [chosen, choose] = useState(null);
  const [error, fail] = useState(null);
  const [making, make] = useState(false);
  const linkUp = use((state) => state.linkUp);
  useEffect(hear, []);
  useEffect(() => {
    if (!linkUp) return;
    fail(null);
    begin().then((first) => choose((now) => now ?? first), fail);
  }, [linkUp]);
  const anew = (how) => {
    make(false);
    return invite(how).then(({ invitation }) => choose(invitation), fail);
  };
  const shown = invites && invites.find((each) => each.invitation === chosen);
  const guest = accepted.get(chosen);
  const others = (invites || []).filter((each) => each !== shown);
  return html`<${Frame} screen="invite" title=${t('meet.inviteTitle')}>
    <p class="lead">${t('meet.inviteLead')}</p>
    ${error && linkUp && html`<${Trouble} error=${error} />`}
    ${guest && html`<${Accepted} guest=${guest} />`}
    ${shown && html`<${Card} invite=${shown} anew=${anew} cancelled=${() => choose(0)} />`}
    ${!invites && !error && linkUp && html`<p class="hint">${t('meet.makingIt')}</p>`}
    ${invites && !shown && !guest && html`<p class="hint">${t('meet.none')}</p>`}
    ${
      making
        ? html`<${Making} onMake=${anew} onClose=${() => make(false)} />`
        : invites &&
          html`<div class="row-of-buttons">
            <${Button} icon="personplus" onClick=${() => make(true)}
              >${t(shown || guest ? 'meet.another' : 'meet.newInvitation')}<//
            >
          </div>`
    }
    ${others.length > 0 && html`<${Others} invites=${others} choose=${choose} />`}
  <//>`;
}

async function begin() {
  const waiting = await readInvites();
  if (waiting.length) return waiting[waiting.length - 1].invitation;
  return (await invite()).invitation;
}

function Trouble({ error }) {
  const words = error.reason === 'too_many' ? t('meet.tooMany') : error.error;
  return html`<${Banner} tone="fail" icon="warn" title=${t('meet.badOther')} round>${words}<//>`;
}

/** Who came, in the place where the invitation was. */
function Accepted({ guest }) {
  return html`<section class="card pad stack" data-accepted=${guest.card} role="status">
    <div class="accepted">
      <${WayMark} way="direct" />
      <div>
        <h2>${t('meet.accepted', { name: guest.name })}</h2>
        <p class="hint">${t('meet.acceptedHint')}</p>
      </div>
    </div>
    <div class="row-of-buttons">
      <${Button} kind="go" onClick=${() => go(`#/c/${guest.card}`)}
        >${t('meet.open', { name: guest.name })}<//
      >
      <${Button} onClick=${() => go(`#/verify/${guest.card}`)}>${t('meet.verify')}<//>
    </div>
  </section>`;
}

function Card({ invite: shown, anew, cancelled }) {
  const { link, expires, as, invitation } = shown;
  const take = () =>
    cancel(invitation).then(() => {
      cancelled();
      toast(t('meet.cancelled'));
    });
  return html`
    <section class="card invite" data-invitation=${invitation}>
      <${Qr} text=${link} label=${t('meet.qr')} />
      <div class="stack big">
        <div class="stack tight">
          <h2>${t('meet.beside')}</h2>
          <p class="hint">${t('meet.besideHint')}</p>
        </div>
        <div class="stack tight">
          <h2>${t('meet.elsewhere')}</h2>
          <div class="copy-line">
            <code aria-label=${t('meet.link')} data-link=${link}>${short(link)}</code>
            <${CopyButton} text=${link} />
          </div>
          <p class="hint">${t('meet.elsewhereHint')}</p>
        </div>
      </div>
    </section>
    <${Spoken} invite=${shown} anew=${anew} />
    <div class="banner calm round">
      <${WayMark} way="away" />
      <div class="banner-says">
        <b>${as ? t('meet.waitingAs', { name: as }) : t('meet.waitingOne')}</b>
        ${t('meet.waitingHint', { date: date(expires) })}
      </div>
      <div class="banner-acts"><${Button} small onClick=${take}>${t('meet.cancelIt')}<//></div>
    </div>
  `;
}

/** Enough of a link to know it again; Copy takes all of it. */
function short(link) {
  return link.length > 28 ? `${link.slice(0, 15)}…${link.slice(-4)}` : link;
}

/** Minutes until a time, looked at now and then; never less than 0. */
function useMinutes(until) {
  const left = () => Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 60_000));
  const [minutes, say] = useState(left);
  useEffect(() => {
    say(left());
    const timer = setInterval(() => say(left()), MINUTES_MS);
    return () => clearInterval(timer);
  }, [until]);
  return minutes;
}

function Spoken({ invite: { code, codeExpires, codeTries = 3, as }, anew }) {
  const minutes = useMinutes(codeExpires);
  const good = code && minutes > 0 && codeTries > 0;
  const left = {
    tries: t('meet.tries', { n: codeTries }),
    minutes: t('meet.minutes', { n: minutes }),
  };
  return html`<section class="card pad stack">
    <div class="stack tight">
      <h2>${t('meet.onPhone')}</h2>
      ${
        good &&
        html`<p class="spoken" lang="en" data-code=${code}>
          ${code
            .split(' ')
            .map(
              (word, i) => html`${i > 0 && html`<i aria-hidden="true">·</i>`}<span>${word} </span>`,
            )}
        </p>`
      }
    </div>
    <p class="hint">${good ? t('meet.codeGood', left) : t('meet.codeOver')}</p>
    ${
      !good &&
      html`<div class="row-of-buttons">
        <${Button} small icon="again" onClick=${() => anew(as ? { as } : {})}
          >${t('meet.newWords')}<//
        >
      </div>`
    }
  </section>`;
}

function Others({ invites, choose }) {
  return html`<${Part} title=${t('meet.others')}>
    <div class="card">
      ${invites.map(
        (each) =>
          html`<${Row}
            key=${each.invitation}
            label=${each.as ? t('meet.waitingAs', { name: each.as }) : t('meet.waitingOne')}
            hint=${t('meet.endsOn', { date: date(each.expires) })}
            control=${html`<${Button} small onClick=${() => choose(each.invitation)}
              >${t('meet.show')}<//
            >`}
          />`,
      )}
    </div>
  <//>`;
}
