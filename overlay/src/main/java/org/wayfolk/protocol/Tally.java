package org.wayfolk.protocol;

import java.util.Locale;
import org.wayfolk.peer.RecordCheck;

/**
 * Every counter of a node, one per thing that happened and one per reason for which something was
 * refused or dropped. The name in lower case is what {@code status --json} shows. Grouped by room;
 * a room adds its own here.
 */
public enum Tally {
  // loop
  /** A packet came while the inbox was full. */
  INBOX_FULL(true),
  /** A record that holds no frame. */
  FRAME_MALFORMED(true),
  /** A frame type that this version does not know. */
  FRAME_UNKNOWN(true),
  /** A frame of a peer that has not proven its link. */
  FRAME_BEFORE_HELLO(true),
  /** Something threw on the loop or a worker: our bug. */
  BUG(true),
  /** The workers had no room. */
  WORK_FULL(true),

  // admission
  /** An envelope for this node whose signature verified. */
  ENVELOPES_VERIFIED(false),
  /** A frame carried for others, over its link's budget. */
  TRANSIT_OVER_BUDGET(true),
  /** A link-local frame over its link's budget. */
  CONTROL_OVER_BUDGET(true),
  /** A link-local frame longer than any of them is. */
  CONTROL_TOO_LARGE(true),
  /** A link closed because it went on sending over its budget. */
  LINK_OVERRUN(true),
  /** Bytes for this node that are no envelope, or no payload of ours. */
  ENVELOPE_MALFORMED(true),
  /** A routed frame of the older protocol, which this network does not speak. */
  ENVELOPE_FOREIGN(true),
  /** An envelope for somebody else that was handed to us as ours. */
  ENVELOPE_MISADDRESSED(true),
  /** A payload of a kind that this version does not know. */
  PAYLOAD_UNKNOWN(true),
  /** An envelope sent more than 15 minutes from now. */
  ENVELOPE_STALE(true),
  /** An envelope seen before: another copy, or a replay. */
  ENVELOPE_REPLAYED(true),
  /** An envelope whose origin has too few leading zero bits for the network. */
  ORIGIN_LACKS_WORK(true),
  /** An envelope that came in from outside and claims to be from us. */
  ORIGIN_IS_SELF(true),
  /** An envelope over the budget of its origin. */
  ORIGIN_OVER_BUDGET(true),
  /** A message or key ask of a sender that the application does not want. */
  SENDER_UNWANTED(true),
  /** An envelope that its origin did not sign. */
  SIGNATURE_BAD(true),
  /** An envelope for whose signature its link's line had no room. */
  VERIFY_FULL(true),
  /** An envelope given up before its signature was checked: its link went. */
  VERIFY_DROPPED(true),

  // rendezvous
  /** A key ask answered. */
  KEY_ASKS_ANSWERED(false),
  /** Keys learned from their owners. */
  KEYS_FOUND(false),
  /** A key ask, answer or rekey that does not decode. */
  KEY_MALFORMED(true),
  /** A key ask over its origin's budget or ours. */
  KEY_ASK_OVER_BUDGET(true),
  /** An answer to nothing we asked, or not from whom we asked. */
  KEY_ANSWER_UNASKED(true),
  /** An answer or rekey whose record does not verify or whose key is not the one of its record. */
  KEY_UNPROVEN(true),
  /** An answer or rekey in a suite that this version does not seal in. */
  KEY_SUITE_UNKNOWN(true),
  /** A key ask that could not be made: too many wait. */
  KEY_ASKS_FULL(true),
  /** A rekey not sent: its peer had one within the second. */
  REKEY_OVER_BUDGET(true),
  /** A rekey from a peer that had its turn within the second. */
  REKEY_FLOOD(true),
  /** A rekey about a key that we do not use, or that brings nothing newer. */
  REKEY_UNASKED(true),

  // trace
  /** Trace asks answered. */
  TRACE_ANSWERED(false),
  /** A trace ask of others, which this node does not answer. */
  TRACE_DECLINED(false),
  /** A trace ask not answered: another was within the second. */
  TRACE_OVER_BUDGET(true),
  /** A trace ask not answered: it would tell of a link to somebody whom the user knows. */
  TRACE_HIDDEN(false),
  /** A trace ask that is stale, lacks work, or that its origin did not sign. */
  TRACE_REFUSED(true),
  /** A trace ask or line that does not decode, does not open, or says what it cannot know. */
  TRACE_MALFORMED(true),
  /** A line for no trace under way. */
  TRACE_UNASKED(true),

