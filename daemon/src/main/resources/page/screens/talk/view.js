/** What the log on the screen knows and nobody else is drawn again for, and where the focus goes back to. */

/** The conversation that is open, whether its newest line is in view, and what line is read. */
export const view = { card: '', pinned: true, anchor: '' };

/** Whether somebody looks: the tab is shown and has the focus. */
export function attended() {
  return !document.hidden && document.hasFocus();
}

/** Gives the focus back to what opened a panel; where that is gone, to writing. */
export function giveBack(opener) {
  const to = opener && opener.isConnected && opener !== document.body
    ? opener : document.querySelector('[data-area=compose]');
  if (to) to.focus({ preventScroll: true });
}
