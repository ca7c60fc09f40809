/** What the daemon tells, applied to a conversation as far as it is loaded. No DOM, no asking. */
import * as lines from './lines.js';

/** `message` and `changed` are applied alike; the others each by their own. */
function groupOf(event) {
  return event.kind === 'changed' ? 'message' : event.kind;
}

function one(talk, kind, events, how) {
  switch (kind) {
    case 'message':
      return lines.withLines(talk, events.map(asLine), how);
    case 'progress':
      return lines.withProgress(talk, events);
    default:
      return events.reduce((now, event) => lines.without(now, event.message), talk);
  }
}

function asLine(event) {
  const { kind, seq, ...line } = event;
  return kind === 'changed' ? { ...line, changed: true } : line;
}

/**
 * Applies events in their order: a line may come, change and go within one frame. While the history
 * is read they are kept too: what is being read may be older than they are.
 */
export function applied(talk, events, how) {
  let now = talk;
  for (let i = 0; i < events.length;) {
    const kind = groupOf(events[i]);
    let end = i + 1;
    while (end < events.length && groupOf(events[end]) === kind) end++;
    now = one(now, kind, events.slice(i, end), how);
    i = end;
  }
  return now.loading ? { ...now, missed: [...now.missed, ...events] } : now;
}

/** After a reading of the history: what was told meanwhile, once more, and not counted again. */
export function caughtUp(talk, pinned) {
  if (talk.missed.length === 0) return talk;
  const { missed } = talk;
  return applied({ ...talk, missed: [] }, missed, { pinned, open: false, attended: true });
}
