package org.wayfolk.quic;

import org.wayfolk.transport.CounterName;

/** What this transport counts, in the order it is shown. */
enum Counter {
  LINKS_DIALLED(CounterName.DIALLED),
  LINKS_ACCEPTED(CounterName.ACCEPTED),
  DIALS_FAILED("dials_failed"),
  HANDSHAKES_FAILED("handshakes_failed"),
  FRAMES_IN(CounterName.FRAMES_RECEIVED),
  FRAMES_OUT(CounterName.FRAMES_SENT),
  /** Empty records: the one a dialler opens its stream with. */
  EMPTY_IN("records_empty"),
  PACKETS_IN("packets_in"),
  PACKETS_OUT("packets_out"),
  BYTES_IN("bytes_in"),
  BYTES_OUT("bytes_out"),
  /** Packets that had to be repeated, counted when their connection ends. */
  PACKETS_LOST("packets_lost"),
  SIDE_IN("side_in"),
  RETRIES_SENT("retries_sent"),
  VERSIONS_NEGOTIATED("versions_negotiated"),
  ADDRESSES_MOVED("addresses_moved"),
  SEND_BLOCKED("send_blocked"),
  /** Datagrams the kernel would not send. */
  SEND_FAILED("drop_send_failed"),
  /** Records that found the node's inbox full. */
  INBOX_FULL(CounterName.INBOX_FULL),
  /** Frames that found their outbox full; the caller was told. */
  OUTBOX_FULL(CounterName.OUTBOX_FULL),
  /** Datagrams too short for any packet, or with an impossible header. */
  DROP_RUNT("drop_runt"),
  /** Packets for no connection of ours. */
  DROP_UNKNOWN("drop_unknown_connection"),
  /** First packets of a client below 1,200 bytes (RFC 9000 14.1). */
  DROP_SHORT_INITIAL("drop_short_initial"),
  /** Packets from a new address that were not authentic. */
  DROP_FOREIGN("drop_foreign_source"),
  /** Data that came before its keys were there; the peer repeats it a timeout later. */
  DROP_EARLY("drop_early_data"),
  /** Side packets with no taker. */
  DROP_SIDE("drop_side"),
  /** Stateless answers beyond their budget. */
  DROP_ANSWER("drop_answer_budget"),
  REFUSED_LINKS(CounterName.REFUSED_LINKS),
  REFUSED_INBOUND(CounterName.REFUSED_INBOUND),
  REFUSED_INBOUND_IP(CounterName.REFUSED_PER_IP),
  REFUSED_HALF_OPEN_IP(CounterName.REFUSED_HALF_OPEN),
  REFUSED_TOKEN("refused_retry_token"),
  REFUSED_QUICHE("refused_quiche"),
  /** Certificates that prove no identity. */
  REFUSED_CERTIFICATE(CounterName.REFUSED_CERTIFICATE),
  /** Certificates of somebody else than the one dialled. */
  REFUSED_KEY("refused_wrong_key"),
  CLOSED_FIRST_FRAME(CounterName.FIRST_FRAME_LATE),
  CLOSED_STALLED(CounterName.STALLED),
  CLOSED_IDLE("closed_idle"),
  /** Peers that broke QUIC or the record layer. */
  CLOSED_MALFORMED("closed_malformed"),
  CLOSED_BY_PEER("closed_by_peer"),
  CLOSED_BY_US("closed_by_us"),
  /** Our own mistakes: each closed one connection. */
  BUG("bug");

  private final String shown;

  Counter(String shown) {
    this.shown = shown;
  }

  /** The name it is shown by. */
  String shown() {
    return shown;
  }
}
