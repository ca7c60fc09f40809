package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.CounterName;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.OutboxLimits;
import org.wayfolk.transport.TrafficClass;

/** What the network does to links: times, losses, cuts, crashes. */
final class SimTransportTest {
  private final SimWorld world = new SimWorld(11);
  private final Probe a;
  private final Probe b;

  SimTransportTest() throws IOException {
    a = new Probe(world, 1);
    b = new Probe(world, 2);
  }

  @AfterEach
  void noPacketIsLost() {
    for (SimHost h : world.hosts()) {
      h.crash();
    }
    assertThat(world.packets().outstanding()).isZero();
  }

  @Test
  void aDialTakesOneRoundTripAndTheOtherEndHalfOneMore() {
    a.connect(b);
    assertThat(a.openedAt).containsExactly(Duration.ofMillis(40));
    assertThat(b.openedAt).containsExactly(Duration.ofMillis(60));
    assertThat(a.opened.getFirst().roundTripNanos()).isEqualTo(40_000_000);
  }

  @Test
  void aFrameTakesTheDelayOfItsWire() {
    SimWorld w = world;
    w.network().between(a.host(), b.host(), s -> s.delay(Duration.ofMillis(70)));
    Link ab = a.connect(b);
    Duration sent = w.now();
    a.send(ab, 1);
    w.run(Duration.ofSeconds(1));
    assertThat(b.came).containsExactly(new Probe.Came(1, sent.plusMillis(70)));
  }

  @Test
  void framesSentBeforeTheOtherEndIsOpenWaitForIt() {
    a.dial(b);
    assertThat(world.runUntil(() -> !a.opened.isEmpty(), Duration.ofSeconds(1))).isTrue();
    assertThat(b.opened).isEmpty();
    world.network().oneWay(a.host(), b.host()).delay(Duration.ofMillis(1));
    a.send(a.opened.getFirst(), 1);
    world.run(Duration.ofSeconds(1));
    assertThat(b.came).containsExactly(new Probe.Came(1, Duration.ofMillis(60)));
  }

  @Test
  void bandwidthSpreadsFramesOverTime() {
    world.network().bandwidth(100_000);
    Link ab = a.connect(b);
    Duration sent = world.now();
    for (int i = 0; i < 100; i++) {
      a.send(ab, i, 1_000, TrafficClass.APPLICATION);
    }
    world.run(Duration.ofSeconds(3));
    assertThat(b.numbers()).isEqualTo(IntStream.range(0, 100).boxed().toList());
    // 100 frames of 1,000 + 45 bytes at 100,000 bytes a second.
    assertThat(b.came.getLast().at().minus(sent))
        .isBetween(Duration.ofMillis(1_040), Duration.ofMillis(1_080));
  }

  @Test
  void lossCostsTimeAndNeverOrder() {
    Link ab = a.connect(b);
    world.network().loss(0.1);
    for (int i = 0; i < 1_000; i++) {
      a.send(ab, i, 200, TrafficClass.APPLICATION);
      world.run(Duration.ofMillis(5));
    }
    world.run(Duration.ofSeconds(10));
    assertThat(b.numbers()).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    assertThat(a.opened.getFirst().roundTripNanos()).isGreaterThan(40_000_000);
  }

  @Test
  void frameLossTakesItsShareOfFramesSilently() {
    Link ab = a.connect(b);
    world.network().frameLoss(0.1);
    for (int i = 0; i < 2_000; i++) {
      a.send(ab, i, 50, TrafficClass.APPLICATION);
    }
    world.run(Duration.ofSeconds(1));
    assertThat(b.came).hasSizeBetween(1_730, 1_870);
    assertThat(b.numbers()).isSorted();
    assertThat(a.closed).isEmpty();
  }

  @Test
  void frameLossMayBeForOneTypeOnly() {
    Link ab = a.connect(b);
    world.network().frameLoss(1, 1);
    a.sendType(ab, 1, 1, 50, TrafficClass.APPLICATION);
    a.sendType(ab, 2, 2, 50, TrafficClass.CONTROL);
    world.run(Duration.ofSeconds(1));
    assertThat(b.numbers()).containsExactly(2);
  }

  @Test
  void aShortCutDelaysAndLosesNothing() {
    Link ab = a.connect(b);
    a.send(ab, 1);
    world.network().partition(List.of(a.host()), List.of(b.host()));
    world.run(Duration.ofSeconds(1));
    a.send(ab, 2);
    world.run(Duration.ofSeconds(2));
    assertThat(b.came).isEmpty();
    world.network().heal();
    world.run(Duration.ofSeconds(1));
    a.send(ab, 3);
    world.run(Duration.ofSeconds(20));
    assertThat(b.numbers()).containsExactly(1, 2, 3);
    assertThat(a.closed).isEmpty();
  }

