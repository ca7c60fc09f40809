package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.RecordedEffects;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;

/** What a neighbour with a proven identity may not bring about by lies and by asking too much. */
final class HostileNeighbourTest {
  private static final long S = 1_000_000_000L;
  private static final Network NET = Network.local("hostile");
  private static final NodeId SELF = new NodeId(0, 0, 0, 7);

  private final SplittableRandom random = new SplittableRandom(3);
  private int peers;

  private Routing routing(RoutingSettings settings) {
    RecordCheck check = new RecordCheck(Crypto.best(), NET);
    return new Routing(SELF, NET, new KnownPeers(SELF), check, settings.withSeenCopies(1_024), 0);
  }

  private FakeLink up(RecordedEffects out, long firstWord, boolean dialled) {
    int n = ++peers;
    Address at = Address.ofV4((20 + n % 64) << 24 | n << 8 | 1, 4_242);
    FakeLink link = new FakeLink(new NodeId(firstWord, 0, 0, n), at);
    link.dialled = dialled;
    out.give(
        new Input.LinkUp(
            link, Records.of(NET, 1 + n % 60, out.wallMillis(), "20.0.0.1:4242"), 0, 0));
    return link;
  }

  private static long finds(FakeLink link) {
    return link.sent.stream().filter(s -> s.frame()[1] == FrameType.FIND).count();
  }

  @Test
  void manyLinksThatAskThroughUsCannotUseUpWhatOneNeighbourAllowsUs() {
    RecordedEffects out = new RecordedEffects(routing(RoutingSettings.DEFAULT));
    FakeLink honest = up(out, 1L << 60, true);
    FakeLink[] hostile = new FakeLink[20];
    for (int i = 0; i < hostile.length; i++) {
      hostile[i] = up(out, (long) (i + 16) << 56, false);
    }
    out.advance(30 * S);
    honest.sent.clear();
    int seconds = 10;
    for (int second = 0; second < seconds; second++) {
      for (FakeLink h : hostile) {
        for (int i = 0; i < Slot.FINDS_A_SECOND; i++) {
          Find f = new Find(random.nextLong(), SELF, List.of(honest.peer()), 0);
          out.frame(h, f.frame());
        }
      }
      out.advance(S);
    }
    assertThat(finds(honest))
        .as("finds of others, of which the neighbour answers %s a second", Slot.FINDS_A_SECOND)
        .isLessThanOrEqualTo(Slot.FIND_BURST / 2 + seconds * Slot.FINDS_A_SECOND / 2 + 20L);
    assertThat(out.pool.outstanding()).isZero();
  }

  @Test
  void peersWhoSayThatTheyNeedUsDoNotTakeAllPlaces() {
    Routing routing = routing(RoutingSettings.DEFAULT.withMaxInbound(60));
    RecordedEffects out = new RecordedEffects(routing);
    for (int i = 1; i <= LinkTable.SIBLINGS; i++) {
      up(out, i, true);
    }
    for (int i = 0; i < 40; i++) {
      up(out, random.nextLong() >>> 1 | 1L << 40, false);
    }
    int before = routing.table().inbound();
    // Near enough to be believed, and without a table: nobody is nearer to them than we are.
    for (int i = 0; i < 200; i++) {
      up(out, 32 + i % 64, false);
      out.advance(S / 20);
    }
    out.advance(11 * S);
    assertThat(before).isEqualTo(40);
    assertThat(routing.table().inbound()).isLessThanOrEqualTo(60);
  }

  @Test
  void aNeighbourThatClaimsLinksWithoutEndDoesNotHoldUpOurOwnLookups() {
    Routing routing = routing(RoutingSettings.DEFAULT);
    RecordedEffects out = new RecordedEffects(routing);
    FakeLink hostile = up(out, 1L << 62, false);
    FakeLink honest = up(out, 1L << 61, true);
    out.advance(10 * S);
    for (int second = 0; second < 100; second++) {
      long[] claims = random.longs(LinkTables.MAX_CLAIMS).toArray();
      if (second % 4 == 0) {
        out.frame(hostile, LinkTables.frame(0, new long[0], claims, null));
      }
      out.frame(hostile, FrameHeader.frame(FrameType.PING, new byte[0]));
      out.frame(honest, FrameHeader.frame(FrameType.PING, new byte[0]));
      for (int i = 0; i < 4; i++) {
        out.advance(S / 4);
      }
    }
    honest.sent.clear();
    NodeId wanted = new NodeId(0x7777L << 48, 1, 2, 3);
    out.give(new Routing.Lookup(wanted));
    out.advance(3 * S);
    assertThat(honest.sent)
        .as("our own question")
        .anyMatch(s -> s.frame()[1] == FrameType.FIND && asksFor(s.frame(), wanted));
  }

  private static boolean asksFor(byte[] frame, NodeId target) {
    return NodeId.of(frame, frame.length - Find.BYTES + 8).equals(target);
  }

  @Test
  void aVictimWhoseAddressStandsInTenThousandRecordsIsDialledAFewTimesAMinute() {
    Dials dials = new Dials();
    RecordedEffects out = new RecordedEffects((in, fx) -> {});
    int minutes = 30;
    int knocks = 0;
    for (int second = 0; second < minutes * 60; second++) {
      for (int i = 0; i < 20; i++) {
        NodeId anybody = new NodeId(random.nextLong(), 0, 0, random.nextInt(10_000));
        Address victim = Address.ofV4(93 << 24 | 7 << 16 | 9, 1_024 + random.nextInt(60_000));
        dials.wish(anybody, List.of(victim, victim.withPort(443)), false, out);
      }
      out.advance(S);
      knocks += out.dials.size();
      List<RecordedEffects.Dial> failed = List.copyOf(out.dials);
      out.dials.clear();
      for (RecordedEffects.Dial d : failed) {
        dials.failed(d.token(), false, out);
      }
      knocks += out.dials.size();
      List.copyOf(out.dials).forEach(d -> dials.failed(d.token(), false, out));
      out.dials.clear();
    }
    assertThat(knocks).isLessThanOrEqualTo(Dials.KNOCKS + Dials.KNOCKS_AT_ONCE + 4 * minutes + 4);
    assertThat(dials.active()).isZero();
  }

  @Test
  void aHundredPeersBehindOneAddressThatAnswerAreAllDialled() {
    Dials dials = new Dials();
    RecordedEffects out = new RecordedEffects((in, fx) -> {});
    for (int i = 1; i <= 100; i++) {
      NodeId id = new NodeId(i, 0, 0, 0);
      Address at = Address.ofV4(93 << 24 | 7 << 16 | 9, 5_000 + i);
      assertThat(dials.wish(id, List.of(at), false, out)).isTrue();
      FakeLink link = new FakeLink(id, at);
      link.token = out.dials.getLast().token();
      dials.up(link);
    }
    assertThat(out.dials).hasSize(100);
  }
}
