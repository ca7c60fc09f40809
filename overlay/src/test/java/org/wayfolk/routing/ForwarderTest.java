package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wayfolk.routing.Stand.id;
import static org.wayfolk.routing.Stand.returned;
import static org.wayfolk.routing.Stand.sent;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.Packet;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Writer;

/** Our id begins with 00; the target with f0: f1, f8 and c0 are nearer to it than we are. */
class ForwarderTest {
  private static final NodeId TARGET = id(0xf0);

  private final Stand s = new Stand();
  private final FakeLink from = s.up(id(0x10));

  @AfterEach
  void everyPacketIsReleased() {
    assertThat(s.out.pool.outstanding()).isZero();
  }

  @Test
  void goesToTheNearestWithItsTtlLoweredAndNothingElseChanged() {
    FakeLink far = s.up(id(0xc0));
    FakeLink near = s.up(id(0xf8));
    byte[] frame = s.route(TARGET, 9);

    assertThat(s.out.frame(from, frame)).isTrue();

    assertThat(sent(far, FrameType.ROUTE)).isEmpty();
    byte[] passed = sent(near, FrameType.ROUTE).getFirst();
    assertThat(Stand.ttl(passed)).isEqualTo(8);
    passed[passed.length - Envelope.bytes(1) + Envelope.TTL_AT] = 9;
    assertThat(passed).isEqualTo(frame);
    assertThat(s.counted(Tally.FORWARDED)).isEqualTo(1);
  }

  @Test
  void aLinkWithNoRoomIsPassedOver() {
    FakeLink far = s.up(id(0xc0));
    s.up(id(0xf8)).full = true;
    s.out.frame(from, s.route(TARGET, 9));
    assertThat(sent(far, FrameType.ROUTE)).hasSize(1);
    assertThat(s.counted(Tally.LINK_FULL)).isPositive();
  }

  @Test
  void whoCarriesNothingIsPassedOverUnlessItIsTheTarget() {
    FakeLink far = s.up(id(0xc0));
    FakeLink near = s.up(id(0xf8));
    s.carries(near, false);
    s.out.frame(from, s.route(TARGET, 9));
    assertThat(sent(near, FrameType.ROUTE)).isEmpty();
    assertThat(sent(far, FrameType.ROUTE)).hasSize(1);
    s.out.frame(from, s.route(id(0xf8), 9));
    assertThat(sent(near, FrameType.ROUTE)).hasSize(1);
  }

  @Test
  void whatWeDoNotCarryIsHandedBackAsFromADeadEnd() {
    FakeLink near = s.up(id(0xf8));
    s.out.give(new Routing.Carry(0));
    assertThat(s.out.events).contains(new CarryChanged(false));
    byte[] frame = s.route(TARGET, 9);
    s.out.frame(from, frame);
    assertThat(sent(near, FrameType.ROUTE)).isEmpty();
    byte[] back = sent(from, FrameType.RETURNED).getFirst();
    assertThat(back[back.length - frame.length - 1]).isEqualTo((byte) 1);
    assertThat(s.counted(Tally.CARRY_DECLINED)).isEqualTo(1);
    assertThat(s.routing.carried(s.out).today()).isZero();
  }

  @Test
  void whoKeepsSendingWhatWeDoNotCarryGetsOnlySoMuchBack() {
    s.up(id(0xf8));
    s.out.give(new Routing.Carry(0));
    int bytes = s.route(TARGET, 9).length;
    long fit = Carriage.BACK_BURST / bytes;
    for (int i = 0; i < fit + 10; i++) {
      s.out.frame(from, s.route(TARGET, 9));
    }
    assertThat(s.counted(Tally.CARRY_DECLINED)).isEqualTo(fit);
    assertThat(s.counted(Tally.CARRY_DROPPED)).isEqualTo(10);
    assertThat(sent(from, FrameType.RETURNED)).hasSize((int) fit);
  }

