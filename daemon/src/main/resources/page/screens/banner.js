/**
 * The one place for what is wrong, under the bar of what is open: the worst first, one at a time. It
 * tells what happens by itself. Also the one question that the page asks by itself (notifications).
 */
import { html, useEffect, useState } from '../vendor/htm-preact.js';
import { use } from '../base/store.js';
import { setting } from '../base/sync.js';
import { clock } from '../base/times.js';
import { t } from '../base/words.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { links } from './chats/foot.js';
import { canAsk, turnOn } from './notify.js';
import { Reminder, reminder } from './settings/reminder.js';

/** Nobody connected is said when it lasted so long; that there never was a link, later. */
const NOBODY_MS = 5000;
const NEVER_MS = 10_000;
/** What was bad for longer than this is worth a green line when it is good again, for so long. */
const WORTH_MS = 10_000;
const GOOD_MS = 4000;
/** Screens on which messages are read. */
const READING = new Set(['chats', 'talk']);

/** What is bad now: `stopped`, `nobody`, `never`, or nothing. */
function useTrouble() {
  const phase = use((state) => state.phase);
  const none = use((state) => state.network !== null && links(state.network) === 0);
  const [late, setLate] = useState(false);
  const [had, setHad] = useState(false);
  useEffect(() => {
    if (!none) return setHad((before) => before || phase === 'ready');
    const timer = setTimeout(() => setLate(true), had ? NOBODY_MS : NEVER_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [none, phase]);
  if (phase === 'stopped') return 'stopped';
  if (phase === 'ready' && none && late) return had ? 'nobody' : 'never';
  return '';
}

/** `again` for four seconds after a trouble that lasted. */
function useAgain(trouble) {
  const [again, setAgain] = useState(false);
  useEffect(() => {
    if (!trouble) return undefined;
    const since = Date.now();
    return () => Date.now() - since > WORTH_MS && setAgain(true);
  }, [Boolean(trouble)]);
  useEffect(() => {
    if (!again) return undefined;
    const timer = setTimeout(() => setAgain(false), GOOD_MS);
    return () => clearTimeout(timer);
  }, [again]);
  return again && !trouble;
}

/** The slot. Screens put it under their bar. */
export function BannerSlot() {
  const trouble = useTrouble();
  const again = useAgain(trouble);
  // Only where one reads messages: elsewhere somebody is at something else.
  const ask = use((state) => READING.has(state.route.screen) && canAsk(state));
  const about = use(reminder);
  const stoppedAt = use((state) => state.stoppedAt);
  return html`<div class="slot-of-banner" data-banner=${trouble || (again ? 'again' : ask ? 'notify' : about)}>
    ${trouble && says(trouble, stoppedAt)}
    ${!trouble && again && html`<${Banner} tone="ok" icon="check" title=${t('app.again')} />`}
    ${!trouble && !again && ask && html`<${AskNotify} />`}
    ${!trouble && !again && !ask && about && html`<${Reminder} about=${about} />`}
  </div>`;
}

function says(trouble, stoppedAt) {
  switch (trouble) {
    case 'stopped':
      return html`<${Banner}
        icon="again"
        title=${t('app.stopped')}
        actions=${html`<${Button} small href="#/help/start">${t('app.how_to_start')}<//>`}
        >${t('app.stopped_hint', { time: clock(stoppedAt) })}<//
      >`;
    case 'nobody':
      return html`<${Banner}
        tone="fail"
        icon="warn"
        title=${t('app.nobody')}
        actions=${html`<${Button} small href="#/connection">${t('app.what_to_do')}<//>`}
        >${t('app.nobody_hint')}<//
      >`;
    default:
      return html`<${Banner}
        title=${t('app.never')}
        actions=${html`<${Button} small href="#/connection">${t('app.what_to_do')}<//>`}
        >${t('app.never_hint')}<//
      >`;
  }
}

/** Asked once, after the first conversation, and never before the person says so by the browser. */
function AskNotify() {
  const answer = (notify) => () =>
    (notify ? turnOn() : setting({ notify: false })).catch(console.error);
  return html`<${Banner}
    tone="info"
    icon="bell"
    title=${t('app.notify')}
    actions=${html`<${Button} small kind="go" onClick=${answer(true)}>${t('app.notify_yes')}<//>
      <${Button} small onClick=${answer(false)}>${t('app.notify_no')}<//>`}
    >${t('app.notify_hint')}<//
  >`;
}
