/** The keyboard in the log, while it has the focus: page.md 7. */

/** Moves the focus from row to row; true if the key was one of those. */
export function moves(event, list, intoSight) {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const row = event.target.closest('[data-line]');
  const all = [...list.querySelectorAll('[data-line]')];
  const at = all.indexOf(row);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return false;
  event.preventDefault();
  const next = all[Math.min(Math.max(to, 0), all.length - 1)];
  if (next && next !== row) {
    next.focus({ preventScroll: true });
    intoSight(next);
  } else if (next) {
    intoSight(next);
  }
  return true;
}

/** What a key does with the line that has the focus. Letters go by their place on the keyboard. */
export function presses(event, line, acts) {
  if (event.ctrlKey || event.metaKey || event.altKey || line.pending) return;
  const row = event.target;
  const what = event.key === 'Enter' ? 'Enter'
    : event.key === 'Delete' || event.key === 'Backspace' ? 'Delete'
      : event.key === '+' ? '+' : event.code;
  const does = {
    Enter: () => acts.details(line),
    Delete: () => acts.remove(line),
    '+': () => acts.pick(line, row),
    NumpadAdd: () => acts.pick(line, row),
    KeyR: () => acts.reply(line),
    KeyE: () => line.mine && !line.deleted && acts.edit(line),
    KeyC: () => acts.copy(line),
    ContextMenu: () => acts.menu(line, row),
  }[what];
  if (!does || (line.deleted && what !== 'Delete' && what !== 'Enter')) return;
  event.preventDefault();
  does();
}
