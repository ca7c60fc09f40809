package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wayfolk.routing.Stand.id;
import static org.wayfolk.routing.Stand.sent;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

class FindsTest {
  private static final long SECOND = 1_000_000_000L;
  private final Stand s = new Stand();

  private static Reader payload(byte[] frame) throws Malformed {
    Reader r = new Reader(frame);
    FrameHeader.read(r);
    return r;
  }

  private static Found lastFound(FakeLink link) throws Malformed {
    return Found.read(payload(sent(link, FrameType.FOUND).getLast()));
  }

  /** The finds that were passed on, not our own lookups: those begin with a path of none passed. */
  private static List<byte[]> passedOn(FakeLink link) {
    return sent(link, FrameType.FIND).stream()
        .filter(f -> f[f.length - Find.BYTES + Find.PASSED_AT] > 0)
        .toList();
  }

  @Test
  void aLinkIsToldTheRecordsOfTheNearestOthers() throws Malformed {
    FakeLink a = s.up(id(0x10));
    s.up(id(0x20));
    s.up(id(0x80));
    s.out.frame(a, new Find(5, id(0x81), List.of(), 0).frame());
    assertThat(lastFound(a).nonce()).isEqualTo(5);
    assertThat(lastFound(a).records()).hasSize(2);
  }

  @Test
  void aStrangerIsAnsweredAtOneHopAndNoFurther() throws Malformed {
    s.up(id(0x10));
    FakeLink stranger = new FakeLink(id(0x44), Address.parse("10.0.0.9:4242"));
    s.out.frame(stranger, new Find(6, id(0x81), List.of(), 0).frame());
    assertThat(lastFound(stranger).records()).hasSize(1);
    s.out.frame(stranger, new Find(7, id(0x81), List.of(id(0x10)), 0).frame());
    assertThat(s.counted(Tally.FIND_UNLINKED)).isEqualTo(1);
    assertThat(sent(stranger, FrameType.FOUND)).hasSize(1);
  }

  @Test
  void strangersHaveOneBudgetForAll() {
    for (int i = 0; i < Finds.STRANGER_BURST + 5; i++) {
      s.out.frame(new FakeLink(id(0x44)), new Find(6, id(0x81), List.of(), 0).frame());
    }
    assertThat(s.counted(Tally.FIND_OVER_BUDGET)).isEqualTo(5);
  }

  @Test
  void anAnswerHasAtMostThreeTimesTheBytesOfItsFind() throws Malformed {
    FakeLink a = s.up(id(0x10));
    for (int i = 0; i < 19; i++) {
      s.up(id(0x40 + i));
    }
    byte[] shortFind = new byte[42 + 3];
    byte[] full = new Find(5, id(0x81), List.of(), 0).frame();
    System.arraycopy(full, 0, shortFind, 0, 2);
    shortFind[2] = 42;
    System.arraycopy(full, full.length - Find.BYTES, shortFind, 3, 42);
    s.out.frame(a, shortFind);
    assertThat(lastFound(a).records()).isEmpty();
    s.out.frame(a, full);
    assertThat(lastFound(a).records()).hasSize(19);
    assertThat(sent(a, FrameType.FOUND).getLast().length).isLessThan(3 * Find.BYTES);
  }

  @Test
  void aFindGoesAlongItsPathAndItsAnswerBackUnderAnotherNonce() throws Malformed {
    FakeLink asker = s.up(id(0x10));
    FakeLink next = s.up(id(0x20));
    s.out.frame(asker, new Find(5, id(0x81), List.of(id(0x20), id(0x30)), 0).frame());
    Find passed = Find.read(payload(passedOn(next).getFirst()));
    assertThat(passed.passed()).isEqualTo(1);
    assertThat(passed.path()).containsExactly(id(0x20), id(0x30));
    assertThat(passed.nonce()).isNotEqualTo(5);

    PeerRecord r = Records.of(Stand.NET, 99, s.out.wallMillis(), "10.0.0.7:4242");
    byte[] answer = new Found(passed.nonce(), List.of(r)).frame();
    s.out.frame(asker, answer);
    assertThat(s.counted(Tally.FOUND_UNASKED)).as("from another link than asked").isEqualTo(1);
    s.out.frame(next, answer);
    assertThat(lastFound(asker)).isEqualTo(new Found(5, List.of(r)));
    s.out.frame(next, answer);
    assertThat(s.counted(Tally.FOUND_UNASKED)).as("twice").isEqualTo(2);
    assertThat(s.out.pool.outstanding()).isZero();
  }

