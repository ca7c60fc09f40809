/** Settings: parts one under the other, each applied at once. The route names the part to show. */
import { html, useLayoutEffect } from '../../vendor/htm-preact.js';
import { t } from '../../base/words.js';
import { Frame } from '../frame.js';
import { Carried } from './carried.js';
import { Disk } from './disk.js';
import { Ending } from './ending.js';
import { Look } from './look.js';
import { Notifications } from './notifications.js';
import { Privacy } from './privacy.js';
import { You } from './you.js';

/** The screen; `part` is scrolled to. */
export function Settings({ part }) {
  useLayoutEffect(() => {
    const heading = part && document.getElementById(`${part}-h`);
    if (heading) {
      heading.scrollIntoView();
      heading.focus();
    }
  }, [part]);
  return html`<${Frame} screen="settings" title=${t('settings.title')}>
    <${Look} />
    <${You} />
    <${Notifications} />
    <${Privacy} />
    <${Carried} />
    <${Disk} />
    <${Ending} />
  <//>`;
}
