package org.wayfolk.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Link;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Writer;

/** What a link costs that has nothing to say but that it lives: the figures of the simulation. */
@Timeout(60)
final class IdleBytesTest {
  private static final int ROUNDS = 10;

  /** Bytes of a round as {@code org.wayfolk.sim.Traffic} counts them. */
  private static final int SIMULATED = 280;

  @Test
  void aPingWithItsPongCostsWhatTheSimulationCounts() throws Exception {
    TestWire wire = new TestWire();
    try (TestNode a = TestNode.on(wire, 1);
        TestNode b = TestNode.on(wire, 2)) {
      Link ab = a.dial(b);
      byte[] ping = FrameHeader.frame(FrameType.PING, new byte[0]);
      Writer w = new Writer(64);
      Address.parse("203.0.113.77:40123").write(w);
      byte[] pong = FrameHeader.frame(FrameType.PONG, w.toBytes());
      a.send(ab, ping);
      Link ba = TestNode.next(b.opened);
      TestNode.next(b.frames);
      quiet(a, b);
      AtomicInteger packets = new AtomicInteger();
      AtomicInteger bytes = new AtomicInteger();
      wire.tap(d -> {
        packets.incrementAndGet();
        bytes.addAndGet(28 + d.bytes().length);
        return true;
      });
      for (int i = 0; i < ROUNDS; i++) {
        a.send(ab, ping);
        TestNode.next(b.frames);
        b.send(ba, pong);
        TestNode.next(a.frames);
        quiet(a, b);
      }
      // Two frames, each in a datagram of its own and acknowledged by one at most; measured 3.7
      // datagrams and 255 bytes. The simulation counts 4 and SIMULATED.
      assertThat(packets.get()).isLessThanOrEqualTo(4 * ROUNDS);
      assertThat(bytes.get()).isBetween(ROUNDS * SIMULATED / 2, ROUNDS * SIMULATED);
    }
  }

  /** Waits until nothing has been sent for a while. */
  private static void quiet(TestNode a, TestNode b) throws Exception {
    long last = -1;
    long now;
    while ((now = sent(a) + sent(b)) != last) {
      last = now;
      a.frames.poll(60, TimeUnit.MILLISECONDS); // none comes: a bounded wait for silence
    }
  }

  private static long sent(TestNode n) {
    return n.transport.counters().getOrDefault("packets_out", 0L);
  }
}
