/** From lines to what is drawn: days, the line above what is new, runs of bubbles. No DOM. */
import { ms } from '../../base/times.js';

/** Lines of one person this close together are one run. */
const RUN_MS = 5 * 60_000;

/**
 * The rows of the log.
 *
 * @param {Array<Object>} lines of the conversation
 * @param {Array<Object>} pending lines of this tab that the daemon has not confirmed
 * @param {string} newFrom the message above which the "new" line stands, or ''
 * @returns {Array<Object>} `{kind:'day'|'new'|'note'|'line', key, ...}`; of a run the first has
 *     `first`, the last `last`, and the last of a stretch of equal state has `state`
 */
export function rows(lines, pending, newFrom) {
  const all = pending.length ? [...lines, ...pending] : lines;
  const out = [];
  let before = null;
  let dayBefore = NaN;
  for (const line of all) {
    const at = ms(line.at);
    const day = dayNumber(at);
    if (day !== dayBefore) {
      out.push({ kind: 'day', key: `day ${day} ${line.key || line.message}`, at });
      before = null;
    }
    dayBefore = day;
    if (newFrom && line.message === newFrom) {
      out.push({ kind: 'new', key: 'new' });
      before = null;
    }
    if (line.note) {
      out.push({ kind: 'note', key: line.message, line, at });
      before = null;
      continue;
    }
    const joins = before && Boolean(before.line.mine) === Boolean(line.mine)
      && Math.abs(at - before.at) < RUN_MS && !breaks(before.line, line);
    const row = {
      kind: 'line', key: line.key || line.message, line, at, first: !joins, last: true,
    };
    if (joins) before.last = false;
    out.push(row);
    before = row;
  }
  return out;
}

function breaks(above, line) {
  return Boolean(line.mine && stateOf(above) !== stateOf(line));
}

function stateOf(line) {
  return `${line.state} ${line.state === 'failed' || line.state === 'queued' ? line.reason || '' : ''}`;
}

function dayNumber(at) {
  const date = new Date(at);
  return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate();
}

/** Whether two rows look the same: then the bubble is not drawn again. */
export function same(a, b) {
  return a === b || (a.line === b.line && a.first === b.first && a.last === b.last);
}