  // delivery
  /** Messages handed to this node to send. */
  MESSAGES_SENT(false),
  /** Sealings that left, repeats included. */
  MESSAGE_TRIES(false),
  /** Messages that their receiver acknowledged. */
  MESSAGES_ACKNOWLEDGED(false),
  /** Messages that a handler here accepted. */
  DELIVERED(false),
  /** Receipts sent. */
  RECEIPTS_SENT(false),
  /** A message or receipt that does not decode. */
  MESSAGE_MALFORMED(true),
  /** A message in a suite, or with a flag, that this version does not know. */
  MESSAGE_UNSUPPORTED(true),
  /** A message sealed to a key that is not or no longer ours. */
  MESSAGE_UNKNOWN_KEY(true),
  /** A message whose seal does not open. */
  MESSAGE_SEAL_BAD(true),
  /** A message sent before this node started: it may be a replay from an earlier life. */
  MESSAGE_BEFORE_START(true),
  /** A repeat of a message that is running or accepted; answered, not run again. */
  MESSAGE_DUPLICATE(true),
  /** A message id used again for other content. */
  MESSAGE_ID_REUSED(true),
  /** A message for which there was no room. */
  MESSAGE_QUEUE_FULL(true),
  /** A message that no handler accepted. */
  MESSAGE_NOT_ACCEPTED(true),
  /** A repeat of a message to which the application gave silence. */
  MESSAGE_SILENCED(true),
  /** A receipt for nothing that waits here, or not from the receiver. */
  RECEIPT_UNASKED(true),
  /** A receipt that the receiver of the message did not make. */
  RECEIPT_FORGED(true),
  /** A receipt not sent: its message had its share within the minute. */
  RECEIPT_OVER_BUDGET(true),
  /** A receipt not sent: no link took it. */
  RECEIPT_NO_ROUTE(true),
  /** A message refused here because too many wait to be sent. */
  SEND_BACKPRESSURE(true),

  // peer
  /** Bytes that are no peer record. */
  RECORD_MALFORMED(true),
  /** A record whose id has too few leading zero bits for the network. */
  RECORD_WORK(true),
  /** A record issued more than 15 minutes from now. */
  RECORD_FUTURE(true),
  /** A record past its expiry. */
  RECORD_EXPIRED(true),
  /** A record that wants to live longer than 30 days. */
  RECORD_TOO_LONG_LIVED(true),
  /** A record that its own key did not sign for this network. */
  RECORD_SIGNATURE(true),
  /** A record older than the one we hold of that node. */
  RECORD_OLDER(true),
  /**
   * A record held back from a link: it names an address of a narrower scope, or its addresses have
   * ended.
   */
  RECORD_HELD_BACK(false),

  // hello
  /** Links that came up. */
  HELLO_UP(false),
  /** A connection for another network. */
  HELLO_WRONG_NETWORK(true),
  /** A connection of another protocol than ours. */
  HELLO_WRONG_ALPN(true),
  /** A connection to ourselves. */
  HELLO_SELF(true),
  /** A peer whose id has too few leading zero bits for the network. */
  HELLO_WORK(true),
  /** A peer that this node does not admit. */
  HELLO_NOT_ADMITTED(true),
  /** A hello that does not decode. */
  HELLO_MALFORMED(true),
  /** A step of the hello that was not due: repeated, skipped, or of the other side. */
  HELLO_OUT_OF_STEP(true),
  /** A hello that is not signed for this connection. */
  HELLO_SIGNATURE(true),
  /** A hello whose record is of another node than the certificate. */
  HELLO_RECORD_OTHER(true),
  /** A hello whose record was refused; why is counted beside it. */
  HELLO_RECORD_REFUSED(true),
  /** A hello that was not finished in time. */
  HELLO_TIMEOUT(true),
  /** A hello for which the workers or the outbox had no room. */
  HELLO_NO_ROOM(true),
  /** A connection that the other end closed before it was a link. */
  HELLO_TURNED_AWAY(true),
  /** A hello that was asked for work, because there were too many. */
  HELLO_CHALLENGED(false),
  /** Work that we did for a hello of our own. */
  HELLO_WORKED(false),
  /** An answer to a challenge that solves nothing. */
  HELLO_EFFORT_FALSE(true),
  /** A hello that gave way to those who had done more work. */
  HELLO_OUTBID(true),
  /** A link that gave way to another of the same peer. */
  HELLO_REPLACED(false),
  /**
   * A frame that came while a proof was checked and found no room, or whose link did not come up.
   */
  HELLO_HELD_LOST(true),
  /** A peer's record names an address that does not reach as far as its link. */
  RECORD_NARROW(false),
  /** A record on a link of another peer than the one it is about. */
  RECORD_OTHER(true),
  /** Another record with the same sequence: one key used twice at once. */
  RECORD_TWIN(true),
  /** More records on one link than its budget. */
  RECORD_TOO_MANY(true),
  /** A changed record of ours for which a link had no room; told later. */
  RECORD_NOT_TOLD(true),
  /** Records of our own told to links because they changed. */
  RECORD_PUBLISHED(false),

