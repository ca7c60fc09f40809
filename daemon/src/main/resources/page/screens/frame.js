/** The frame of a screen in the main column: a bar with its name, and one column of text. */
import { html } from '../vendor/htm-preact.js';
import { back, go } from '../base/routes.js';
import { t } from '../base/words.js';
import { IconButton } from '../parts/button.js';
import { BannerSlot } from './banner.js';

/**
 * `screen` names it for tests; `title` is its heading. On a phone the bar goes back, else it closes.
 * `banner` is what is wrong with everything, if the screen does not say that itself.
 */
export function Frame({ screen, title, children, actions, banner = true }) {
  return html`<main class="main" data-screen=${screen} id="main" tabindex="-1">
    <header class="bar">
      <${IconButton} class="bar-back" icon="back" label=${t('parts.back')} onClick=${back} />
      <h1 class="bar-title">${title}</h1>
      ${actions}
      <${IconButton} class="bar-close" icon="close" label=${t('parts.close')} onClick=${() => go('#/')} />
    </header>
    ${banner && html`<${BannerSlot} />`}
    <div class="column">${children}</div>
  </main>`;
}

/** A part of a screen under a heading. */
export function Part({ title, children, id }) {
  return html`<section class="part" id=${id} aria-labelledby=${id && `${id}-h`}>
    <h2 id=${id && `${id}-h`} tabindex=${id ? '-1' : undefined}>${title}</h2>
    ${children}
  </section>`;
}
