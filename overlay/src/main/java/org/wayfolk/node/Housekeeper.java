package org.wayfolk.node;

import java.util.List;
import java.util.concurrent.Executor;
import org.wayfolk.hello.LinkHello;
import org.wayfolk.hello.OwnRecord;
import org.wayfolk.identity.SealingKeys;
import org.wayfolk.peer.Cost;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.PeerCache;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.rendezvous.Rendezvous;
import org.wayfolk.routing.CarryChanged;
import org.wayfolk.routing.CostChanged;
import org.wayfolk.routing.Routing;
import org.wayfolk.transport.Address;

/**
 * Carries what rooms have to what outlives the node: known peers and sealing keys to the disk, key
 * hash, entry nodes and whether we carry into the own record. The disk is written on a callback
 * thread, one write of a kind at a time.
 */
final class Housekeeper implements Protocol {
  /** Soon after the start, so that a node killed in its first minute still finds its way back. */
  private static final long FIRST_SAVE = 2_000_000_000L;

  /** How much of what was learned a crash may cost. */
  private static final long SAVE_EVERY = 30_000_000_000L;

  private record Save(long next) implements Input.Timer {}

  private record Written() implements Input.Command {}

  private final KnownPeers known;
  private final PeerCache cache;
  private final SealingKeys keys;
  private final SealingStore store;
  private final OwnRecord own;
  private final LinkHello hello;
  private final Routing routing;
  private final Executor edges;
  private final Runnable written;
  private List<Address> addresses = List.of();
  private boolean writing;
  private List<PeerCache.Hint> saved = List.of();

  Housekeeper(
      Rooms.Kept kept, OwnRecord own, LinkHello hello, Routing routing, Executor edges, Loop loop) {
    this.known = kept.known();
    this.cache = kept.cache();
    this.keys = kept.keys();
    this.store = kept.store();
    this.own = own;
    this.hello = hello;
    this.routing = routing;
    this.edges = edges;
    this.written = () -> loop.tell(this, new Written());
  }

  /** Where others may dial us; before the loop starts. Nobody is told where a leaf is. */
  void dialable(List<Address> where) {
    addresses = List.copyOf(where);
    own.addresses(Cost.of(routing.capabilities()).leaf() ? List.of() : addresses);
  }

  /** Begins. */
  void begin(Effects out) {
    out.timer(FIRST_SAVE, new Save(SAVE_EVERY));
  }

  @Override
  public void on(Input in, Effects out) {
    switch (in) {
      case Save save -> {
        own.entries(routing.entryNodes());
        hello.publish(out);
        save();
        out.timer(save.next, save);
      }
      case Written w -> writing = false;
      case Rendezvous.Rotated rotated -> {
        own.sealingKeyHash(rotated.keyHash());
        hello.publish(out);
        edges.execute(() -> store.save(keys.encode()));
      }
      case CarryChanged changed -> {
        own.capabilities(routing.capabilities());
        hello.publish(out);
      }
      case CostChanged(Cost cost) -> {
        own.capabilities(routing.capabilities());
        own.addresses(cost.leaf() ? List.of() : addresses);
        hello.publish(out);
      }
      default -> {}
    }
  }

  /** What to write at the end; the caller writes it, for the loop is going away. */
  List<PeerCache.Hint> last() {
    return known.sample();
  }

  private void save() {
    if (cache.equals(PeerCache.NONE)) {
      return; // choosing what to keep costs more than all else an idle node does
    }
    List<PeerCache.Hint> now = known.sample();
    if (writing || now.isEmpty() || now.equals(saved)) {
      return;
    }
    writing = true;
    saved = now;
    edges.execute(() -> {
      try {
        cache.save(now);
      } finally {
        written.run();
      }
    });
  }
}