  @Test
  void aDaysBytesAreNeverPassedAndMidnightBeginsAnew() {
    FakeLink near = s.up(id(0xf8));
    int bytes = s.route(TARGET, 9).length;
    s.out.give(new Routing.Carry(3L * bytes + bytes / 2));
    for (int i = 0; i < 5; i++) {
      s.out.frame(from, s.route(TARGET, 9));
    }
    assertThat(sent(near, FrameType.ROUTE)).hasSize(3);
    assertThat(s.out.events).filteredOn(CarryChanged.class::isInstance).hasSize(1);
    Carried now = s.routing.carried(s.out);
    assertThat(now.today()).isEqualTo(3L * bytes);
    assertThat(now.on()).isFalse();
    s.out.advance(25L * 3_600 * 1_000_000_000L);
    assertThat(s.out.events).contains(new CarryChanged(true));
    assertThat(s.routing.carried(s.out).today()).isZero();
    FakeLink again = s.up(id(0xfc)); // the others were silent for a day
    FakeLink other = s.up(id(0x10));
    s.out.frame(other, s.route(TARGET, 9));
    assertThat(sent(again, FrameType.ROUTE)).hasSize(1);
  }

  @Test
  void ourOwnMessagesAreNoCarrying() {
    FakeLink near = s.up(id(0xf8));
    FakeLink far = s.up(id(0xc0));
    s.out.give(new Routing.Carry(0));
    s.routing.originate(s.route(TARGET, Envelope.MAX_TTL), TARGET, Copies.TWO, s.out);
    byte[] first = sent(near, FrameType.ROUTE).getFirst();
    s.out.frame(near, returned(1, first));
    assertThat(sent(far, FrameType.ROUTE)).hasSize(2);
    assertThat(s.routing.carried(s.out).today()).isZero();
  }

  @Test
  void whatIsForUsArrivesCopied() {
    s.out.events.clear();
    s.out.frame(from, s.route(Stand.SELF, 15));
    Arrived a = (Arrived) s.out.events.getFirst();
    assertThat(a.from()).isSameAs(from);
    assertThat(a.hops()).isEqualTo(2);
    assertThat(a.envelope()).hasSize(Envelope.bytes(1));
  }

  @Test
  void aDeadEndIsHandedBackAndTheOneBeforeGoesOnWithItsNext() {
    byte[] frame = s.route(TARGET, 9);
    s.out.frame(from, frame);
    byte[] back = sent(from, FrameType.RETURNED).getFirst();
    assertThat(back[back.length - frame.length - 1]).isEqualTo((byte) 1);
    assertThat(s.counted(Tally.RETURNED)).isEqualTo(1);

    // The same from the other side: f8 hands back, c0 is next.
    FakeLink far = s.up(id(0xc0));
    FakeLink near = s.up(id(0xf8));
    s.out.frame(from, s.route(TARGET, 9));
    s.out.frame(near, returned(1, sent(near, FrameType.ROUTE).getFirst()));
    assertThat(Stand.ttl(sent(far, FrameType.ROUTE).getFirst())).isEqualTo(7);
    // And when that fails too, the copy goes back to where it came from, with its count.
    s.out.frame(far, returned(1, sent(far, FrameType.ROUTE).getFirst()));
    back = sent(from, FrameType.RETURNED).getLast();
    assertThat(back[back.length - frame.length - 1]).isEqualTo((byte) 3);
  }

  @Test
  void aFifthReturnIsNotMade() {
    FakeLink near = s.up(id(0xf8));
    s.out.frame(from, s.route(TARGET, 9));
    s.out.frame(near, returned(4, sent(near, FrameType.ROUTE).getFirst()));
    assertThat(sent(from, FrameType.RETURNED)).isEmpty();
    assertThat(s.counted(Tally.ROUTE_GIVEN_UP)).isEqualTo(1);
    s.out.frame(near, returned(5, s.route(TARGET, 9)));
    assertThat(s.counted(Tally.RETURN_MALFORMED)).isEqualTo(1);
  }

