/** Opens what lies over the page: the palette and the list of shortcuts. */
import { set } from '../../base/store.js';

/** Opens the palette, with text in it if given. */
export function find(text = '') {
  set({ over: { kind: 'find', text } });
}

/** Opens the list of shortcuts. */
export function shortcuts() {
  set({ over: { kind: 'shortcuts' } });
}

/** Closes what lies over the page. */
export function close() {
  set({ over: null });
}
