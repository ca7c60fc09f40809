package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens to a packet of nobody we know: version negotiation, refusal, Retry or a new
 * connection. Everything before the last costs no memory. Owned by the loop.
 */
final class Strangers {
  private final QuicLoop loop;
  private final QuicheBridge bridge;
  private final Configurations configurations;
  private final StatelessAnswers answers;
  private final LongHeader header = new LongHeader();
  private final long idBuffer;

  Strangers(
      QuicLoop loop,
      QuicheBridge bridge,
      Configurations configurations,
      StatelessAnswers answers,
      NativeMemory memory) {
    this.loop = loop;
    this.bridge = bridge;
    this.configurations = configurations;
    this.answers = answers;
    this.idBuffer = memory.take(8 + LongHeader.MAX_ID);
  }

  /** The connection that this packet with a long header begins, or null. */
  @Nullable Connection admit(long at, int length, Path from, long now) {
    Counters counters = loop.counters();
    if (!header.parse(at, length)) {
      counters.count(Counter.DROP_RUNT);
      return null;
    }
    boolean tooShort = length < StatelessAnswers.MIN_INITIAL;
    if (header.version() != QuicheBridge.VERSION) {
      // Version 0 is a Version Negotiation packet, which is never answered.
      if (header.version() == 0 || tooShort) {
        counters.count(Counter.DROP_UNKNOWN);
      } else {
        answers.negotiateVersion(header, from, now);
      }
      return null;
    }
    if (!header.initial() || tooShort) {
      counters.count(header.initial() ? Counter.DROP_SHORT_INITIAL : Counter.DROP_UNKNOWN);
      return null;
    }
    Counter refusal = loop.gate().refuses(from);
    if (refusal != null) {
      answers.refuse(header, from, refusal, now);
      return null;
    }
    byte[] original = answers.vouchedId(header, from, now);
    if (original.length == 0) {
      if (header.tokenLength() > 0) {
        counters.count(Counter.REFUSED_TOKEN);
      }
      if (loop.gate().demandsRetry(now)) {
        answers.retry(header, from, now);
        return null;
      }
    }
    return accept(original, from, now);
  }

  private @Nullable Connection accept(byte[] original, Path from, long now) {
    boolean retried = original.length > 0;
    long first = NativeMemory.i64(header.dcid());
    long id = retried ? first : loop.newId();
    NativeMemory.i64(idBuffer, id);
    NativeMemory.copyIn(original, 0, idBuffer + 8, original.length);
    QuicheBridge.Engine engine =
        bridge.accept(
            configurations.of(true, from.loopback()),
            idBuffer,
            retried ? idBuffer + 8 : 0,
            original.length);
    if (engine == null) {
      loop.counters().count(Counter.REFUSED_QUICHE);
      return null;
    }
    Connection.Dial none = new Connection.Dial(0, from.address(), null);
    Connection c = new Connection(loop, engine, from, none, now);
    c.admitted(loop.gate().accepted(from));
    loop.directory().add(c, id);
    if (!retried) {
      // Until the client has our id it calls us by the one it made up.
      loop.directory().know(c, first);
    }
    return c;
  }
}
