/**
 * A conversation as far as it is loaded: a window of its history. Plain functions from one talk to the
 * next, no DOM and no asking. A line is as `history` gives it; `order` says where it stands.
 */

/** Lines that are kept around what is read. A million more are one request away. */
export const WINDOW = 240;
/** Up to here the window grows while somebody reads further up and new lines come. */
export const WINDOW_MAX = 480;

/** A conversation of which nothing is known yet. */
export const EMPTY = Object.freeze({
  lines: [],
  start: false,
  end: false,
  loading: '',
  failed: '',
  newFrom: '',
  newCount: 0,
  /** Whether all of what is new was read: then the next one begins anew. */
  newSeen: false,
  /** Lines of the other that came below what is loaded or seen. */
  below: 0,
  jump: null,
  /** What was told while the history was being read. */
  missed: [],
});

function compare(a, b) {
  if (a.order && b.order) return a.order < b.order ? -1 : a.order > b.order ? 1 : 0;
  return 0;
}

/** Where a line stands in sorted ones; without an order it is the last. */
function place(lines, line) {
  let at = lines.length;
  while (at > 0 && compare(lines[at - 1], line) > 0) at--;
  return at;
}

function indexOf(lines, message) {
  for (let i = lines.length - 1; i >= 0; i--) if (lines[i].message === message) return i;
  return -1;
}

/** The line with that name, or undefined. */
export function find(talk, message) {
  return talk.lines[indexOf(talk.lines, message)];
}

/** The window read anew, around or at the end. */
export function withWindow(talk, page) {
  return {
    ...talk,
    lines: keptKeys(talk.lines, page.messages),
    start: Boolean(page.start),
    end: Boolean(page.end),
    loading: '',
    failed: '',
    below: page.end ? 0 : talk.below,
  };
}

/** What was shown under its sender's key stays under it, so that its row stays the same. */
function keptKeys(before, lines) {
  const keys = new Map(before.filter((l) => l.key).map((l) => [l.message, l.key]));
  if (keys.size === 0) return lines;
  return lines.map((l) => (!l.key && keys.has(l.message) ? { ...l, key: keys.get(l.message) } : l));
}

/** Older lines in front; what is too far down falls out of the window. */
export function withOlder(talk, page) {
  const known = new Set(talk.lines.map((l) => l.message));
  const fresh = page.messages.filter((l) => !known.has(l.message));
  let lines = [...fresh, ...talk.lines];
  const cut = lines.length > WINDOW;
  if (cut) lines = lines.slice(0, WINDOW);
  return { ...talk, lines, start: Boolean(page.start), end: talk.end && !cut, loading: '' };
}

/** Newer lines behind; what is too far up falls out. */
export function withNewer(talk, page) {
  const known = new Set(talk.lines.map((l) => l.message));
  const fresh = page.messages.filter((l) => !known.has(l.message));
  let lines = [...talk.lines, ...fresh];
  const cut = lines.length > WINDOW;
  if (cut) lines = lines.slice(lines.length - WINDOW);
  return {
    ...talk,
    lines,
    start: talk.start && !cut,
    end: Boolean(page.end),
    loading: '',
    below: page.end ? 0 : talk.below,
  };
}

/**
 * Lines that came, that changed, or that were sent from here.
 *
 * @param {{pinned: boolean, open: boolean, attended: boolean}} view `pinned`: the newest is what is
 *     read, so the oldest fall out; `open`: it is on the screen; `attended`: and somebody looks
 */
export function withLines(talk, all, { pinned, open, attended }) {
  const lines = talk.lines.slice();
  let { newFrom, newCount, newSeen, below } = talk;
  for (const line of all) {
    const at = indexOf(lines, line.message);
    if (at >= 0) {
      lines[at] = merged(lines[at], line);
      continue;
    }
    if (line.changed) continue;
    const fresh = !line.mine && !line.note && !line.deleted;
    const where = place(lines, line);
    const inside = where < lines.length ? where > 0 || talk.start : talk.end;
    if (inside) lines.splice(where, 0, line);
    if (fresh && open && !(pinned && attended)) {
      if (!newFrom || newSeen) {
        newFrom = line.message;
        newCount = 0;
        newSeen = false;
      }
      newCount++;
      if (!pinned) below++;
    }
  }
  return trimmed({ ...talk, lines, newFrom, newCount, newSeen, below }, pinned);
}

/** A mark never goes backwards, except where a failed one is tried again. */
const RANK = { queued: 0, failed: 0, sent: 1, delivered: 2, read: 3, received: 4 };

function merged(before, line) {
  const { changed, kind, seq, ...kept } = line;
  const back = RANK[kept.state] < RANK[before.state];
  return { ...kept, key: kept.key || before.key, state: back ? before.state : kept.state };
}

function trimmed(talk, pinned) {
  const over = talk.lines.length - (pinned ? WINDOW : WINDOW_MAX);
  if (over <= 0) return talk;
  if (pinned) return { ...talk, lines: talk.lines.slice(over), start: false };
  return { ...talk, lines: talk.lines.slice(0, talk.lines.length - over), end: false };
}

/** How far one of ours has come. */
export function withProgress(talk, all) {
  let lines = talk.lines;
  for (const news of all) {
    const at = indexOf(lines, news.message);
    if (at < 0) continue;
    const before = lines[at];
    const waits = (news.deliveries || []).find((d) => d.reason);
    const state = RANK[news.state] < RANK[before.state] ? before.state : news.state;
    if (state === before.state && (waits?.reason || '') === (before.reason || '')) continue;
    if (lines === talk.lines) lines = lines.slice();
    lines[at] = { ...before, state, reason: waits?.reason, tries: waits?.tries };
  }
  return lines === talk.lines ? talk : { ...talk, lines };
}

/** Without a line that was deleted here. */
export function without(talk, message) {
  const at = indexOf(talk.lines, message);
  if (at < 0) return talk;
  const lines = talk.lines.slice();
  lines.splice(at, 1);
  return { ...talk, lines };
}

/** The message of ours that Up edits: the last one, if its text is still there. */
export function lastOwn(talk) {
  for (let i = talk.lines.length - 1; i >= 0; i--) {
    const line = talk.lines[i];
    if (line.mine && !line.note && !line.deleted && line.state !== 'failed') return line;
  }
  return undefined;
}
