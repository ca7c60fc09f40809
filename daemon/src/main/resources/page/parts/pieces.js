/** Small pieces that several screens share: numbered words, steps, what can be copied. */
import { html, useEffect, useRef, useState } from '../vendor/htm-preact.js';
import { t } from '../base/words.js';
import { Button } from './button.js';

/** How long "Copied" stands. */
const COPIED_MS = 2000;

/** Words in their order, each with its number. */
export function NumberedWords({ words, label, lang = 'en' }) {
  return html`<ol class="numbered" aria-label=${label} lang=${lang}>
    ${words.map((word, i) => html`<li key=${i}>${word}</li>`)}
  </ol>`;
}

/** What happens one after the other. A step is `{is: done|now|bad|later, title, hint, time}`. */
export function Steps({ steps, label }) {
  return html`<ol class="steps" aria-label=${label} aria-live="polite">
    ${steps.map(
      (step) =>
        html`<li key=${step.title} class=${`step-${step.is}`}>
          ${step.time && html`<time>${step.time}</time>`}<b>${step.title}</b>
          ${step.hint && html`<p>${step.hint}</p>`}
        </li>`,
    )}
  </ol>`;
}

/** Puts a text on the clipboard; false where the browser refuses. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** A button that copies `text`; its word changes for two seconds, its width does not. */
export function CopyButton({ text, from, ...rest }) {
  const [copied, say] = useState(false);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    const done = await copyText(text);
    if (!done) {
      select(from && from.current);
      return;
    }
    say(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => say(false), COPIED_MS);
  };
  return html`<${Button} icon=${copied ? 'check' : 'copy'} class="copy" onClick=${copy} ...${rest}>
    <span class="copy-words">
      <span class=${copied ? 'held' : ''} aria-hidden=${copied ? 'true' : undefined}
        >${t('parts.copy')}</span
      >
      <span class=${copied ? '' : 'held'} aria-hidden=${copied ? undefined : 'true'}
        >${t('parts.copied')}</span
      >
    </span>
    <span class="unseen" role="status">${copied ? t('parts.copied') : ''}</span>
  <//>`;
}

function select(element) {
  if (!element) return;
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

/** One line that is copied whole: a link or a command. */
export function CopyLine({ text, label }) {
  const line = useRef(null);
  return html`<div class="copy-line">
    <code ref=${line} aria-label=${label}>${text}</code>
    <${CopyButton} text=${text} from=${line} />
  </div>`;
}
