package org.wayfolk.node;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;

/**
 * Tells the application when one of the peers it waits for shows that it is there. Owned by the
 * loop; costs one look into a table for each thing heard.
 */
final class Watch implements Protocol {
  /** All devices of more friends than anybody has; about a megabyte. */
  static final int MAX_PEERS = 10_000;

  /** How often one peer is told of: whoever waits for it tries at once, and need not try twice. */
  static final long GAP_NANOS = 1_000_000_000L;

  /**
   * A record that we did not hold counts as news if it was issued so lately: a node issues one when
   * it starts. An older one says only that somebody still remembers it.
   */
  static final long FRESH_MILLIS = 10 * 60_000L;

  /** Command: watch these and no others. */
  record Peers(Set<NodeId> peers, Consumer<NodeId> seen) implements Input.Command {}

  /** One watched peer: when it was told of, and whether that has not run yet. */
  private static final class Watched {
    private final AtomicBoolean waits = new AtomicBoolean();
    private long notBefore = Long.MIN_VALUE;
  }

  private final NodeId self;
  private final Callbacks callbacks;
  private final Map<NodeId, Watched> peers = new HashMap<>();
  private @Nullable Consumer<NodeId> seen;

  Watch(NodeId self, Callbacks callbacks) {
    this.self = self;
    this.callbacks = callbacks;
  }

  @Override
  public void on(Input in, Effects out) {
    switch (in) {
      case Peers p -> {
        seen = p.seen;
        // Whoever stays keeps its gap: setting the same peers again must not tell of them again.
        peers.keySet().retainAll(p.peers);
        p.peers.forEach(id -> peers.computeIfAbsent(id, i -> new Watched()));
      }
      case Input.LinkUp up -> heard(up.link().peer(), out.now());
      case Input.Verified v -> heard(v.origin(), out.now());
      default -> {}
    }
  }

  /** Whether it is one of the peers that the application waits for: its user knows them. */
  boolean watches(NodeId id) {
    return peers.containsKey(id);
  }

  /** A verified record was taken in that we did not hold, or that is later than the one we held. */
  void record(PeerRecord record, boolean later, Effects out) {
    if (later || out.wallMillis() - record.sequence() < FRESH_MILLIS) {
      heard(record.id(), out.now());
    }
  }

  private void heard(NodeId id, long now) {
    Watched w = peers.get(id);
    Consumer<NodeId> reader = seen;
    if (w == null || reader == null || now < w.notBefore || !w.waits.compareAndSet(false, true)) {
      return;
    }
    w.notBefore = now + GAP_NANOS;
    // In one line: so many may wait for a slow reader as there are peers, and no more.
    callbacks.post(
        self,
        () -> {
          w.waits.set(false);
          reader.accept(id);
        });
  }
}
