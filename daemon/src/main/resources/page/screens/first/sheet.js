/** The sheet that the first run and the gate stand on: wordmark, language, and the terminal's word. */
import { html, useLayoutEffect } from '../../vendor/htm-preact.js';
import { get, set, use } from '../../base/store.js';
import { LANGUAGES, speak, t } from '../../base/words.js';
import { Wordmark } from '../../parts/icon.js';
import { Select } from '../../parts/rows.js';

/** Each language is named in itself. */
export const LANGUAGE_NAMES = { en: 'English', ru: 'Русский' };

/** `children` is the one box in the middle; `opened` is whether the terminal's word says anything. */
export function Sheet({ screen, step, opened = true, children }) {
  const word = use((state) => state.word);
  const lang = use((state) => state.lang);
  useLayoutEffect(() => {
    const first = step > 1 ? '.sheet h1' : '.sheet input[autofocus]';
    const found = document.querySelector(first);
    if (found) found.focus();
  }, [step]);
  const choose = (language) => {
    set({ language });
    speak(language);
  };
  return html`<div class="sheet" data-screen=${screen} data-step=${step}>
    <header>
      <${Wordmark} />
      <${Select}
        label=${t('first.language')}
        value=${lang || get().lang}
        options=${LANGUAGES.map((each) => [each, LANGUAGE_NAMES[each]])}
        onChange=${choose}
      />
    </header>
    <main><div class="sheet-box">${children}</div></main>
    <footer>${opened && word && html`<${TerminalWord} word=${word} />`}</footer>
  </div>`;
}

/** The sentence around the word, which stands out. */
function TerminalWord({ word }) {
  const [before, after] = t('first.word', { word: '\0' }).split('\0');
  return html`${before}<b lang="en" data-word=${word}>${word}</b>${after}`;
}
