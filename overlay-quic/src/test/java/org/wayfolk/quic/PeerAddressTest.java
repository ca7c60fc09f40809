package org.wayfolk.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.TrafficClass;

/** Where packets go when addresses change, or seem to. */
@Timeout(60)
final class PeerAddressTest {
  private static final Path FORGER = new Path(0, Path.mapped(0x0a000001), 666);

  private final TestWire wire = new TestWire();
  private TestNode a;
  private TestNode b;
  private Link ab;
  private Link ba;

  @BeforeEach
  void link() throws Exception {
    a = TestNode.on(wire, 1);
    b = TestNode.on(wire, 2);
    ab = a.dial(b);
    ba = TestNode.next(b.opened);
    ping(a, ab, b);
    ping(b, ba, a);
  }

  @AfterEach
  void close() {
    a.close();
    b.close();
  }

  @Test
  void aForgedPacketRedirectsNothing() throws Exception {
    List<TestWire.Datagram> seen = Collections.synchronizedList(new ArrayList<>());
    wire.tap(seen::add);
    ping(a, ab, b);
    TestWire.Datagram real =
        seen.stream().filter(d -> d.to().equals(b.path())).findFirst().orElseThrow();
    seen.clear();

    // The right connection id from a wrong place: garbage behind it, then a flipped bit.
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      byte[] forged = new byte[100];
      random.nextBytes(forged);
      System.arraycopy(real.bytes(), 0, forged, 0, 9);
      wire.inject(new TestWire.Datagram(FORGER, b.path(), forged));
    }
    byte[] flipped = real.bytes().clone();
    flipped[flipped.length - 1] ^= 1;
    wire.inject(new TestWire.Datagram(FORGER, b.path(), flipped));
    // And a replay of what was genuine once.
    wire.inject(new TestWire.Datagram(FORGER, b.path(), real.bytes()));

    ping(b, ba, a);
    ping(a, ab, b);
    assertThat(b.count(Counter.DROP_FOREIGN)).isEqualTo(52);
    assertThat(b.count(Counter.ADDRESSES_MOVED)).isZero();
    assertThat(ba.remote()).isEqualTo(a.address());
    assertThat(seen).noneMatch(d -> d.to().equals(FORGER));
  }

  @Test
  void aDiallerThatMovesAgainAndAgainKeepsItsLink() throws Exception {
    for (int i = 1; i <= 6; i++) {
      Path moved = new Path(0, Path.mapped(0x0a000100 + i), 5000 + i);
      wire.rebind(a.path(), moved);
      ping(a, ab, b);
      ping(b, ba, a);
      assertThat(ba.remote()).isEqualTo(moved.address());
    }
    assertThat(b.count(Counter.ADDRESSES_MOVED)).isEqualTo(6);
    assertThat(a.closed).isEmpty();
  }

  @Test
  void anAcceptorThatMovesAgainAndAgainKeepsItsLink() throws Exception {
    for (int i = 1; i <= 6; i++) {
      Path moved = new Path(0, Path.mapped(0x0a000200 + i), 6000 + i);
      wire.rebind(b.path(), moved);
      ping(b, ba, a);
      ping(a, ab, b);
      assertThat(ab.remote()).isEqualTo(moved.address());
    }
    assertThat(a.count(Counter.ADDRESSES_MOVED)).isEqualTo(6);
  }

  @Test
  void aCopyThatOvertakesTheGenuinePacketGivesItsVictimLittleAndHeals() throws Exception {
    AtomicLong toVictim = new AtomicLong();
    AtomicBoolean raced = new AtomicBoolean();
    wire.tap(d -> {
      if (d.to().equals(FORGER)) {
        toVictim.addAndGet(d.bytes().length);
        return false;
      }
      // One of a's packets is raced: the copy from the victim's address arrives, the original a
      // moment later. One, because each race that is won has an allowance of its own.
      if (d.to().equals(b.path()) && !d.from().equals(FORGER) && !raced.getAndSet(true)) {
        wire.inject(new TestWire.Datagram(FORGER, d.to(), d.bytes()));
      }
      return true;
    });
    a.send(ab, new byte[] {1});
    TestNode.next(b.frames);
    byte[] big = new byte[60_000];
    for (int i = 0; i < 15; i++) {
      assertThat(b.offer(ba, big, TrafficClass.TRANSIT)).isTrue();
    }
    // The true end speaks again, and everything that waited comes.
    a.send(ab, new byte[] {2});
    for (int i = 0; i < 15; i++) {
      assertThat(TestNode.next(a.frames)).hasSize(big.length);
    }
    assertThat(toVictim).hasValueLessThanOrEqualTo(4 * 1452);
    assertThat(b.count(Counter.ADDRESSES_MOVED)).isEqualTo(2);
    assertThat(ba.remote()).isEqualTo(a.address());
  }

  private static void ping(TestNode from, Link out, TestNode to) throws InterruptedException {
    byte[] frame = {9, 9, 9};
    from.send(out, frame);
    assertThat(TestNode.next(to.frames)).isEqualTo(frame);
  }
}