  // routing
  /** A routed frame that ended here. */
  ARRIVED(false),
  /** A routed frame passed on for others. */
  FORWARDED(false),
  /** Bytes of those frames. */
  FORWARDED_BYTES(false),
  /** A routed frame handed back: this node carries nothing for others, or no more today. */
  CARRY_DECLINED(false),
  /** Not passed on: that neighbour has used its share of what we carry today. */
  CARRY_OVER_SHARE(false),
  /** The same, dropped: too many came to hand each back, or nobody was left to hand it to. */
  CARRY_DROPPED(true),
  /** Passed on by a detour: nobody nearer was left, and nobody to hand it back to. */
  ROUTE_DETOUR(false),
  /** A routed frame whose envelope does not decode. */
  ROUTE_MALFORMED(true),
  /** A routed frame of a connection that is no link of ours any more. */
  ROUTE_UNLINKED(true),
  /** A routed frame whose ttl is used up. */
  ROUTE_TTL(true),
  /** The same copy again from the same link. */
  ROUTE_REPEATED(true),
  /** A copy that came round to us again; handed back. */
  ROUTE_LOOP(false),
  /** A copy that came back, not as a return, from whom we had given it; taken as one. */
  ROUTE_BACKWARDS(false),
  /** A copy for which nobody was left to try. */
  ROUTE_DEAD_END(true),
  /** A copy that was returned too often or has no ttl left. */
  ROUTE_GIVEN_UP(true),
  /** A copy handed back to the link it came from. */
  RETURNED(false),
  /** A copy that a neighbour handed back to us and that went on from here. */
  RETURN_TAKEN(false),
  /** A returned frame that does not decode. */
  RETURN_MALFORMED(true),
  /** A returned copy that we do not remember. */
  RETURN_LOST(true),
  /** A returned copy that we never gave to that link. */
  RETURN_FALSE(true),
  /** A copy too long to be wrapped and handed back. */
  RETURN_TOO_LONG(true),
  /** A link did not take a frame: its outbox is full or it is closing. */
  LINK_FULL(true),
  /** A newer connection to the same peer took the place of a link. */
  LINK_REPLACED(false),
  /** A link closed because its peer answered nothing. */
  LINK_SILENT(false),
  /** A link closed to make room for another. */
  LINK_EVICTED(false),
  /** A link closed because neither end needs it. */
  LINK_SURPLUS(false),
  /** A newcomer sent away for want of room, after it could look around. */
  LINK_NO_ROOM(false),
  /** A frame of a connection that another has replaced. */
  FRAME_OF_OLD_LINK(true),
  /** A neighbour said that it leaves. */
  LEAVE_HEARD(false),
  /** A link looked at because a neighbour lost its own to the same peer. */
  KEEPALIVE_DOUBTED(false),
  /** Intervals shortened: a path was forgotten while both ends lived. */
  KEEPALIVE_SHORTENED(false),
  /** Pings sent. */
  PINGED(false),
  /** A pong that nobody asked for. */
  PONG_UNASKED(true),
  /** A pong that does not decode. */
  PONG_MALFORMED(true),
  /** A link table that does not decode. */
  TABLE_MALFORMED(true),
  /** More link tables than a link may send. */
  TABLE_OVER_BUDGET(true),
  /** Lookups begun. */
  LOOKUP(false),
  /** A lookup not begun: too many wait. */
  LOOKUP_REFUSED(true),
  /** A find answered. */
  FIND_ANSWERED(false),
  /** A find passed on along its path. */
  FIND_PASSED_ON(false),
  /** A find that does not decode. */
  FIND_MALFORMED(true),
  /** More finds than a link, or all strangers together, may ask. */
  FIND_OVER_BUDGET(true),
  /** A find with a path from a connection that is no link. */
  FIND_UNLINKED(true),
  /** A find that came to somebody who does not stand in its path. */
  FIND_MISROUTED(true),
  /** A find to be passed on to somebody we have no link to. */
  FIND_NO_LINK(true),
  /**
   * A find not passed on: too many of that link wait, too many went on over the next one, or it
   * goes back where it came from.
   */
  FIND_REFUSED(true),
  /** A find of ours that nobody answered in time. */
  FIND_UNANSWERED(false),
  /** An answer to no find, or from another link. */
  FOUND_UNASKED(true),
  /** An answer that does not decode or is longer than asked for. */
  FOUND_MALFORMED(true),
  /** Dials begun. */
  DIALLED(false),
  /** Dials that gave no link. */
  DIAL_FAILED(false),
  /** An address not dialled: others at its site did not answer, or enough are being dialled. */
  DIAL_HELD_BACK(true);

  private final boolean drop;

  Tally(boolean drop) {
    this.drop = drop;
  }

  /** Whether this counts something refused or dropped. */
  public boolean drop() {
    return drop;
  }

  /** The counter of a refused record. */
  public static Tally of(RecordCheck.Refusal why) {
    return switch (why) {
      case MALFORMED -> RECORD_MALFORMED;
      case WORK -> RECORD_WORK;
      case FUTURE -> RECORD_FUTURE;
      case EXPIRED -> RECORD_EXPIRED;
      case TOO_LONG_LIVED -> RECORD_TOO_LONG_LIVED;
      case SIGNATURE -> RECORD_SIGNATURE;
    };
  }

  /** The name that people and scripts see. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