  @Test
  void aLongCutClosesTheWriterByItsStallAndTheReaderByItsSilence() {
    Link ab = a.connect(b);
    a.send(ab, 1);
    world.run(Duration.ofSeconds(30));
    world.network().partition(List.of(a.host()), List.of(b.host()));
    Duration cut = world.now();
    world.run(Duration.ofSeconds(10));
    a.send(ab, 2);
    Duration wrote = world.now();
    world.run(Duration.ofMinutes(2));
    assertThat(a.closed).containsExactly(CloseReason.TIMEOUT);
    assertThat(a.lastAt).isEqualTo(wrote.plusSeconds(5));
    assertThat(b.closed).containsExactly(CloseReason.TIMEOUT);
    assertThat(b.lastAt).isEqualTo(cut.plusSeconds(60));
    assertThat(a.transport.counters()).containsEntry(CounterName.STALLED, 1L);
    assertThat(a.transport.connections()).isZero();
    assertThat(b.transport.connections()).isZero();
  }

  @Test
  void aCutOfOneDirectionStillCarriesTheOther() {
    Link ab = a.connect(b);
    Link ba = b.opened.getFirst();
    world.network().cut(List.of(b.host()), List.of(a.host()));
    a.send(ab, 1);
    b.send(ba, 2);
    world.run(Duration.ofSeconds(4));
    assertThat(b.numbers()).containsExactly(1);
    assertThat(a.came).isEmpty();
    // No acknowledgement can come back, so the writer gives up, and can still say so.
    world.run(Duration.ofSeconds(2));
    assertThat(a.closed).containsExactly(CloseReason.TIMEOUT);
    assertThat(b.closed).containsExactly(CloseReason.TIMEOUT);
  }

  @Test
  void aCrashIsSilentAndItsLinksDieOfIt() throws Exception {
    Link ab = a.connect(b);
    b.host().crash();
    a.send(ab, 1);
    world.run(Duration.ofMillis(4_900));
    assertThat(a.closed).isEmpty();
    world.run(Duration.ofMillis(200));
    assertThat(a.closed).containsExactly(CloseReason.TIMEOUT);
    assertThat(b.closed).isEmpty();

    Probe again = new Probe(world.transport(b.address()), b.credentials);
    assertThat(a.connect(again).peer()).isEqualTo(b.id());
  }

  @Test
  void aCrashedPeerThatNobodyWritesToIsMissedByItsSilence() {
    a.connect(b);
    b.host().crash();
    Duration crash = world.now();
    world.run(Duration.ofSeconds(61));
    assertThat(a.closed).containsExactly(CloseReason.TIMEOUT);
    assertThat(a.lastAt).isEqualTo(crash.plusSeconds(60));
  }

  @Test
  void whatACrashedHostHadSentStillArrives() {
    Link ab = a.connect(b);
    a.send(ab, 1);
    world.run(Duration.ofMillis(1));
    a.host().crash();
    world.run(Duration.ofSeconds(1));
    assertThat(b.numbers()).containsExactly(1);
  }

  @Test
  void towardAReaderThatStoppedMemoryIsBounded() {
    Link ab = a.connect(b);
    b.host().clog(true);
    int taken = 0;
    for (int i = 0; i < 4_000; i++) {
      for (TrafficClass c : TrafficClass.values()) {
        taken += a.send(ab, i, 5_000, c) ? 1 : 0;
      }
      if (i % 100 == 0) {
        world.run(Duration.ofMillis(10));
      }
    }
    long cap = OutboxLimits.CONTROL + OutboxLimits.APPLICATION + OutboxLimits.TRANSIT + Pipe.WINDOW;
    assertThat(taken * 5_000L).isBetween(cap - 5 * 5_000, cap);
    world.run(Duration.ofSeconds(6));
    assertThat(a.closed).containsExactly(CloseReason.TIMEOUT);
    assertThat(ab.queued(TrafficClass.APPLICATION)).isZero();
  }

  @Test
  void aBusyLinkThatMovesSlowlyIsNotStalled() {
    world.network().bandwidth(20_000);
    Link ab = a.connect(b);
    for (int i = 0; i < 50; i++) {
      assertThat(a.send(ab, i, 10_000, TrafficClass.APPLICATION)).isTrue();
    }
    // 500 kB at 20 kB/s, while the network around changes.
    for (int i = 0; i < 30; i++) {
      world.run(Duration.ofSeconds(1));
      world.network().cut(List.of(a.host()), List.of());
    }
    assertThat(b.came).hasSize(50);
    assertThat(a.closed).isEmpty();
  }

