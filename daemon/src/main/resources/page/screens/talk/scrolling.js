/**
 * Where the log stands. Nothing that is read moves when lines come, change or go: the log holds on to
 * one row, the last that is wholly in sight, or to its end when that is in sight. DOM, no state.
 */
import { view } from './view.js';

/** This near to the end is at the end. */
const END_PX = 24;
/** This near to an end of the window the next lines are asked for. */
const NEAR_PX = 900;

const held = { row: null, top: 0, port: 0, scroll: 0, height: 0, shown: 0 };

/** The last row that ends in sight; a row taller than the port counts when its head is seen. */
export function lastInSight(port, list) {
  const all = list.children;
  const edge = port.getBoundingClientRect().bottom + 1;
  let from = 0;
  let to = all.length - 1;
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if (all[middle].getBoundingClientRect().bottom <= edge) from = middle;
    else to = middle - 1;
  }
  const row = all[from] || null;
  const next = row && row.nextElementSibling;
  const tall = next && next.getBoundingClientRect().top < edge - port.clientHeight / 2;
  return tall ? next : row;
}

/** Pixels below what is seen. */
export function below(port) {
  return port.scrollHeight - port.scrollTop - port.clientHeight;
}

/** Remembers what is read. */
export function hold(port, list, atWindowEnd) {
  view.pinned = atWindowEnd && below(port) < END_PX;
  const row = lastInSight(port, list);
  held.row = row;
  held.top = row ? row.offsetTop : 0;
  held.port = port.getBoundingClientRect().top;
  held.scroll = port.scrollTop;
  held.height = port.scrollHeight;
  held.shown = port.clientHeight;
  view.anchor = (row && row.dataset.message) || '';
}

/**
 * Whether the reader has scrolled since the last look: the browser tells of it only with the next
 * frame. What is at its end now was not scrolled, or was moved there by the browser itself because
 * the log got shorter or its frame higher.
 */
function scrolledSince(port) {
  return Math.abs(port.scrollTop - held.scroll) >= 1 && below(port) > 1;
}

/** Puts back what is read, after the log or its frame changed. */
export function restore(port, list, atWindowEnd) {
  if (view.pinned && scrolledSince(port)) {
    view.pinned = held.height - port.scrollTop - held.shown < END_PX;
  }
  if (view.pinned) {
    port.scrollTop = port.scrollHeight;
  } else if (held.row && held.row.isConnected) {
    const moved = held.row.offsetTop - held.top + port.getBoundingClientRect().top - held.port;
    if (moved) port.scrollTop += moved;
  }
  hold(port, list, atWindowEnd);
}

/** To the end. */
export function toEnd(port) {
  view.pinned = true;
  port.scrollTop = port.scrollHeight;
}

/** Brings a row into the middle, or the line above what is new under the head. */
export function toRow(port, row, middle) {
  view.pinned = false;
  const room = middle ? Math.max(0, (port.clientHeight - row.offsetHeight) / 2) : 48;
  port.scrollTop = row.offsetTop - room;
}

/** Brings a row into sight by as little as needed. */
export function intoSight(port, row) {
  const top = row.offsetTop;
  const end = top + row.offsetHeight;
  if (top < port.scrollTop) port.scrollTop = top - 8;
  else if (end > port.scrollTop + port.clientHeight) port.scrollTop = end - port.clientHeight + 8;
}

/** Which end of the window is near: `older`, `newer` or neither. */
export function near(port) {
  return { older: port.scrollTop < NEAR_PX, newer: below(port) < NEAR_PX };
}
