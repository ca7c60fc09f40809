/** Keys of the keyboard as words, and the one place that hands them out: the topmost layer first. */

/** Whether this is a Mac, where Cmd takes the place of Ctrl. */
export const MAC = /Mac|iP(hone|ad)/.test(navigator.platform || '');

const layers = [];

/**
 * A key event as a word: `ctrl+k`, `alt+shift+ArrowUp`, `Escape`. Ctrl is Cmd on a Mac. Letters are
 * named by their place on the keyboard, so that shortcuts work in every layout.
 */
export function name(event) {
  let key = event.key;
  if (/^Key[A-Z]$/.test(event.code)) key = event.code.slice(3).toLowerCase();
  if (event.code === 'Comma' && (event.ctrlKey || event.metaKey)) key = ',';
  if (event.code === 'Slash' && (event.ctrlKey || event.metaKey)) key = '/';
  const main = MAC ? event.metaKey : event.ctrlKey;
  return `${main ? 'ctrl+' : ''}${event.altKey ? 'alt+' : ''}${event.shiftKey ? 'shift+' : ''}${key}`;
}

/**
 * Puts a layer on top: `keys` is an object from names of keys to functions of the event. One that
 * answers `false` has not taken it: the next layer is asked. The answered function takes it away.
 */
export function layer(keys) {
  layers.push(keys);
  return () => {
    const at = layers.indexOf(keys);
    if (at >= 0) layers.splice(at, 1);
  };
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing) return;
  const word = name(event);
  for (let i = layers.length - 1; i >= 0; i--) {
    const fn = layers[i][word];
    if (fn && fn(event) !== false) {
      event.preventDefault();
      return;
    }
  }
}

/** Begins to listen. */
export function start() {
  addEventListener('keydown', pressed);
}
