package org.wayfolk.sim.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wayfolk.id.NodeId;
import org.wayfolk.sim.contract.Recorder.Closed;
import org.wayfolk.sim.contract.Recorder.Opened;
import org.wayfolk.sim.contract.Recorder.Seen;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.CounterName;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.OutboxLimits;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;
import org.wayfolk.transport.Transport.Limits;
import org.wayfolk.wire.FrameHeader;

/**
 * What every transport does. After each case all transports close and every packet must be back in
 * its pool.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class TransportContract extends Ends {

  /** For subclasses. */
  protected TransportContract() {}

  // Opening.

  @Test
  void bothEndsLearnWhoTheOtherIs() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    Link ab = a.dial(7, b);
    Link ba = b.accepted(a.id());

    assertThat(ab.peer()).isEqualTo(b.id());
    assertThat(ba.peer()).isEqualTo(a.id());
    assertThat(ab.dialled()).isTrue();
    assertThat(ba.dialled()).isFalse();
    assertThat(ab.dialToken()).isEqualTo(7);
    assertThat(ba.dialToken()).isZero();
    assertThat(ab.peerKey()).hasSize(32).isEqualTo(keyOf(b));
    assertThat(ba.peerKey()).isEqualTo(keyOf(a));
    assertThat(ab.alpn()).isEqualTo("wayfolk/1").isEqualTo(ba.alpn());
    assertThat(ab.remote()).isEqualTo(b.address());
    assertThat(ba.remote().sameIp(a.address())).isTrue();
  }

  @Test
  void theCertificateHashesCrossOver() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    Link ab = a.dial(1, b);
    Link ba = b.accepted(a.id());

    assertThat(ab.localSpkiHash()).hasSize(32).isEqualTo(ba.peerSpkiHash());
    assertThat(ba.localSpkiHash()).hasSize(32).isEqualTo(ab.peerSpkiHash());
    assertThat(ab.localSpkiHash()).isNotEqualTo(ab.peerSpkiHash());
    assertThat(ab.localSpkiHash()).isEqualTo(a.credentials().leafSpkiHash());
  }

  @Test
  void aDialMayNameNobodyAndTakesWhoeverAnswers() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    a.transport().dial(3, b.address(), null);
    assertThat(a.opened(3).peer()).isEqualTo(b.id());
  }

  @Test
  void anotherKeyAtTheAddressIsWrongKey() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    NodeId other = credentials(3).id();
    a.transport().dial(4, b.address(), other);

    assertThat(a.failed(4)).isEqualTo(DialFailure.WRONG_KEY);
    // The place it took is free again: a link opens where only one may be.
    Link again = a.dial(5, b);
    assertThat(b.accepted(a.id()).peer()).isEqualTo(a.id());
    assertThat(again.peer()).isEqualTo(b.id());
  }

  @Test
  void nobodyThereIsUnreachable() throws Exception {
    Recorder a = start(1);
    a.transport().dial(9, nobody(), null);
    assertThat(a.failed(9)).isEqualTo(DialFailure.UNREACHABLE);
    assertThat(a.seen()).hasSize(1);
  }

  @Test
  void aDialToOneselfOpensBothEndsOrFailsClearly() throws Exception {
    Recorder a = start(1);
    a.transport().dial(2, a.address(), a.id());
    boolean opened =
        a.await(all -> {
          long ends = all.stream().filter(Opened.class::isInstance).count();
          boolean failed = all.stream().anyMatch(Recorder.Failed.class::isInstance);
          return failed ? Boolean.FALSE : ends == 2 ? Boolean.TRUE : null;
        });
    if (!opened) {
      assertThat(a.failed(2)).isIn(DialFailure.LOCAL, DialFailure.REFUSED);
    }
  }

  @Test
  void crossedDialsGiveTwoLinks() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    a.transport().dial(1, b.address(), b.id());
    b.transport().dial(1, a.address(), a.id());
    Link ab = a.opened(1);
    Link ba = b.opened(1);
    Link abAccepted = a.accepted(b.id());
    Link baAccepted = b.accepted(a.id());

    byte[] one = frame(10, 1);
    byte[] two = frame(10, 2);
    a.send(ab, one, TrafficClass.APPLICATION);
    a.send(abAccepted, two, TrafficClass.APPLICATION);
    assertThat(b.frames(baAccepted, 1)).containsExactly(one);
    assertThat(b.frames(ba, 1)).containsExactly(two);
    assertThat(ab.serial()).isNotEqualTo(abAccepted.serial());
  }

  // Frames.

  @Test
  void framesArriveWholeAndInOrderBothWays() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    Link ab = a.dial(1, b);
    Link ba = b.accepted(a.id());
    List<byte[]> there = frames(300, 1);
    List<byte[]> back = frames(300, 2);
    for (int i = 0; i < there.size(); i++) {
      a.send(ab, there.get(i), TrafficClass.APPLICATION);
      b.send(ba, back.get(i), TrafficClass.APPLICATION);
    }
    assertThat(b.frames(ba, 300)).usingElementComparator(Arrays::compare).isEqualTo(there);
    assertThat(a.frames(ab, 300)).usingElementComparator(Arrays::compare).isEqualTo(back);
    assertThat(ab.roundTripNanos()).isPositive();
    assertThat(b.transport().counters().get(CounterName.FRAMES_RECEIVED)).isEqualTo(300);
    assertThat(a.transport().counters().get(CounterName.FRAMES_SENT)).isEqualTo(300);
  }

  @Test
  void theLargestRecordPassesAndALargerHasNoPacket() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    Link ab = a.dial(1, b);
    Link ba = b.accepted(a.id());
    byte[] largest = frame(FrameHeader.MAX_RECORD - FrameHeader.MAX_BYTES, 5);
    assertThat(largest).hasSize(65_536);
    for (TrafficClass kind : TrafficClass.values()) {
      a.send(ab, largest, kind);
    }
    assertThat(b.frames(ba, 3)).allSatisfy(f -> assertThat(f).isEqualTo(largest));
    PacketPool pool = a.transport().packets();
    assertThatThrownBy(() -> pool.take(FrameHeader.MAX_RECORD + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anOfferTakesTheFrameAndNotTheBytesAroundIt() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    Link ab = a.dial(1, b);
    byte[] frame = frame(100, 3);
    Packet p = a.transport().packets().take(500);
    System.arraycopy(frame, 0, p.array(), 37, frame.length);
    p.set(37, frame.length);
    assertThat(ab.offer(p, TrafficClass.TRANSIT)).isTrue();
    assertThat(b.frames(b.accepted(a.id()), 1)).containsExactly(frame);
  }

  @Test
  void controlOvertakesTransitAndEachClassKeepsItsOrder() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    Link ab = a.dial(1, b);
    Link ba = b.accepted(a.id());
    hear(a, ab, b, ba);
    stopReading(b);
    List<byte[]> transit = fill(a, ab, TrafficClass.TRANSIT);
    byte[] control = frame(20, 200);
    a.send(ab, control, TrafficClass.CONTROL);
    goOnReading(b);

    List<byte[]> got = b.frames(ba, 1 + transit.size() + 1);
    List<byte[]> gotTransit = new ArrayList<>(got.subList(1, got.size()));
    int place = indexOf(gotTransit, control);
    assertThat(place).as("place of the control frame").isLessThan(transit.size());
    gotTransit.remove(place);
    assertThat(gotTransit).usingElementComparator(Arrays::compare).isEqualTo(transit);
  }

  // Pressure.

  @Test
  void offerAnswersFalseWhenTheOutboxIsFullAndTheLinkLives() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    Link ab = a.dial(1, b);
    Link ba = b.accepted(a.id());
    hear(a, ab, b, ba);
    stopReading(b);
    List<byte[]> sent = fill(a, ab, TrafficClass.TRANSIT);
    assertThat(ab.queued(TrafficClass.TRANSIT)).isBetween(1, OutboxLimits.TRANSIT);
    assertThat(ab.queued(TrafficClass.CONTROL)).isZero();
    assertThat(a.transport().counters().get(CounterName.OUTBOX_FULL)).isPositive();
    // Another class still has room.
    byte[] own = frame(30, 9);
    a.send(ab, own, TrafficClass.APPLICATION);
    goOnReading(b);

    assertThat(b.frames(ba, 1 + sent.size() + 1)).hasSize(sent.size() + 2);
    byte[] last = frame(40, 10);
    a.send(ab, last, TrafficClass.TRANSIT);
    assertThat(b.framesUntil(ba, last).getLast()).isEqualTo(last);
  }

  @Test
  void aReaderThatStopsStopsNoOtherLinkAndIsClosedInTheEnd() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    Recorder c = start(3);
    Link ab = a.dial(1, b);
    Link ba = b.accepted(a.id());
    Link ac = a.dial(2, c);
    Link ca = c.accepted(a.id());
    hear(a, ab, b, ba);
    stopReading(b);
    fill(a, ab, TrafficClass.TRANSIT);
    for (int i = 0; i < 50; i++) {
      byte[] f = frame(1_000, i);
      a.send(ac, f, TrafficClass.TRANSIT);
      assertThat(c.frames(ca, i + 1).getLast()).isEqualTo(f);
    }
    assertThat(a.closed(ab)).isEqualTo(CloseReason.TIMEOUT);
    assertThat(a.transport().counters().get(CounterName.STALLED)).isEqualTo(1);
    assertThat(offerAndRelease(a, ab)).isFalse();
    byte[] after = frame(11, 77);
    a.send(ac, after, TrafficClass.CONTROL);
    assertThat(c.framesUntil(ca, after)).hasSize(51);
    goOnReading(b);
  }

  @Test
  void aFrameThatTheInboxRefusesIsCountedAndOnlyItIsLost() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    Link ab = a.dial(1, b);
    Link ba = b.accepted(a.id());
    List<byte[]> three = frames(3, 6);
    b.takes(f -> !Arrays.equals(f, three.get(1)));
    for (byte[] f : three) {
      a.send(ab, f, TrafficClass.APPLICATION);
    }
    assertThat(b.frames(ba, 2)).containsExactly(three.get(0), three.get(2));
    assertThat(b.transport().counters().get(CounterName.INBOX_FULL)).isEqualTo(1);
  }

  // Ends.

  @Test
  void theReasonOfACloseArrivesBehindWhatWasControl() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    int token = 0;
    for (CloseReason why : List.of(CloseReason.EVICTED, CloseReason.NORMAL, CloseReason.LEAVING)) {
      Link ab = a.dial(++token, b);
      Link ba = newestAccepted(b, token);
      byte[] goodbye = frame(9, token);
      a.send(ab, goodbye, TrafficClass.CONTROL);
      ab.close(why);
      assertThat(b.closed(ba)).isEqualTo(why);
      assertThat(a.closed(ab)).isEqualTo(why);
      assertThat(b.frames(ba, 1)).containsExactly(goodbye);
    }
  }

  @Test
  void closingTwiceIsClosingOnceAndNothingComesAfterIt() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    Link ab = a.dial(1, b);
    Link ba = b.accepted(a.id());
    ab.close(CloseReason.EVICTED);
    ab.close(CloseReason.NORMAL);
    ba.close(CloseReason.FULL);
    a.closed(ab);
    b.closed(ba);
    ab.close(CloseReason.NORMAL);
    assertThat(offerAndRelease(a, ab)).isFalse();
    assertThat(ab.queued(TrafficClass.TRANSIT)).isZero();
    // A whole life of another link passes before we look.
    Link second = a.dial(2, b);
    second.close(CloseReason.NORMAL);
    a.closed(second);

    for (Recorder end : List.of(a, b)) {
      Link first = end == a ? ab : ba;
      List<Seen> its = end.seen().stream().filter(s -> on(s, first)).toList();
      assertThat(its.stream().filter(Closed.class::isInstance)).hasSize(1);
      assertThat(its.getLast()).isInstanceOf(Closed.class);
    }
  }

  @Test
  void aClosedTransportTellsItsPeersThatItLeavesAndSaysNoMore() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    a.dial(1, b);
    Link ba = b.accepted(a.id());
    a.transport().close();
    a.transport().close();
    int before = a.seen().size();
    assertThat(b.closed(ba)).isEqualTo(CloseReason.LEAVING);
    assertThat(a.seen()).hasSize(before);
  }

  @Test
  void aNodeComesBackOnItsAddress() throws Exception {
    Recorder a = start(1);
    Recorder b = start(2);
    Address address = b.address();
    Link ab = a.dial(1, b);
    b.accepted(a.id());
    b.transport().close();
    assertThat(a.closed(ab)).isEqualTo(CloseReason.LEAVING);

    Recorder again = start(transportAt(address), 2, Limits.DEFAULT);
    assertThat(again.address()).isEqualTo(address);
    Link second = a.dial(2, again);
    byte[] f = frame(50, 1);
    a.send(second, f, TrafficClass.APPLICATION);
    assertThat(again.frames(again.accepted(a.id()), 1)).containsExactly(f);
  }

  @Test
  void aBusyAddressIsRefusedWithItsName() throws Exception {
    Recorder a = start(1);
    try (Transport second = transportAt(a.address())) {
      Recorder b = new Recorder(second, credentials(2));
      assertThatThrownBy(() -> b.start(Limits.DEFAULT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(a.address().toString());
    }
  }

  // Limits.

  @Test
  void noMoreInboundThanAllowed() throws Exception {
    Recorder full = start(transport(), 1, new Limits(100, 1, 100, 100, 30_000_000_000L));
    Recorder b = start(2);
    Recorder c = start(3);
    Link bf = b.dial(1, full);
    Link fb = full.accepted(b.id());
    c.transport().dial(1, full.address(), full.id());
    assertThat(c.failed(1)).isEqualTo(DialFailure.REFUSED);
    assertThat(full.transport().counters().get(CounterName.REFUSED_INBOUND)).isEqualTo(1);

    bf.close(CloseReason.NORMAL);
    full.closed(fb);
    assertThat(c.dial(2, full).peer()).isEqualTo(full.id());
  }

  @Test
  void noMoreFromOneAddressThanAllowed() throws Exception {
    Recorder full = start(transport(), 1, new Limits(100, 100, 2, 100, 30_000_000_000L));
    Recorder b = start(2);
    b.dial(1, full);
    b.dial(2, full);
    b.transport().dial(3, full.address(), full.id());
    assertThat(b.failed(3)).isEqualTo(DialFailure.REFUSED);
    assertThat(full.transport().counters().get(CounterName.REFUSED_PER_IP)).isEqualTo(1);
  }

  @Test
  void noMoreSilentOnesFromOneAddressThanAllowed() throws Exception {
    Recorder full = start(transport(), 1, new Limits(100, 100, 100, 1, 30_000_000_000L));
    Recorder b = start(2);
    Link first = b.dial(1, full);
    b.transport().dial(2, full.address(), full.id());
    assertThat(b.failed(2)).isEqualTo(DialFailure.REFUSED);
    assertThat(full.transport().counters().get(CounterName.REFUSED_HALF_OPEN)).isEqualTo(1);

    // Its first frame makes room for the next.
    hear(b, first, full, full.accepted(b.id()));
    assertThat(b.dial(3, full).peer()).isEqualTo(full.id());
  }

  @Test
  void whoSaysNothingIsClosedWithTimeout() throws Exception {
    Recorder strict = start(transport(), 1, new Limits(100, 100, 100, 100, 1_000_000_000L));
    Recorder b = start(2);
    Recorder c = start(3);
    Link talks = c.dial(1, strict);
    c.send(talks, frame(5, 1), TrafficClass.CONTROL);
    Link silent = b.dial(1, strict);
    Link accepted = strict.accepted(b.id());
    assertThat(strict.closed(accepted)).isEqualTo(CloseReason.TIMEOUT);
    assertThat(b.closed(silent)).isEqualTo(CloseReason.TIMEOUT);
    assertThat(strict.transport().counters().get(CounterName.FIRST_FRAME_LATE)).isEqualTo(1);
    hear(c, talks, strict, strict.accepted(c.id()));
  }

  @Test
  void noMoreLinksOfOurOwnThanAllowed() throws Exception {
    Recorder a = start(transport(), 1, new Limits(1, 100, 100, 100, 10_000_000_000L));
    Recorder b = start(2);
    Recorder c = start(3);
    a.dial(1, b);
    a.transport().dial(2, c.address(), c.id());
    assertThat(a.failed(2)).isEqualTo(DialFailure.LOCAL);
    c.transport().dial(1, a.address(), a.id());
    assertThat(c.failed(1)).isEqualTo(DialFailure.REFUSED);
    assertThat(a.transport().counters().get(CounterName.REFUSED_LINKS)).isEqualTo(1);
  }

  @Test
  void everyCommonCounterIsThereFromTheStart() throws Exception {
    Recorder a = start(1);
    assertThat(a.transport().counters())
        .containsKeys(
            CounterName.DIALLED,
            CounterName.ACCEPTED,
            CounterName.FRAMES_SENT,
            CounterName.FRAMES_RECEIVED,
            CounterName.INBOX_FULL,
            CounterName.OUTBOX_FULL,
            CounterName.REFUSED_LINKS,
            CounterName.REFUSED_INBOUND,
            CounterName.REFUSED_PER_IP,
            CounterName.REFUSED_HALF_OPEN,
            CounterName.REFUSED_CERTIFICATE,
            CounterName.FIRST_FRAME_LATE,
            CounterName.STALLED)
        .allSatisfy((name, n) -> assertThat(n).as(name).isZero());
  }
}
