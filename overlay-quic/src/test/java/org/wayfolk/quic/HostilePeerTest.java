package org.wayfolk.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;

/**
 * Peers that send anything at all, and a node above that fails: only their own connection suffers.
 */
@Timeout(60)
final class HostilePeerTest {
  private static final Transport.Limits ROOMY =
      new Transport.Limits(1000, 1000, 1000, 1000, 10_000_000_000L);

  @Test
  void aRecordOverTheLimitClosesAsMalformed() throws Exception {
    try (TestNode b = TestNode.with(2, ROOMY, o -> {});
        RawPeer raw = new RawPeer(new TestCredentials(1), b)) {
      // uvarint 65,537
      raw.write(0, new byte[] {(byte) 0x81, (byte) 0x80, 0x04, 1, 2, 3});
      assertThat(raw.closedWith().code()).isEqualTo(CloseReason.MALFORMED.code());
      assertThat(TestNode.next(b.closed)).isEqualTo(CloseReason.MALFORMED);
      assertThat(b.count(Counter.CLOSED_MALFORMED)).isEqualTo(1);
      assertThat(b.frames).isEmpty();
    }
  }

  @Test
  void aLengthWithoutEndClosesAsMalformed() throws Exception {
    try (TestNode b = TestNode.with(2, ROOMY, o -> {});
        RawPeer raw = new RawPeer(new TestCredentials(1), b)) {
      byte[] endless = new byte[11];
      java.util.Arrays.fill(endless, (byte) 0x80);
      raw.write(0, endless);
      assertThat(TestNode.next(b.closed)).isEqualTo(CloseReason.MALFORMED);
    }
  }

  @Test
  void recordsMayComeByteByByteAndEmptyOnesAreNothing() throws Exception {
    try (TestNode b = TestNode.with(2, ROOMY, o -> {});
        RawPeer raw = new RawPeer(new TestCredentials(1), b)) {
      byte[] stream = {0, 0, 3, 7, 8, 9, 0, (byte) 0x81, 0, 5, 1, 4};
      for (byte octet : stream) {
        raw.write(0, new byte[] {octet});
      }
      assertThat(TestNode.next(b.frames)).containsExactly(7, 8, 9);
      assertThat(TestNode.next(b.frames)).containsExactly(5);
      assertThat(TestNode.next(b.frames)).containsExactly(4);
      assertThat(b.count(Counter.EMPTY_IN)).isEqualTo(3);
      assertThat(b.closed).isEmpty();
    }
  }

  @Test
  void noSecondStreamCanBeOpened() throws Exception {
    try (TestNode b = TestNode.with(2, ROOMY, o -> {});
        RawPeer raw = new RawPeer(new TestCredentials(1), b)) {
      raw.write(0, new byte[] {1, 9});
      assertThat(TestNode.next(b.frames)).containsExactly(9);
      // Bidirectional 4 and unidirectional 2: our transport parameters leave no room for either.
      assertThat(raw.write(4, new byte[] {1})).isNegative();
      assertThat(raw.write(2, new byte[] {1})).isNegative();
    }
  }

  @Test
  void garbageOfEveryKindIsCountedAndHarmsNobody() throws Exception {
    TestWire wire = new TestWire();
    List<TestWire.Datagram> real = Collections.synchronizedList(new ArrayList<>());
    try (TestNode a = TestNode.on(wire, 1);
        TestNode b = TestNode.on(wire, 2)) {
      wire.tap(real::add);
      Link ab = a.dial(b);
      a.send(ab, new byte[] {1});
      TestNode.next(b.frames);
      List<TestWire.Datagram> toB =
          List.copyOf(real).stream().filter(d -> d.to().equals(b.path())).toList();
      wire.tap(d -> true);
      Random random = new Random(42);
      for (int i = 0; i < 20_000; i++) {
        wire.inject(new TestWire.Datagram(anyone(random), b.path(), garbage(random, toB)));
      }
      // The link that was there works still, and so does a new one from elsewhere.
      a.send(ab, new byte[] {2});
      assertThat(TestNode.next(b.frames)).containsExactly(2);
      try (TestNode c = TestNode.on(wire, 3)) {
        Link cb = c.dial(b);
        c.send(cb, new byte[] {3});
        assertThat(TestNode.next(b.frames)).containsExactly(3);
      }
      assertThat(b.count(Counter.BUG)).isZero();
      assertThat(b.closed.stream().filter(r -> r != CloseReason.LEAVING)).isEmpty();
      assertThat(b.count(Counter.DROP_UNKNOWN)).isPositive();
      assertThat(b.count(Counter.DROP_RUNT)).isPositive();
      assertThat(b.count(Counter.DROP_SIDE)).isPositive();
      assertThat(b.count(Counter.DROP_SHORT_INITIAL)).isPositive();
    }
  }