  @Test
  void falseReturnsAreCountedAndGoNowhere() {
    FakeLink far = s.up(id(0xc0));
    FakeLink near = s.up(id(0xf8));
    s.out.frame(from, s.route(TARGET, 9));
    byte[] copy = sent(near, FrameType.ROUTE).getFirst();
    s.out.frame(far, returned(1, copy)); // never given to it
    s.out.frame(near, returned(1, copy));
    s.out.frame(near, returned(1, copy)); // twice
    s.out.frame(near, returned(1, s.route(TARGET, 9))); // never seen here
    assertThat(s.counted(Tally.RETURN_FALSE)).isEqualTo(2);
    assertThat(s.counted(Tally.RETURN_LOST)).isEqualTo(1);
    assertThat(sent(far, FrameType.ROUTE)).hasSize(1);
  }

  @Test
  void whatWasForgottenAfterAMinuteIsDropped() {
    FakeLink near = s.up(id(0xf8));
    s.out.frame(from, s.route(TARGET, 9));
    byte[] copy = sent(near, FrameType.ROUTE).getFirst();
    s.out.advance(61_000_000_000L);
    s.out.frame(near, returned(1, copy));
    assertThat(s.counted(Tally.RETURN_LOST)).isEqualTo(1);
  }

  @Test
  void aCopyThatComesRoundIsHandedBackAndARepeatedOneDropped() {
    FakeLink near = s.up(id(0xf8));
    byte[] frame = s.route(TARGET, 9);
    s.out.frame(from, frame);
    s.out.frame(from, frame);
    assertThat(s.counted(Tally.ROUTE_REPEATED)).isEqualTo(1);
    FakeLink other = s.up(id(0x20));
    s.out.frame(other, frame);
    assertThat(s.counted(Tally.ROUTE_LOOP)).isEqualTo(1);
    assertThat(sent(other, FrameType.RETURNED)).hasSize(1);
    assertThat(sent(near, FrameType.ROUTE)).hasSize(1);
  }

  @Test
  void ttlEndsACopyAndNoForgedTtlLengthensIt() {
    FakeLink near = s.up(id(0xf8));
    s.out.frame(from, s.route(TARGET, 0));
    assertThat(s.counted(Tally.ROUTE_TTL)).isEqualTo(1);
    s.out.frame(from, s.route(TARGET, 200));
    assertThat(Stand.ttl(sent(near, FrameType.ROUTE).getFirst())).isEqualTo(15);
  }

  @Test
  void theTargetItselfIsNeverAvoided() {
    FakeLink near = s.up(id(0xf8));
    FakeLink target = s.up(TARGET);
    byte[] plain = s.route(TARGET, 9);
    Envelope e = new Envelope();
    int length = Envelope.bytes(1);
    try {
      e.over(plain, plain.length - length, length);
    } catch (org.wayfolk.wire.Malformed m) {
      throw new AssertionError(m);
    }
    byte[] frame = new byte[Envelope.avoidingBytes(length, 2)];
    NodeId[] avoid = {TARGET, id(0xf8)};
    e.writeAvoiding(new Writer(frame, 0), FrameType.ROUTE, length, avoid, 2);
    s.out.frame(from, frame);
    assertThat(sent(target, FrameType.ROUTE)).hasSize(1);
    assertThat(sent(near, FrameType.ROUTE)).isEmpty();
  }

  @Test
  void malformedAndUnlinkedFramesAreCounted() {
    byte[] frame = s.route(TARGET, 9);
    frame[2]--;
    s.out.frame(from, Arrays.copyOf(frame, frame.length - 1));
    assertThat(s.counted(Tally.ROUTE_MALFORMED)).isEqualTo(1);
    s.out.frame(new FakeLink(id(0x33)), s.route(TARGET, 9));
    assertThat(s.counted(Tally.ROUTE_UNLINKED)).isEqualTo(1);
  }

