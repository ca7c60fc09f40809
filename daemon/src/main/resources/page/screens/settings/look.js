/** Language, theme, text size, and what Enter does. */
import { html } from '../../vendor/htm-preact.js';
import { SIZES } from '../../base/look.js';
import { use } from '../../base/store.js';
import { LANGUAGES, t } from '../../base/words.js';
import { Choice } from '../../parts/field.js';
import { Part } from '../frame.js';
import { Row, Select, SwitchRow } from '../../parts/rows.js';
import { LANGUAGE_NAMES } from '../first/sheet.js';
import { change } from './change.js';

/** The part. */
export function Look() {
  const {
    theme = 'system',
    size = 100,
    language = 'system',
    enterSends = true,
  } = use((state) => state.settings);
  const languages = [
    ['system', t('settings.languageSystem')],
    ...LANGUAGES.map((each) => [each, LANGUAGE_NAMES[each]]),
  ];
  return html`<${Part} title=${t('settings.look')} id="look">
    <div class="card">
      <${Row}
        hook="theme"
        label=${t('settings.theme')}
        control=${html`<${Choice}
          label=${t('settings.theme')}
          value=${theme}
          options=${['system', 'light', 'dark'].map((each) => [each, t(`settings.${each}`)])}
          onChange=${(value) => change({ theme: value })}
        />`}
      />
      <${Row}
        hook="size"
        label=${t('settings.size')}
        control=${html`<${Choice}
          label=${t('settings.size')}
          value=${size}
          options=${SIZES.map((each) => [each, t('settings.percent', { n: each })])}
          onChange=${(value) => change({ size: value })}
        />`}
      />
      <${Row}
        hook="language"
        label=${t('settings.language')}
        control=${html`<${Select}
          label=${t('settings.language')}
          value=${language || 'system'}
          options=${languages}
          onChange=${(value) => change({ language: value === 'system' ? null : value })}
        />`}
      />
      <${SwitchRow}
        hook="enterSends"
        label=${t('settings.enterSends')}
        hint=${t('settings.enterSendsHint')}
        on=${enterSends}
        onChange=${(value) => change({ enterSends: value })}
      />
    </div>
  <//>`;
}
