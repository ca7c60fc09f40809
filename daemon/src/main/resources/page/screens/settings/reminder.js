/** Reminders that one asked for: recovery words that are not on paper, a backup that is old. */
import { html } from '../../vendor/htm-preact.js';
import { use } from '../../base/store.js';
import { setting } from '../../base/sync.js';
import { date, daysAgo } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Banner } from '../../parts/banner.js';
import { Button } from '../../parts/button.js';

const DAY_MS = 86_400_000;
/** "Later" is so many days; the first time the day after. */
const LATER_DAYS = 3;
/** A backup older than this is worth a word. */
const OLD_DAYS = 30;

/** When to remind after "Later, remind me" in the first run. */
export const tomorrow = () => new Date(Date.now() + DAY_MS).toISOString();

/** What to remind of now: `words`, `backup` or nothing. Never before the time that was asked for. */
export function reminder({ me, settings }) {
  const { remindAt, lastBackup } = settings;
  if (!me || !remindAt || Date.parse(remindAt) > Date.now()) return '';
  if (!me.wordsKept) return 'words';
  return lastBackup && daysAgo(lastBackup) > OLD_DAYS ? 'backup' : '';
}

/** The reminder, in the banner's place when nothing is wrong. */
export function Reminder({ about }) {
  const last = use((state) => state.settings.lastBackup);
  const later = () =>
    setting({ remindAt: new Date(Date.now() + LATER_DAYS * DAY_MS).toISOString() });
  const where = about === 'words' ? '#/settings/you' : '#/settings/disk';
  return html`<${Banner}
    tone="info"
    icon=${about === 'words' ? 'words' : 'disk'}
    title=${t(`settings.remind_${about}`)}
    actions=${html`<${Button} small kind="go" href=${where}>${t('settings.remindShow')}<//>
      <${Button} small onClick=${() => later().catch(console.error)}
        >${t('settings.remindLater')}<//
      >`}
    >${
      about === 'words'
        ? t('settings.remindWordsHint')
        : t('settings.backupOld', { date: date(last) })
    }<//
  >`;
}