  private static Path anyone(Random random) {
    return new Path(0, Path.mapped(random.nextInt()), 1 + random.nextInt(60_000));
  }

  /** Random bytes, or a real packet cut, flipped or with another head. */
  private static byte[] garbage(Random random, List<TestWire.Datagram> real) {
    if (random.nextInt(3) == 0) {
      byte[] bytes = new byte[random.nextInt(1500)];
      random.nextBytes(bytes);
      return bytes;
    }
    byte[] packet = real.get(random.nextInt(real.size())).bytes().clone();
    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
      packet[random.nextInt(random.nextBoolean() ? packet.length : Math.min(packet.length, 40))] ^=
          (byte) (1 << random.nextInt(8));
    }
    int length = random.nextInt(4) == 0 ? random.nextInt(packet.length) : packet.length;
    return java.util.Arrays.copyOf(packet, length);
  }

  @Test
  void aMistakeOfOursWhileHandlingAFrameCostsThatLinkOnly() throws Exception {
    TestWire wire = new TestWire();
    try (TestNode a = TestNode.on(wire, 1);
        TestNode b = TestNode.on(wire, 2);
        TestNode c = TestNode.on(wire, 3)) {
      Link ab = a.dial(b);
      Link cb = c.dial(b);
      b.inbox(f -> {
        if (f[0] == 13) {
          throw new IllegalStateException("a bug above");
        }
        return true;
      });
      a.send(ab, new byte[] {13});
      assertThat(TestNode.next(b.closed)).isEqualTo(CloseReason.INTERNAL);
      assertThat(TestNode.next(a.closed)).isEqualTo(CloseReason.INTERNAL);
      c.send(cb, new byte[] {14});
      assertThat(TestNode.next(b.frames)).containsExactly(14);
      assertThat(b.count(Counter.BUG)).isEqualTo(1);
    }
  }

  @Test
  void aFullSocketBufferLosesNothing() throws Exception {
    TestWire wire = new TestWire();
    try (TestNode a = TestNode.on(wire, 1);
        TestNode b = TestNode.on(wire, 2)) {
      Link ab = a.dial(b);
      TestNode.next(b.opened);
      int frames = 60;
      for (int i = 0; i < frames; i++) {
        if (i % 10 == 5) {
          wire.block(a.path(), true);
        }
        byte[] frame = new byte[20_000];
        frame[0] = (byte) i;
        assertThat(a.offer(ab, frame, TrafficClass.APPLICATION)).isTrue();
        if (i % 10 == 9) {
          while (a.count(Counter.SEND_BLOCKED) == 0) {
            Thread.onSpinWait();
          }
          wire.block(a.path(), false);
        }
      }
      for (int i = 0; i < frames; i++) {
        assertThat(TestNode.next(b.frames)[0]).isEqualTo((byte) i);
      }
      assertThat(a.count(Counter.SEND_FAILED)).isZero();
      assertThat(wire.largestBatch()).isLessThanOrEqualTo(UdpSocket.MAX_BATCH);
    }
  }

  @Test
  void sidePacketsReachTheirTakerAndNobodyElse() throws Exception {
    TestWire wire = new TestWire();
    java.util.concurrent.LinkedBlockingQueue<byte[]> taken =
        new java.util.concurrent.LinkedBlockingQueue<>();
    try (TestNode b =
        TestNode.on(wire, 2, o -> o.sidePackets((from, packet) -> taken.add(packet)))) {
      Path from = new Path(0, Path.mapped(0x0a000005), 5);
      wire.inject(new TestWire.Datagram(from, b.path(), new byte[] {0, 0x6e, 0x70, 1}));
      assertThat(TestNode.next(taken)).containsExactly(0, 0x6e, 0x70, 1);
      assertThat(b.count(Counter.SIDE_IN)).isEqualTo(1);
    }
  }
}
