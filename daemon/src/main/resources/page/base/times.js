/** Times, dates and sizes by `Intl`, in the language of the page. Times are absolute: nothing counts. */
import { lang } from './words.js';

const DAY = 86_400_000;
const made = new Map();

function format(name, options) {
  const key = `${lang()} ${name}`;
  let found = made.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(lang() === 'en' ? 'en-GB' : lang(), options);
    made.set(key, found);
  }
  return found;
}

/** Milliseconds of a time that the daemon gave: ISO 8601 or already a number. NaN if it is neither. */
export function ms(at) {
  return typeof at === 'number' ? at : Date.parse(at);
}

/** `14:32` */
export function clock(at) {
  const time = ms(at);
  return Number.isNaN(time)
    ? ''
    : format('clock', { hour: '2-digit', minute: '2-digit' }).format(time);
}

/** `14:32:05.1`, for the details of a message. */
export function exact(at) {
  const time = ms(at);
  if (Number.isNaN(time)) return '';
  const options = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 1,
  };
  return format('exact', options).format(time);
}

function midnight(time) {
  const date = new Date(time);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

/** How many days ago that was by the calendar: 0 today, 1 yesterday. */
export function daysAgo(at, now = Date.now()) {
  return Math.round((midnight(now) - midnight(ms(at))) / DAY);
}

function near(days) {
  const word = new Intl.RelativeTimeFormat(lang(), { numeric: 'auto' }).format(-days, 'day');
  return word.charAt(0).toLocaleUpperCase(lang()) + word.slice(1);
}

/** The heading of a day: `Today, 21 November`; `Thursday, 12 November`; with the year if another. */
export function day(at, now = Date.now()) {
  const time = ms(at);
  if (Number.isNaN(time)) return '';
  const days = daysAgo(time, now);
  const date = format('date', { day: 'numeric', month: 'long' }).format(time);
  if (days === 0 || days === 1) return `${near(days)}, ${date}`;
  if (new Date(time).getFullYear() === new Date(now).getFullYear()) {
    return format('weekdate', { weekday: 'long', day: 'numeric', month: 'long' }).format(time);
  }
  return format('fulldate', { day: 'numeric', month: 'long', year: 'numeric' }).format(time);
}

/** A time in a row of the list: `14:32`, `Yesterday`, `Thu`, `12 Nov`, `12.11.2025`. */
export function brief(at, now = Date.now()) {
  const time = ms(at);
  if (Number.isNaN(time)) return '';
  const days = daysAgo(time, now);
  if (days <= 0) return clock(time);
  if (days === 1) return near(1);
  if (days < 7) return format('weekday', { weekday: 'short' }).format(time);
  if (new Date(time).getFullYear() === new Date(now).getFullYear()) {
    return format('short', { day: 'numeric', month: 'short' }).format(time);
  }
  return format('old', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(time);
}

/** A time of which the day matters: `14:32`, `Yesterday, 14:32`, `12 November, 14:32`. */
export function when(at, now = Date.now()) {
  const time = ms(at);
  if (Number.isNaN(time)) return '';
  const days = daysAgo(time, now);
  if (days === 0) return clock(time);
  if (days === 1) return `${near(1)}, ${clock(time)}`;
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  const date = sameYear
    ? format('date', { day: 'numeric', month: 'long' }).format(time)
    : format('fulldate', { day: 'numeric', month: 'long', year: 'numeric' }).format(time);
  return `${date}, ${clock(time)}`;
}

/** Only the date: `4 December`. */
export function date(at) {
  const time = ms(at);
  return Number.isNaN(time) ? '' : format('date', { day: 'numeric', month: 'long' }).format(time);
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** `1.4 MB`: bytes in decimal units, as disks and providers count. */
export function size(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(lang(), {
    style: 'unit',
    unit: UNITS[unit],
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(value);
}
