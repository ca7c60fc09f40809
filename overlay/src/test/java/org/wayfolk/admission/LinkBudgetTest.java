package org.wayfolk.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Crypto;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.RecordedEffects;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Packet;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;

class LinkBudgetTest {
  private static final Network NETWORK = Network.local("budget");

  private final FakeLink link = new FakeLink(Records.identity(50).id());
  private final Admission admission =
      new Admission(Records.identity(1).id(), Crypto.best(), NETWORK, id -> true);
  private final RecordedEffects fx = new RecordedEffects(admission);

  private static Frame frame(FakeLink over, RecordedEffects fx, int type, int length) {
    Packet p = fx.pool.copyOf(FrameHeader.frame(type, new byte[length]));
    Frame f = new Frame();
    try {
      f.over(over, p);
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
    return f;
  }

  private void up() {
    fx.give(new Input.LinkUp(link, Records.of(NETWORK, 50, 1_800_000_000_000L), 0, 0));
  }

  private int admitted(Frame f, int times) {
    int n = 0;
    for (int i = 0; i < times; i++) {
      n += admission.admit(f, fx) ? 1 : 0;
    }
    return n;
  }

  @Test
  void aFrameOfALinkThatIsNotUpIsRefused() {
    assertThat(admission.admit(frame(link, fx, FrameType.PING, 0), fx)).isFalse();
    assertThat(fx.counted(Tally.FRAME_BEFORE_HELLO)).isEqualTo(1);
    up();
    assertThat(admission.admit(frame(link, fx, FrameType.PING, 0), fx)).isTrue();
    fx.give(new Input.LinkDown(link, CloseReason.NORMAL));
    assertThat(admission.admit(frame(link, fx, FrameType.PING, 0), fx)).isFalse();
  }

  @Test
  void transitOverBudgetIsDroppedAndCostsNothingElse() {
    up();
    Frame f = frame(link, fx, FrameType.ROUTE, 200);
    assertThat(admitted(f, 20_000)).isEqualTo(8_192);
    assertThat(fx.counted(Tally.TRANSIT_OVER_BUDGET)).isEqualTo(20_000 - 8_192);
    assertThat(link.isClosed).isFalse();
    fx.advance(1_000_000_000L);
    assertThat(admitted(f, 20_000)).isEqualTo(4_096);
  }

  @Test
  void bytesAreBudgetedToo() {
    up();
    Frame f = frame(link, fx, FrameType.ROUTE, 60_000);
    assertThat(admitted(f, 2_000)).isEqualTo((32 << 20) / 60_005);
  }

  @Test
  void transitDoesNotSpendTheBudgetOfControl() {
    up();
    admitted(frame(link, fx, FrameType.ROUTE, 200), 20_000);
    assertThat(admission.admit(frame(link, fx, FrameType.PING, 0), fx)).isTrue();
  }

  @Test
  void whoGoesOnSendingControlOverBudgetIsClosed() {
    up();
    Frame f = frame(link, fx, FrameType.FIND, 50);
    assertThat(admitted(f, 4_096)).isEqualTo(4_096);
    assertThat(admitted(f, 1_024)).isZero();
    assertThat(fx.counted(Tally.CONTROL_OVER_BUDGET)).isEqualTo(1_024);
    assertThat(link.isClosed).isFalse();
    assertThat(admission.admit(f, fx)).isFalse();
    assertThat(link.isClosed).isTrue();
    assertThat(fx.counted(Tally.LINK_OVERRUN)).isEqualTo(1);
  }

  @Test
  void aLinkLocalFrameLongerThanAnyIsRefused() {
    up();
    assertThat(admission.admit(frame(link, fx, FrameType.FOUND, Admission.MAX_CONTROL + 1), fx))
        .isFalse();
    assertThat(fx.counted(Tally.CONTROL_TOO_LARGE)).isEqualTo(1);
    assertThat(admission.admit(frame(link, fx, FrameType.RETURNED, 60_000), fx)).isTrue();
  }

  @Test
  void admittingAllocatesNothing() {
    up();
    Frame f = frame(link, fx, FrameType.ROUTE, 200);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int rounds = 100;
    for (int i = 0; i < rounds; i++) { // warm up; each second brings a new budget
      assertThat(admitted(f, 1_000)).isEqualTo(1_000);
      fx.advance(1_000_000_000L);
    }
    fx.advance(10_000_000_000L);
    long before = threads.getCurrentThreadAllocatedBytes();
    int n = 0;
    for (int i = 0; i < 8_000; i++) {
      n += admission.admit(f, fx) ? 1 : 0;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(n).isEqualTo(8_000);
    assertThat(allocated).isZero();
  }
}
