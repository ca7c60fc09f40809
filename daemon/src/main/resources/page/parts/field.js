/** Fields: each has a label that stays, and a hint that is not only inside of it. */
import { html, useRef } from '../vendor/htm-preact.js';

let count = 0;

/** An id for a label, the same for as long as the component lives. */
export function useId(word = 'f') {
  const id = useRef('');
  if (!id.current) id.current = `${word}-${++count}`;
  return id.current;
}

/** One line of text. `error` replaces the hint and is spoken. */
export function Field({ label, hint = '', error = '', class: more = '', ...rest }) {
  const id = useId();
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      class=${`input ${more}`}
      aria-describedby=${`${id}-hint`}
      aria-invalid=${error ? 'true' : undefined}
      autocomplete="off"
      ...${rest}
    />
    <p id=${`${id}-hint`} class=${`hint ${error ? 'fail' : ''}`} aria-live="polite">${error || hint}</p>
  </div>`;
}

/** A switch that applies at once. Put it into a `.set` row; `label` is its name. */
export function Switch({ label, on, onChange, ...rest }) {
  return html`<input
    type="checkbox"
    role="switch"
    class="switch"
    aria-label=${label}
    checked=${on}
    onChange=${(event) => onChange(event.currentTarget.checked)}
    ...${rest}
  />`;
}

/** A few choices side by side. `options` are `[value, words]`. */
export function Choice({ label, value, options, onChange }) {
  const name = useId('choice');
  return html`<div class="seg" role="radiogroup" aria-label=${label}>
    ${options.map(
      ([each, words]) => html`<label key=${each}>
        <input
          type="radio"
          name=${name}
          checked=${each === value}
          onChange=${() => onChange(each)}
        /><span>${words}</span>
      </label>`,
    )}
  </div>`;
}
