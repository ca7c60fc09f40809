/** Buttons. */
import { html } from '../vendor/htm-preact.js';
import { Icon } from './icon.js';

/**
 * A button with words. `kind` is `go` (the main one), `plain`, `quiet` or `danger`; `href` makes it a
 * link that looks the same.
 */
export function Button({
  kind = 'plain',
  small = false,
  wide = false,
  icon,
  href,
  children,
  class: more,
  ...rest
}) {
  const look = `button ${kind} ${small ? 'small' : ''} ${wide ? 'wide' : ''} ${more || ''}`;
  const inside = [icon && html`<${Icon} name=${icon} small=${small} />`, children];
  if (href) return html`<a class=${look} href=${href} ...${rest}>${inside}</a>`;
  return html`<button class=${look} type="button" ...${rest}>${inside}</button>`;
}

/** A button that is only an icon: `label` is its name and its tip. */
export function IconButton({ icon, label, href, class: more = '', ...rest }) {
  const look = `icon-button ${more}`;
  const inside = html`<${Icon} name=${icon} />`;
  if (href)
    return html`<a class=${look} href=${href} aria-label=${label} title=${label} ...${rest}>${inside}</a>`;
  return html`<button class=${look} type="button" aria-label=${label} title=${label} ...${rest}>${inside}</button>`;
}