  @Test
  void anIdleLinkLives() {
    Link ab = a.connect(b);
    a.send(ab, 1);
    world.run(Duration.ofHours(3));
    a.send(ab, 2);
    world.run(Duration.ofSeconds(1));
    assertThat(b.numbers()).containsExactly(1, 2);
  }

  @Test
  void aDialIntoACutFailsInTimeAndOneThatHealsOpensLate() {
    world.network().partition(List.of(a.host()), List.of(b.host()));
    a.dial(b);
    world.run(Duration.ofSeconds(6));
    assertThat(a.failures).containsExactly(DialFailure.UNREACHABLE);
    assertThat(a.lastAt).isEqualTo(SimTransport.DIAL_TIMEOUT);

    Duration second = world.now();
    a.dial(b);
    world.run(Duration.ofMillis(500));
    world.network().heal();
    world.run(Duration.ofSeconds(2));
    assertThat(a.openedAt).containsExactly(second.plusMillis(1_040));
  }

  @Test
  void whoLetsNothingInIsUnreachableAndStillDialsOut() {
    b.transport.inboundBlocked(true);
    a.dial(b);
    world.run(Duration.ofSeconds(6));
    assertThat(a.failures).containsExactly(DialFailure.UNREACHABLE);
    Link ba = b.connect(a);
    Link ab = a.opened.getFirst();
    b.send(ba, 1);
    a.send(ab, 2);
    world.run(Duration.ofSeconds(1));
    assertThat(a.numbers()).containsExactly(1);
    assertThat(b.numbers()).containsExactly(2);
  }

  @Test
  void aServerWithoutAValidCertificateIsIncompatible() throws Exception {
    Probe odd = new Probe(world.transport(), new OddCredentials(SimCredentials.of(9)));
    a.dial(odd);
    world.run(Duration.ofSeconds(1));
    assertThat(a.failures).containsExactly(DialFailure.INCOMPATIBLE);
    assertThat(odd.opened).isEmpty();
    assertThat(odd.transport.connections()).isZero();
    assertThat(a.transport.counters()).containsEntry(CounterName.REFUSED_CERTIFICATE, 1L);
  }

  @Test
  void aDiallerWithoutAValidCertificateIsRefusedAndNeverSeen() throws Exception {
    Probe odd = new Probe(world.transport(), new OddCredentials(SimCredentials.of(9)));
    odd.dial(b);
    world.run(Duration.ofSeconds(1));
    assertThat(b.opened).isEmpty();
    assertThat(odd.closed).containsExactly(CloseReason.REFUSED);
    assertThat(b.transport.connections()).isZero();
    assertThat(b.transport.counters()).containsEntry(CounterName.REFUSED_CERTIFICATE, 1L);
  }

  @Test
  void aPacketUsedAfterItWasOfferedIsCaught() {
    Link ab = a.connect(b);
    var p = world.packets().copyOf(new byte[] {1, 1, 0});
    assertThat(ab.offer(p, TrafficClass.CONTROL)).isTrue();
    assertThatThrownBy(p::array).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(p::release).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sidePacketsGetLostDoubledAndMixedUp() {
    world.network().loss(0.2).everywhere().duplicate(0.2).reorder(0.3);
    List<Integer> got = new ArrayList<>();
    List<Address> from = new ArrayList<>();
    b.transport.onSide((address, payload) -> {
      from.add(address);
      got.add((payload[0] & 0xff) << 8 | (payload[1] & 0xff));
    });
    for (int i = 0; i < 1_000; i++) {
      a.transport.sendSide(b.address(), new byte[] {(byte) (i >> 8), (byte) i});
      world.run(Duration.ofMillis(1));
    }
    world.run(Duration.ofSeconds(1));
    assertThat(from).containsOnly(a.address());
    assertThat(got).hasSizeBetween(850, 1_070);
    assertThat(got.stream().distinct().count()).isBetween(780L, 880L);
    assertThat(got).isNotEqualTo(got.stream().sorted().toList());
  }

  /** A certificate that nobody accepts. */
  private record OddCredentials(SimCredentials inner) implements org.wayfolk.transport.Credentials {
    @Override
    public org.wayfolk.id.NodeId id() {
      return inner.id();
    }

    @Override
    public byte[] leaf() {
      return new byte[] {1, 2, 3};
    }

    @Override
    public java.security.PrivateKey leafKey() {
      return inner.leafKey();
    }

    @Override
    public byte[] leafSpkiHash() {
      return inner.leafSpkiHash();
    }

    @Override
    public Leaf check(byte[] leafDer) throws org.wayfolk.wire.Malformed {
      return inner.check(leafDer);
    }
  }
}