  @Test
  void twoCopiesLeaveByTwoLinksAndTheSecondNamesTheFirst() {
    FakeLink far = s.up(id(0xc0));
    FakeLink near = s.up(id(0xf8));
    assertThat(s.routing.originate(s.route(TARGET, 16), TARGET, Copies.TWO, s.out)).isEqualTo(2);
    byte[] second = sent(far, FrameType.ROUTE).getFirst();
    assertThat(sent(near, FrameType.ROUTE)).hasSize(1);
    assertThat(second).hasSize(sent(near, FrameType.ROUTE).getFirst().length + 32);
    // One of them comes back: it goes on by a link that is not nearer, since we are its origin.
    s.out.frame(near, returned(1, sent(near, FrameType.ROUTE).getFirst()));
    assertThat(sent(far, FrameType.ROUTE)).hasSize(2);
  }

  @Test
  void oneDirectCopyGoesOverTheDirectLinkAlone() {
    FakeLink near = s.up(id(0xf8));
    FakeLink target = s.up(TARGET);
    assertThat(s.routing.originate(s.route(TARGET, 16), TARGET, Copies.ONE_DIRECT, s.out))
        .isEqualTo(1);
    assertThat(sent(target, FrameType.ROUTE)).hasSize(1);
    assertThat(sent(near, FrameType.ROUTE)).isEmpty();
  }

  @Test
  void aThirdCopyLeavesFarFromTheTarget() {
    s.up(id(0xc0));
    s.up(id(0xf8));
    s.up(id(0xf1));
    assertThat(s.routing.originate(s.route(TARGET, 16), TARGET, Copies.THIRD, s.out)).isEqualTo(3);
    assertThat(sent(from, FrameType.ROUTE)).hasSize(1);
  }

  @Test
  void theSecondCopyOfAnAnswerGoesBackOverTheLinkThatBroughtTheQuestion() {
    FakeLink near = s.up(id(0xf8));
    FakeLink next = s.up(id(0xf1));
    byte[] frame = s.route(TARGET, 16);
    assertThat(s.routing.originate(frame, TARGET, Copies.TWO, from.peer(), s.out)).isEqualTo(2);
    assertThat(sent(from, FrameType.ROUTE)).hasSize(1);
    s.routing.originate(s.route(TARGET, 16), TARGET, Copies.TWO, s.out);
    assertThat(sent(from, FrameType.ROUTE)).as("once").hasSize(1);
    s.down(from);
    byte[] second = s.route(TARGET, 16);
    assertThat(s.routing.originate(second, TARGET, Copies.TWO, from.peer(), s.out)).isEqualTo(2);
    assertThat(sent(near, FrameType.ROUTE).size() + sent(next, FrameType.ROUTE).size())
        .isEqualTo(5);
  }

  @Test
  void withoutLinksNothingLeaves() {
    s.down(from);
    assertThat(s.routing.originate(s.route(TARGET, 16), TARGET, Copies.TWO, s.out)).isZero();
  }

  @Test
  void aTransitFrameAllocatesNothing() throws Exception {
    FakeLink near = s.up(id(0xf8));
    for (int i = 0; i < 60; i++) {
      s.up(id(1 + 3 * i)).sink = Packet::release;
    }
    near.sink = Packet::release;
    byte[] frame = s.route(TARGET, 9);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    Frame view = new Frame();
    SilentEffects effects = new SilentEffects(s.out);
    // The compiler may move an object back to the heap while it warms up: one whole pass must be
    // clean. A byte a frame would show in all.
    long allocated = 1;
    int number = 0;
    for (int pass = 0; pass < 8 && allocated > 0; pass++) {
      allocated = 0;
      for (int i = 0; i < 100_000; i++) {
        Packet p = s.out.pool.copyOf(frame);
        int at = frame.length - Envelope.SIGNATURE_BYTES;
        number++;
        p.array()[at] = (byte) (number >>> 16);
        p.array()[at + 1] = (byte) (number >>> 8);
        p.array()[at + 2] = (byte) number;
        long before = threads.getThreadAllocatedBytes(thread);
        view.over(from, p);
        s.routing.on(view, effects);
        allocated += threads.getThreadAllocatedBytes(thread) - before;
      }
    }
    assertThat(effects.forwarded).isEqualTo(number);
    assertThat(allocated).as("bytes allocated by 100,000 frames").isZero();
  }
}
