/** A dialog: only for what cannot be undone. The native one: it traps focus and gives it back. */
import { html, useLayoutEffect, useRef } from '../vendor/htm-preact.js';
import { useId } from './field.js';

/**
 * A dialog that is open while it is drawn. Focus starts on what has `autofocus`: the safe button.
 *
 * @param {{title: string, onClose: Function}} props `onClose` for Esc and a press outside
 */
export function Dialog({ title, onClose, children, class: more = '', label }) {
  const box = useRef(null);
  const id = useId('dialog');
  // In the same task as the drawing, so that the next letter that is typed lands in it.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const dialog = box.current;
    dialog.showModal();
    const first = dialog.querySelector('[autofocus]');
    if (first) first.focus();
    return () => {
      // While it is open, nothing under it takes focus.
      dialog.close();
      if (opener && opener.isConnected) opener.focus();
    };
  }, []);
  const outside = (event) => event.target === box.current && onClose();
  const named = title ? { 'aria-labelledby': id } : { 'aria-label': label };
  return html`<dialog
    ref=${box}
    class=${`dialog ${more}`}
    onCancel=${(event) => {
      event.preventDefault();
      onClose();
    }}
    onMouseDown=${outside}
    ...${named}
  >
    <div class="dialog-in">
      ${title && html`<h2 id=${id}>${title}</h2>`}
      ${children}
    </div>
  </dialog>`;
}
