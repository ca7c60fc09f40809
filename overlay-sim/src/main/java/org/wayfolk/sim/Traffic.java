package org.wayfolk.sim;

import java.util.Map;
import java.util.TreeMap;

/**
 * IP bytes of one node's frames, both ways, by frame type: what a provider would count. Each frame
 * is a datagram of its own, or several of {@link #PAYLOAD} bytes, and each datagram is acknowledged
 * by one; what the real transport sends for a ping and its pong was measured to be that ({@code
 * IdleBytesTest} of overlay-quic). Handshakes are not in it.
 */
public final class Traffic {
  /** IPv4 and UDP around a datagram. */
  public static final int IP_UDP = 28;

  /**
   * QUIC around what a datagram carries: 1 of flags, 8 of connection id, 2 of packet number, 16 of
   * tag, 8 of stream frame header.
   */
  public static final int AROUND = 35;

  /** A datagram that only acknowledges. */
  public static final int ACKNOWLEDGEMENT = IP_UDP + 34;

  /** Stream bytes that one datagram carries. */
  public static final int PAYLOAD = 1_300;

  /** Frame types told apart; all above count as the last. */
  private static final int TYPES = 32;

  private final long[] sent = new long[TYPES];
  private final long[] received = new long[TYPES];

  void sent(int type, int bytes) {
    sent[Math.min(type, TYPES - 1)] += ipBytes(bytes);
  }

  void received(int type, int bytes) {
    received[Math.min(type, TYPES - 1)] += ipBytes(bytes);
  }

  /** What a frame costs, its acknowledgement included; both ends pay as much. */
  public static long ipBytes(int frame) {
    long datagrams = ((long) frame + PAYLOAD - 1) / PAYLOAD;
    return frame + datagrams * (IP_UDP + AROUND + ACKNOWLEDGEMENT);
  }

  /** All, both ways. */
  public long total() {
    return byType().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Both ways, by frame type; a copy, without types that there were none of. */
  public Map<Integer, Long> byType() {
    Map<Integer, Long> out = new TreeMap<>();
    for (int t = 0; t < TYPES; t++) {
      if (sent[t] + received[t] > 0) {
        out.put(t, sent[t] + received[t]);
      }
    }
    return out;
  }
}
