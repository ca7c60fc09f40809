/** Notifications of the desktop: asked for only here, and never before one turns them on. */
import { html, useState } from '../../vendor/htm-preact.js';
import { use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { Part } from '../frame.js';
import { SwitchRow } from '../../parts/rows.js';
import { change } from './change.js';

const permission = () => ('Notification' in window ? Notification.permission : 'none');

/** The part. */
export function Notifications() {
  const {
    notify = false,
    notifyText = true,
    sayDelivery = false,
  } = use((state) => state.settings);
  const [allowed, say] = useState(permission);
  const turn = async (on) => {
    if (on && permission() === 'default') await Notification.requestPermission();
    say(permission());
    await change({ notify: on && permission() === 'granted' });
  };
  const hints = { none: 'notifyNone', denied: 'notifyDenied' };
  return html`<${Part} title=${t('settings.notifications')} id="notifications">
    <div class="card">
      <${SwitchRow}
        hook="notify"
        label=${t('settings.notify')}
        hint=${t(`settings.${hints[allowed] || 'notifyHint'}`)}
        on=${notify && allowed === 'granted'}
        disabled=${allowed === 'none' || allowed === 'denied'}
        onChange=${turn}
      />
      <${SwitchRow}
        hook="notifyText"
        label=${t('settings.notifyText')}
        hint=${t('settings.notifyTextHint')}
        on=${notifyText}
        onChange=${(value) => change({ notifyText: value })}
      />
      <${SwitchRow}
        hook="sayDelivery"
        label=${t('settings.sayDelivery')}
        hint=${t('settings.sayDeliveryHint')}
        on=${sayDelivery}
        onChange=${(value) => change({ sayDelivery: value })}
      />
    </div>
  <//>`;
}
