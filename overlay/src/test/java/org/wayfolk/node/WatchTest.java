package org.wayfolk.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.RecordedEffects;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.PayloadKind;

class WatchTest {
  private static final Network NETWORK = Network.local("watch");

  private final NodeId self = Records.identity(1).id();
  private final NodeId friend = Records.identity(2).id();
  private final NodeId other = Records.identity(3).id();
  private final ArrayDeque<Runnable> edge = new ArrayDeque<>();
  private final Watch watch = new Watch(self, new Callbacks(edge::add));
  private final RecordedEffects fx = new RecordedEffects(watch);
  private final List<NodeId> seen = new ArrayList<>();

  private void runEdge() {
    for (Runnable r; (r = edge.poll()) != null; ) {
      r.run();
    }
  }

  private void verified(NodeId from) {
    FakeLink link = new FakeLink(other, Address.parse("10.0.0.9:4000"));
    fx.give(new Input.Verified(from, new byte[32], 0, PayloadKind.MESSAGE, new byte[0], 1, link));
  }

  @Test
  void whatWaitsForASlowReaderIsOneCallAPeer() {
    fx.give(new Watch.Peers(Set.of(friend), seen::add));
    for (int i = 0; i < 10; i++) {
      verified(friend);
      verified(other);
      fx.advance(Watch.GAP_NANOS);
    }
    runEdge();
    assertThat(seen).containsExactly(friend);
    verified(friend);
    runEdge();
    assertThat(seen).containsExactly(friend, friend);
  }

  @Test
  void settingThePeersAnewKeepsTheGapOfThoseWhoStay() {
    fx.give(new Watch.Peers(Set.of(friend), seen::add));
    verified(friend);
    fx.give(new Watch.Peers(Set.of(friend, other), seen::add));
    verified(friend);
    verified(other);
    runEdge();
    assertThat(seen).containsExactly(friend, other);
  }

  @Test
  void aLaterRecordIsNewsAndOneThatSomebodyRemembersIsNot() {
    KnownPeers known = new KnownPeers(self);
    known.listen((record, later) -> watch.record(record, later, fx));
    fx.give(new Watch.Peers(Set.of(friend, other), seen::add));
    long now = fx.wallMillis();
    PeerRecord remembered = Records.of(NETWORK, 2, now - Watch.FRESH_MILLIS);
    known.put(remembered);
    known.put(remembered);
    runEdge();
    assertThat(seen).isEmpty();
    known.put(Records.of(NETWORK, 2, now - 1_000));
    known.put(Records.of(NETWORK, 3, now - 1_000));
    fx.advance(Watch.GAP_NANOS);
    known.put(Records.of(NETWORK, 2, now - 2_000)); // older than what we hold
    runEdge();
    assertThat(seen).containsExactly(friend, other);
  }
}
