package org.wayfolk.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.TrafficClass;

/** Wires that are not loopback: paced, smaller, losing, repeating, out of order. */
@Timeout(90)
final class BadWireTest {

  @Test
  void offLoopbackPacketsAreSmallerAndPacedAndAllArrives() throws Exception {
    TestWire wire = new TestWire();
    AtomicInteger largest = new AtomicInteger();
    wire.tap(d -> largest.accumulateAndGet(d.bytes().length, Math::max) > 0);
    try (TestNode a = TestNode.at(wire, "10.0.0.1:0", 1);
        TestNode b = TestNode.at(wire, "10.0.0.2:0", 2)) {
      Link ab = a.dial(b);
      Link ba = TestNode.next(b.opened);
      for (int i = 0; i < 100; i++) {
        exchange(a, ab, b, i);
        exchange(b, ba, a, i);
      }
      assertThat(largest).hasValue(1350);
      assertThat(a.count(Counter.BUG) + b.count(Counter.BUG)).isZero();
    }
  }

  private static void exchange(TestNode from, Link out, TestNode to, int i) throws Exception {
    byte[] frame = new byte[60_000];
    frame[0] = (byte) i;
    assertThat(from.offer(out, frame, TrafficClass.APPLICATION)).isTrue();
    assertThat(TestNode.next(to.frames)[0]).isEqualTo((byte) i);
  }

  /**
   * A wire of 20 ms each way: pacing holds packets back, and a close must not overtake what it
   * holds.
   */
  @Test
  void controlThatPacingHoldsBackLeavesBeforeTheClose() throws Exception {
    TestWire wire = new TestWire();
    try (ExecutorService inOrder = Executors.newSingleThreadExecutor();
        TestNode a = TestNode.at(wire, "10.0.0.1:0", 1);
        TestNode b = TestNode.at(wire, "10.0.0.2:0", 2)) {
      wire.tap(d -> {
        CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS, inOrder)
            .execute(() -> wire.inject(d));
        return false;
      });
      for (int i = 0; i < 20; i++) {
        Link ab = a.dial(b);
        TestNode.next(b.opened);
        exchange(a, ab, b, i);
        int frames = 12;
        for (int f = 0; f < frames; f++) {
          byte[] frame = new byte[1_200];
          frame[0] = (byte) f;
          assertThat(a.offer(ab, frame, TrafficClass.CONTROL)).isTrue();
        }
        ab.close(CloseReason.LEAVING);
        assertThat(TestNode.next(b.closed)).isEqualTo(CloseReason.LEAVING);
        for (int f = 0; f < frames; f++) {
          assertThat(b.frames.poll()).as("frame %d of round %d", f, i).startsWith(f);
        }
      }
    }
  }

  /** Even one byte that is missing in the stream keeps from being read what came behind it. */
  @Test
  void aCloseWaitsUntilLostControlWasRepeated() throws Exception {
    for (int i = 0; i < 5; i++) {
      TestWire wire = new TestWire();
      try (TestNode a = TestNode.on(wire, 1);
          TestNode b = TestNode.on(wire, 2)) {
        AtomicInteger shorts = new AtomicInteger();
        wire.tap(d -> {
          boolean data = d.from().equals(a.path()) && d.bytes()[0] >= 0;
          return !data || shorts.getAndIncrement() > 0;
        });
        Link ab = a.dial(b);
        TestNode.next(b.opened);
        assertThat(a.offer(ab, new byte[] {7, 7}, TrafficClass.CONTROL)).isTrue();
        ab.close(CloseReason.EVICTED);
        assertThat(TestNode.next(b.closed)).isEqualTo(CloseReason.EVICTED);
        assertThat(b.frames.poll()).containsExactly(7, 7);
        assertThat(shorts.get()).isGreaterThan(1);
      }
    }
  }

  @Test
  void lossRepetitionAndDisorderLoseNoFrameAndKeepTheOrder() throws Exception {
    TestWire wire = new TestWire();
    Random random = new Random(5);
    TestWire.@org.jspecify.annotations.Nullable Datagram[] late = {null};
    wire.tap(d -> {
      synchronized (random) {
        int dice = random.nextInt(20);
        if (dice < 2) {
          return false;
        }
        if (dice == 2) {
          wire.inject(d);
        }
        if (dice == 3 && late[0] == null) {
          late[0] = d;
          return false;
        }
        if (late[0] != null && dice > 15) {
          wire.inject(late[0]);
          late[0] = null;
        }
        return true;
      }
    });
    try (TestNode a = TestNode.on(wire, 1);
        TestNode b = TestNode.on(wire, 2)) {
      Link ab = a.dial(b);
      int frames = 300;
      for (int i = 0; i < frames; i++) {
        byte[] frame = new byte[1 + random.nextInt(3_000)];
        frame[0] = (byte) i;
        a.send(ab, frame);
      }
      for (int i = 0; i < frames; i++) {
        assertThat(TestNode.next(b.frames)[0]).isEqualTo((byte) i);
      }
      assertThat(a.closed).isEmpty();
      assertThat(a.count(Counter.ADDRESSES_MOVED) + b.count(Counter.ADDRESSES_MOVED)).isZero();
    }
  }
}
