/** What the log on the screen knows and nobody else needs to be drawn again for: no state, no DOM. */

/** The conversation that is open, whether its newest line is in view, and what line is read. */
export const view = { card: '', pinned: true, anchor: '' };

/** Whether somebody looks: the tab is shown and has the focus. */
export function attended() {
  return !document.hidden && document.hasFocus();
}
