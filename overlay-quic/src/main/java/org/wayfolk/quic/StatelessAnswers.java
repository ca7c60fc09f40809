package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;
import java.util.random.RandomGenerator;
import org.wayfolk.time.TokenBucket;

/**
 * What a server says to strangers without keeping anything for them: Version Negotiation, Retry,
 * refusal.
 */
final class StatelessAnswers {
  /**
   * Answers a second: each costs some 5 us and is shorter than what it answers, so this bounds the
   * loop's work for strangers to a tenth of a core and amplifies nothing.
   */
  static final int PER_SECOND = 20_000;

  /** Shortest datagram that gets an answer: RFC 9000 14.1 makes every first flight so long. */
  static final int MIN_INITIAL = 1_200;

  private static final int ROOM = 512;

  /** A first flight has two or three packets: so many refused flights are told apart. */
  private static final int REFUSED = 64;

  private final QuicheBridge bridge;
  private final Batches batches;
  private final Counters counters;
  private final RetryTokens tokens;
  private final RandomGenerator random;
  private final TokenBucket budget;
  private final long token;
  private final long newId;
  private final long[] refused = new long[REFUSED];
  private int refusedAt;

  StatelessAnswers(
      QuicheBridge bridge,
      Batches batches,
      Counters counters,
      NativeMemory memory,
      RandomGenerator random,
      long now) {
    this.bridge = bridge;
    this.batches = batches;
    this.counters = counters;
    this.random = random;
    this.tokens = new RetryTokens(random);
    this.budget = new TokenBucket(PER_SECOND / 10, PER_SECOND, now);
    this.token = memory.take(RetryTokens.MAX_BYTES);
    this.newId = memory.take(8);
  }

  /** Says which versions we speak. */
  void negotiateVersion(LongHeader h, Path to, long now) {
    if (may(now)) {
      int n =
          bridge.negotiateVersion(
              h.scid(), h.scidLength(), h.dcid(), h.dcidLength(), batches.buffer(), ROOM);
      send(n, to, Counter.VERSIONS_NEGOTIATED);
    }
  }

  /** Asks the client to come again with a token. */
  void retry(LongHeader h, Path to, long now) {
    if (may(now)) {
      long id = random.nextLong();
      NativeMemory.i64(newId, id);
      byte[] original = bytes(h.dcid(), h.dcidLength());
      byte[] t = tokens.make(to, original, id, now);
      NativeMemory.copyIn(t, 0, token, t.length);
      int n =
          bridge.retry(
              new QuicheBridge.Span(h.scid(), h.scidLength()),
              new QuicheBridge.Span(h.dcid(), h.dcidLength()),
              newId,
              new QuicheBridge.Span(token, t.length),
              batches.buffer(),
              ROOM);
      send(n, to, Counter.RETRIES_SENT);
    }
  }

  /** Says that there is no room, and counts why, once a first flight. */
  void refuse(LongHeader h, Path to, Counter why, long now) {
    long flight = NativeMemory.i64(h.dcid());
    boolean again = false;
    for (long seen : refused) {
      again |= seen == flight;
    }
    if (again) {
      return;
    }
    refused[refusedAt] = flight;
    refusedAt = (refusedAt + 1) % REFUSED;
    counters.count(why);
    if (may(now)) {
      byte[] packet =
          Refusal.packet(bytes(h.scid(), h.scidLength()), bytes(h.dcid(), h.dcidLength()));
      NativeMemory.copyIn(packet, 0, batches.buffer(), packet.length);
      batches.send(batches.buffer(), packet.length, packet.length, to);
    }
  }

  /**
   * The original destination id that the packet's token vouches for; empty if it has no token of
   * ours.
   */
  byte[] vouchedId(LongHeader h, Path from, long now) {
    if (h.tokenLength() == 0 || h.tokenLength() > RetryTokens.MAX_BYTES || h.dcidLength() != 8) {
      return new byte[0];
    }
    return tokens.check(from, bytes(h.token(), h.tokenLength()), NativeMemory.i64(h.dcid()), now);
  }

  private boolean may(long now) {
    if (!batches.blocked() && budget.take(1, now)) {
      return true;
    }
    counters.count(Counter.DROP_ANSWER);
    return false;
  }

  private void send(int length, Path to, Counter what) {
    if (length > 0) {
      counters.count(what);
      batches.send(batches.buffer(), length, length, to);
    }
  }

  private static byte[] bytes(long at, int length) {
    byte[] b = new byte[length];
    NativeMemory.copyOut(at, b, 0, length);
    return b;
  }
}
