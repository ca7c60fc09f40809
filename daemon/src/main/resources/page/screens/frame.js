/** The frame of a screen in the main column: a bar with its name, and one column of text. */
import { html, useLayoutEffect, useRef } from '../vendor/htm-preact.js';
import { layer } from '../base/keys.js';
import { back, go, PHONE } from '../base/routes.js';
import { get } from '../base/store.js';
import { t } from '../base/words.js';
import { IconButton } from '../parts/button.js';
import { BannerSlot } from './banner.js';

/** Esc closes the topmost thing: what stands above the screen takes it first. */
function leave() {
  const { over, panel } = get();
  if (over || panel || document.querySelector('dialog[open]')) return false;
  go('#/');
  return true;
}

/**
 * `screen` names it for tests; `title` is its heading. On a phone the bar goes back, else it closes.
 * `banner` is what is wrong with everything, if the screen does not say that itself.
 */
export function Frame({ screen, title, children, actions, banner = true }) {
  const main = useRef(null);
  // Whoever came by keyboard goes on from here: from what asks for the focus, else from the heading.
  // In the same task as the drawing: later it would take the focus from what was pressed since.
  useLayoutEffect(() => {
    const wide = innerWidth >= PHONE;
    const wanted = wide && main.current.querySelector('[autofocus]');
    (wanted || main.current.querySelector('h1')).focus({ preventScroll: true });
  }, [screen]);
  useLayoutEffect(() => layer({ Escape: leave }), []);
  return html`<main ref=${main} class="main" data-screen=${screen} id="main" tabindex="-1">
    <header class="bar">
      <${IconButton} class="bar-back" icon="back" label=${t('parts.back')} onClick=${back} />
      <h1 class="bar-title" tabindex="-1">${title}</h1>
      ${actions}
      <${IconButton}
        class="bar-close"
        icon="close"
        label=${t('parts.close')}
        onClick=${() => go('#/')}
      />
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