  @Test
  void aPathThatBreaksIsAnsweredWithNothing() throws Malformed {
    FakeLink asker = s.up(id(0x10));
    FakeLink next = s.up(id(0x20));
    s.out.frame(asker, new Find(5, id(0x81), List.of(id(0x70)), 0).frame());
    assertThat(lastFound(asker)).isEqualTo(new Found(5, List.of()));
    assertThat(s.counted(Tally.FIND_NO_LINK)).isEqualTo(1);
    s.out.frame(asker, new Find(6, id(0x81), List.of(id(0x20)), 0).frame());
    s.down(next);
    assertThat(lastFound(asker)).isEqualTo(new Found(6, List.of()));
  }

  @Test
  void whatIsNotOursToPassOnIsRefused() {
    FakeLink asker = s.up(id(0x10));
    s.up(id(0x20));
    s.out.frame(asker, new Find(5, id(0x81), List.of(id(0x77), id(0x20)), 1).frame());
    assertThat(s.counted(Tally.FIND_MISROUTED)).isEqualTo(1);
    s.out.frame(asker, new Find(5, id(0x81), List.of(id(0x20), id(0x20)), 0).frame());
    assertThat(s.counted(Tally.FIND_MALFORMED)).isEqualTo(1);
    s.out.frame(asker, new Find(5, id(0x81), List.of(id(0x10)), 0).frame());
    assertThat(s.counted(Tally.FIND_REFUSED)).as("back where it came from").isEqualTo(1);
  }

  @Test
  void aLinkPaysForItsFindsAndHasSoManyOnTheWay() {
    FakeLink asker = s.up(id(0x10));
    FakeLink next = s.up(id(0x20));
    FakeLink other = s.up(id(0x21));
    for (int i = 0; i < Slot.FIND_BURST + 10; i++) {
      NodeId via = i % 2 == 0 ? id(0x20) : id(0x21); // one alone does not take so many of others
      s.out.frame(asker, new Find(i, id(0x81), List.of(via), 0).frame());
    }
    assertThat(s.counted(Tally.FIND_OVER_BUDGET)).isEqualTo(10);
    assertThat(passedOn(next)).hasSize(Finds.MAX_RELAYED / 2);
    assertThat(passedOn(other)).hasSize(Finds.MAX_RELAYED / 2);
    s.out.advance(2 * SECOND);
    s.out.frame(asker, new Find(999, id(0x81), List.of(id(0x20)), 0).frame());
    assertThat(s.counted(Tally.FIND_REFUSED)).as("none is forgotten before 10 s").isEqualTo(1);
    s.out.advance(10 * SECOND);
    s.out.frame(asker, new Find(999, id(0x81), List.of(id(0x20)), 0).frame());
    assertThat(passedOn(next)).hasSize(Finds.MAX_RELAYED / 2 + 1);
  }

  @Test
  void aLookupAnswersVerifiedRecordsOnly() throws Malformed {
    FakeLink link = s.up(id(0x10));
    s.out.advance(SECOND);
    s.out.events.clear();
    NodeId target = Records.identity(77).id();
    s.out.give(new Routing.Lookup(target));
    PeerRecord good = Records.of(Stand.NET, 77, s.out.wallMillis(), "10.0.0.7:4242");
    byte[] forged = Records.of(Stand.NET, 78, s.out.wallMillis(), "10.0.0.8:4242").bytes().clone();
    forged[forged.length - 1] ^= 1;
    PeerRecord bad = org.wayfolk.peer.RecordCheck.decode(forged);
    for (byte[] f : sent(link, FrameType.FIND)) {
      Find find = Find.read(payload(f));
      s.out.frame(link, new Found(find.nonce(), List.of(good, bad)).frame());
    }
    s.out.advance(20 * SECOND);
    Routing.LookupDone done =
        s.out.events.stream()
            .filter(Routing.LookupDone.class::isInstance)
            .map(Routing.LookupDone.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(done.nearest()).doesNotContain(bad);
    assertThat(s.known.get(good.id())).isEqualTo(good);
    assertThat(s.known.get(bad.id())).isNull();
    assertThat(s.counted(Tally.RECORD_SIGNATURE)).isPositive();
  }

  @Test
  void withNobodyToAskALookupFindsNobody() {
    s.out.give(new Routing.Lookup(id(9)));
    assertThat(s.out.events).contains(new Routing.LookupDone(id(9), List.of()));
  }
}
