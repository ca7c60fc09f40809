package org.wayfolk.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.routing.Routing;

/**
 * Who waits for the end of a lookup. Owned by the loop. Bounded by routing, which refuses lookups
 * beyond its queue and so ends them; those for one target are one.
 */
final class Lookups {
  private final Map<NodeId, List<CompletableFuture<List<PeerRecord>>>> waiting = new HashMap<>();

  /** Notes who waits; whether that is the first for this target, so that a lookup must begin. */
  boolean add(NodeId target, CompletableFuture<List<PeerRecord>> result) {
    List<CompletableFuture<List<PeerRecord>>> all =
        waiting.computeIfAbsent(target, t -> new ArrayList<>(1));
    all.add(result);
    return all.size() == 1;
  }

  /** A lookup has ended. */
  void done(Routing.LookupDone done) {
    List<CompletableFuture<List<PeerRecord>>> all = waiting.remove(done.target());
    if (all != null) {
      all.forEach(f -> f.complete(done.nearest()));
    }
  }

  /** The node is closed: nobody answers any more. */
  void close() {
    waiting.values().forEach(all -> all.forEach(f -> f.complete(List.of())));
    waiting.clear();
  }
}
