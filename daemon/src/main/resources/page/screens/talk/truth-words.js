/** The truth about a message in words: what happened, and numbers. Only what the daemon knows. */
import { exact, ms, size, when } from '../../base/times.js';
import { has, lang, t } from '../../base/words.js';

const utf8 = new TextEncoder();

/** Of several devices the one that got furthest. */
export function main(truth) {
  const rank = { failed: 0, queued: 1, sent: 2, delivered: 3 };
  return (truth.deliveries || []).reduce(
    (best, next) => (!best || rank[next.state] > rank[best.state] ? next : best),
    undefined,
  );
}

/** Others between you and them: links crossed less one. */
export function others(delivery) {
  return delivery && delivery.hops > 0 ? delivery.hops - 1 : 0;
}

function why(reason) {
  const key = `truth.why_${reason}`;
  return has(key) ? t(key) : '';
}

function way(delivery) {
  if (!delivery.hops) return t('truth.way_unknown');
  const n = others(delivery);
  return n === 0 ? t('truth.way_direct') : t('truth.way_through', { n });
}

/**
 * What happened, oldest first: `{at, title, says, look}`; `look` is done, past, open, wait or bad.
 *
 * @param {{truth: Object, name: string, notes: boolean}} known
 */
export function steps({ truth, name, notes }) {
  if (notes) return [{ at: truth.at, title: t('truth.kept'), says: t('truth.kept_note'), look: 'done' }];
  if (!truth.mine) return received(truth, name);
  const delivery = main(truth);
  if (!delivery) {
    return [{ at: truth.at, title: t('truth.kept'), says: t('truth.no_details'), look: 'past' }];
  }
  const out = [{ at: delivery.queuedAt, title: t('truth.kept'), says: t('truth.kept_says'), look: 'past' }];
  tries(out, delivery);
  arrival(out, truth, delivery, name);
  return out;
}

function received(truth, name) {
  const out = [{ at: truth.at, title: t('truth.written', { name }), says: t('truth.written_says'), look: 'past' }];
  if (truth.receivedAt) {
    out.push({ at: truth.receivedAt, title: t('truth.stored'), says: t('truth.stored_says'), look: 'done' });
  }
  return out;
}

function tries(out, delivery) {
  if (!delivery.sentAt) return;
  const says = delivery.tries > 1 ? t('truth.sent_tries', { n: delivery.tries }) : t('truth.sent_says');
  out.push({ at: delivery.sentAt, title: t('truth.sent'), says, look: 'past' });
}

function arrival(out, truth, delivery, name) {
  switch (delivery.state) {
    case 'delivered':
      out.push({ at: delivery.deliveredAt, title: t('truth.delivered'), says: t('truth.delivered_says', { name, way: way(delivery) }), look: 'done' });
      out.push(truth.readAt
        ? { at: truth.readAt, title: t('truth.read'), says: t('truth.read_says', { name }), look: 'done' }
        : { title: t('truth.not_read'), says: t('truth.not_read_says', { name }), look: 'none' });
      break;
    case 'failed':
      out.push({ title: t('truth.failed'), says: why(delivery.reason) || t('truth.failed_says'), look: 'bad' });
      break;
    case 'sent':
      out.push({ title: t('truth.going'), says: t('truth.going_says'), look: 'next' });
      break;
    default:
      out.push({ title: t('truth.waiting'), says: waiting(delivery), look: 'next' });
  }
}

function waiting(delivery) {
  const parts = [why(delivery.reason) || t('truth.waiting_says')];
  if (delivery.nextTryAt && ms(delivery.nextTryAt) > Date.now()) {
    parts.push(t('truth.next_try', { when: when(delivery.nextTryAt) }));
  } else {
    parts.push(t('truth.by_itself'));
  }
  return parts.join(' ');
}

function seconds(milliseconds) {
  const value = milliseconds / 1000;
  return new Intl.NumberFormat(lang(), {
    style: 'unit', unit: 'second', maximumFractionDigits: value < 10 ? 2 : 0,
  }).format(value);
}

/** Pairs of what and how much. */
export function numbers({ truth, notes }) {
  const delivery = main(truth);
  const out = [];
  if (delivery) {
    out.push([t('truth.tries'), String(delivery.tries)]);
    if (delivery.ms !== undefined) out.push([t('truth.round_trip'), seconds(delivery.ms)]);
    if (delivery.hops) out.push([t('truth.others_between'), delivery.hops > 1 ? `~${others(delivery)}` : '0']);
    const all = truth.deliveries.length;
    const got = truth.deliveries.filter((d) => d.state === 'delivered').length;
    if (all > 1) out.push([t('truth.devices'), t('truth.devices_of', { n: got, all })]);
  }
  out.push([t('truth.text'), size(utf8.encode(truth.text || '').length)]);
  if (truth.sealedBytes) out.push([t('truth.wire'), t('truth.wire_says', { size: size(truth.sealedBytes) })]);
  if (!notes) out.push([t('truth.encrypted'), t('truth.encrypted_says')]);
  out.push([t('truth.name'), truth.message]);
  return out;
}

/** All of it as plain text, for a friend who helps. The text of the message is not in it. */
export function asText(known) {
  const lines = [t('truth.title'), ''];
  for (const step of steps(known)) {
    lines.push(`${step.at ? `${exact(step.at)}  ` : ''}${step.title}. ${step.says}`);
  }
  lines.push('');
  for (const [what, value] of numbers(known)) lines.push(`${what}: ${value}`);
  return lines.join('\n');
}
