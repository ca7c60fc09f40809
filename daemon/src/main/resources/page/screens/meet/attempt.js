/** An invitation that is being accepted: what happened, what is waited for, what went wrong. */
import { html } from '../../vendor/htm-preact.js';
import { go } from '../../base/routes.js';
import { use } from '../../base/store.js';
import { clock, date } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Banner } from '../../parts/banner.js';
import { Button } from '../../parts/button.js';
import { Steps } from '../../parts/pieces.js';
import { accept, forget } from './actions.js';
import { why } from './trouble.js';

/** How many links there are, whether the daemon counted or listed them. */
export function linkCount({ network }) {
  if (!network || network.links === undefined) return -1;
  return Array.isArray(network.links) ? network.links.length : network.links;
}

/** One attempt; `quiet` leaves out what leads elsewhere (in the first run). */
export function Attempt({ attempt, quiet = false }) {
  const links = use(linkCount);
  if (attempt.state === 'failed') return html`<${Failed} attempt=${attempt} />`;
  const done = attempt.state === 'met';
  return html`<section class="card pad stack" data-attempt=${attempt.state}>
    <h2>${t('meet.meetingTitle')}</h2>
    <${Steps} label=${t('meet.meetingTitle')} steps=${steps(attempt, links)} />
    ${
      !quiet &&
      html`<div class="row-of-buttons">
        ${
          done
            ? html`<${Button} kind="go" onClick=${() => leave(attempt, `#/c/${attempt.card}`)}
                  >${t('meet.open', { name: attempt.name })}<//
                >
                <${Button} onClick=${() => leave(attempt, `#/verify/${attempt.card}`)}
                  >${t('meet.verify')}<//
                >`
            : attempt.kind === 'link' &&
              html`<${Button} kind="quiet" small href="#/">${t('meet.background')}<//>`
        }
      </div>`
    }
  </section>`;
}

function leave(attempt, where) {
  forget(attempt.id);
  go(where);
}

function steps(attempt, links) {
  const { began, kind, state, expires, name, took } = attempt;
  const list = [
    { is: 'done', title: t('meet.stepRead'), hint: t('meet.stepReadHint'), time: clock(began) },
  ];
  const met = state === 'met';
  if (links > 0 || met) {
    const hint = links > 0 ? t('meet.stepNetworkHint', { n: links }) : '';
    list.push({ is: 'done', title: t('meet.stepNetwork'), hint });
  } else {
    list.push({
      is: 'now',
      title: t('meet.stepNetworkWait'),
      hint: kind === 'link' ? t('meet.stepNetworkWaitHint') : '',
    });
  }
  if (met) {
    const seconds = (took / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 });
    list.push({
      is: 'done',
      title: t('meet.stepMet', { name }),
      hint: t('meet.stepMetHint', { seconds }),
      time: clock(began + took),
    });
  } else {
    const hint =
      kind === 'link' ? t('meet.stepAgreeHint', { date: date(expires) }) : t('meet.stepAgreeCode');
    list.push({ is: links > 0 ? 'now' : 'later', title: t('meet.stepAgree'), hint });
  }
  return list;
}

function Failed({ attempt }) {
  const trouble = why(attempt);
  const again = () => {
    forget(attempt.id);
    const { kind, text, card, expires } = attempt;
    accept(kind === 'link' ? { link: text, card, expires } : { words: text.split(' ') });
  };
  const actions = html`
    ${
      trouble.known &&
      attempt.card &&
      html`<${Button} small onClick=${() => leave(attempt, `#/c/${attempt.card}`)}
        >${t('person.write')}<//
      >`
    }
    ${trouble.again && html`<${Button} small onClick=${again}>${t('meet.again')}<//>`}
  `;
  return html`<div data-attempt="failed" data-reason=${attempt.failure.reason}>
    <${Banner}
      tone=${trouble.known ? 'info' : 'fail'}
      icon=${trouble.known ? 'info' : 'warn'}
      title=${trouble.title}
      actions=${actions}
      round
      >${trouble.hint}<//
    >
  </div>`;
}
