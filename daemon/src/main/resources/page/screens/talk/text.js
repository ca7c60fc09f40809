/** The text of a message on the screen. Only elements of our own making, never markup of theirs. */
import { html, useState } from '../../vendor/htm-preact.js';
import { t } from '../../base/words.js';
import { blocks, neutral, onlyEmoji } from './parse.js';

/** Longer texts begin folded: letters, and lines. */
const FOLD_LETTERS = 3000;
const FOLD_LINES = 40;

const parsed = new WeakMap();

/** The blocks of a line, worked out once. */
function blocksOf(line) {
  let found = parsed.get(line);
  if (!found) {
    const text = neutral(line.text);
    const short = folded(text);
    found = { text, all: null, short: short === null ? null : blocks(short), large: onlyEmoji(text) };
    if (short === null) found.all = blocks(text);
    parsed.set(line, found);
  }
  return found;
}

function folded(text) {
  let end = Math.min(text.length, FOLD_LETTERS);
  let at = -1;
  for (let i = 0; i < FOLD_LINES; i++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) break;
  }
  if (at >= 0 && at < end) end = at;
  if (end >= text.length || text.length - end < FOLD_LETTERS / 10) return null;
  // Not between the two halves of one letter.
  if (/[\uD800-\uDBFF]/.test(text[end - 1])) end--;
  return text.slice(0, end);
}

/** Whether a line is one to three emoji alone. */
export function isLarge(line) {
  return !line.deleted && blocksOf(line).large;
}

/** The text of a line. `tab` is the tabindex of the links in it. */
export function Text({ line, tab }) {
  const [open, setOpen] = useState(false);
  const found = blocksOf(line);
  if (open && !found.all) found.all = blocks(found.text);
  const shown = open || !found.short ? found.all : found.short;
  return html`<div class="said" dir="auto">
    ${shown.map((block, i) => html`<${Block} key=${i} block=${block} tab=${tab} />`)}
    ${found.short &&
    html`<button
      type="button"
      class="unfold"
      tabindex=${tab}
      aria-expanded=${open ? 'true' : 'false'}
      onClick=${() => setOpen(!open)}
    >
      ${open ? t('talk.fold') : t('talk.unfold')}
    </button>`}
  </div>`;
}

function Block({ block, tab }) {
  switch (block.kind) {
    case 'code':
      // It scrolls sideways alone, so the keyboard must come to it.
      return html`<pre class="code" dir="ltr" tabindex="0"><code>${block.text}</code></pre>`;
    case 'quote':
      return html`<blockquote class="cited">${block.spans.map((s) => span(s, tab))}</blockquote>`;
    case 'list':
      return block.ordered
        ? html`<ol class="items numbered">${block.items.map((i) => item(i, tab))}</ol>`
        : html`<ul class="items">${block.items.map((i) => item(i, tab))}</ul>`;
    default:
      return html`<p>${block.spans.map((s) => span(s, tab))}</p>`;
  }
}

function item({ value, spans }, tab) {
  return html`<li value=${value || undefined}>${spans.map((s) => span(s, tab))}</li>`;
}

function span(s, tab) {
  switch (s.kind) {
    case 'bold':
      return html`<strong>${s.spans.map((each) => span(each, tab))}</strong>`;
    case 'italic':
      return html`<em>${s.spans.map((each) => span(each, tab))}</em>`;
    case 'code':
      return html`<code class="code-word">${s.text}</code>`;
    case 'link':
      return link(s, tab);
    default:
      return s.text;
  }
}

/** A link whose host is what it shows, or its text with the host that it hides. */
function link({ text, to }, tab) {
  if (!to.safe) {
    return html`<span class="no-link">${text}<span class="real-host" dir="ltr"
      >${t('talk.real_host', { host: to.host })}</span></span>`;
  }
  return html`<a
    href=${to.href}
    rel="noreferrer noopener"
    target="_blank"
    tabindex=${tab}
    title=${t('talk.opens', { host: to.host })}
    ><bdi dir="ltr">${to.before}<b class="host">${to.host}</b>${to.after}</bdi></a>`;
}
