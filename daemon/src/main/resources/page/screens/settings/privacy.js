/** What others learn. */
import { html } from '../../vendor/htm-preact.js';
import { ask } from '../../base/link.js';
import { get, set, use } from '../../base/store.js';
import { t } from '../../base/words.js';
import { Part } from '../frame.js';
import { SwitchRow } from '../../parts/rows.js';
import { failed } from './change.js';

/** The messenger keeps this one itself; the daemon's settings mirror it. */
async function tellRead(tell) {
  const before = get().settings;
  set({ settings: { ...before, tellRead: tell } });
  try {
    await ask('read', { tell });
  } catch (failure) {
    set({ settings: before });
    failed(failure);
  }
}

/** The part. */
export function Privacy() {
  const { tellRead: tells = true } = use((state) => state.settings);
  return html`<${Part} title=${t('settings.privacy')} id="privacy">
    <div class="card">
      <${SwitchRow}
        hook="tellRead"
        label=${t('settings.tellRead')}
        hint=${t('settings.tellReadHint')}
        on=${tells}
        onChange=${tellRead}
      />
    </div>
  <//>`;
}
