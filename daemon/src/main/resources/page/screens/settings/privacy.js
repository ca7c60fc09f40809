/** What others learn. */
import { html } from '../../vendor/htm-preact.js';
import { use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { SwitchRow } from '../../parts/rows.js';
import { Part } from '../frame.js';
import { change } from './change.js';

/** The part. */
export function Privacy() {
  const { tellRead = true } = use((state) => state.settings);
  return html`<${Part} title=${t('settings.privacy')} id="privacy">
    <div class="card">
      <${SwitchRow}
        hook="tellRead"
        label=${t('settings.tellRead')}
        hint=${t('settings.tellReadHint')}
        on=${tellRead}
        onChange=${(value) => change({ tellRead: value })}
      />
    </div>
  <//>`;
}
