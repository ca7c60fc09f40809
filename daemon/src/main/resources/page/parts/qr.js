/** A QR code: always dark on white, also in the dark. */
import { html, useMemo } from '../vendor/htm-preact.js';
import { correction, generate } from '../vendor/lean-qr.js';

/** Free modules around the code that readers need. */
const QUIET = 2;

function path(text) {
  const code = generate(text, { minCorrectionLevel: correction.M });
  let d = '';
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (!code.get(x, y)) continue;
      let run = 1;
      while (code.get(x + run, y)) run++;
      d += `M${x} ${y}h${run}v1h-${run}z`;
      x += run;
    }
  }
  return { d, size: code.size };
}

/** `text` as a code; `label` says what it is for those who do not see it. */
export function Qr({ text, label }) {
  const { d, size } = useMemo(() => path(text), [text]);
  const box = `${-QUIET} ${-QUIET} ${size + 2 * QUIET} ${size + 2 * QUIET}`;
  return html`<div class="qr">
    <svg viewBox=${box} role="img" aria-label=${label}><path d=${d} /></svg>
  </div>`;
}
