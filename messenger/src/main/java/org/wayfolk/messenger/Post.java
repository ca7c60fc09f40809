package org.wayfolk.messenger;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.wayfolk.delivery.Applications;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.meeting.Invitation;
import org.wayfolk.messenger.meeting.Ways;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.node.Introduction;
import org.wayfolk.node.Node;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.transport.Host;

/** The node, as the messenger's rooms use it. Any thread. */
final class Post implements Ways {
  /** One try of a payload; trying again is the outbox's business. */
  private static final SendOptions TRY =
      SendOptions.DEFAULT.within(Duration.ofSeconds(10)).application(Applications.MESSENGER);

  private final Node node;
  private final Host host;
  private final Rooms rooms;
  private volatile Invitation.Peers introduction;

  Post(Node node, Host host, Rooms rooms) {
    this.node = node;
    this.host = host;
    this.rooms = rooms;
    this.introduction = new Invitation.Peers(node.id(), List.of(), List.of());
  }

  void carry(NodeId to, byte[] payload, Consumer<Outcome> done) {
    var _ = node.send(to, payload, TRY).future().thenAccept(done);
  }

  void watchAll(Set<NodeId> nodes) {
    node.watch(nodes, rooms::seen);
  }

  @Override
  public NodeId self() {
    return node.id();
  }

  @Override
  public Network network() {
    return node.network();
  }

  /** Asks the node's loop where we are dialled, and so waits for it: never within a turn. */
  void lookAround() {
    Introduction i = node.introduction();
    introduction = new Invitation.Peers(node.id(), i.own(), i.entries());
  }

  /** What {@link #lookAround} saw last. */
  @Override
  public Invitation.Peers introduction() {
    return introduction;
  }

  @Override
  public void join(List<Peer> peers) {
    peers.stream().filter(p -> p.address() != null).forEach(node::join);
  }

  @Override
  public CompletableFuture<? extends Collection<NodeId>> nearest(NodeId target) {
    return node.nearest(target).thenApply(l -> l.stream().map(PeerRecord::id).toList());
  }

  @Override
  public void send(NodeId to, byte[] payload) {
    carry(to, payload, outcome -> {});
  }

  @Override
  public void watch(Set<NodeId> inviters) {
    rooms.inviters(inviters);
  }

  @Override
  public void work(Runnable heavy) {
    host.workers().execute(heavy);
  }

  @Override
  public void turn(Consumer<Turn> job) {
    rooms.engine().run(job);
  }
}
