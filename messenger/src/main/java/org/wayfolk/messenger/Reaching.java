package org.wayfolk.messenger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.outbox.Fared;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** Tells by which way friends are reached, from links and from what became of messages. */
record Reaching(Rooms rooms, Tx tx, Vault vault, Set<NodeId> linked) {

  Way to(Friend friend) {
    boolean direct = friend.devices().devices().stream().anyMatch(d -> linked.contains(d.node()));
    return way(friend.number(), direct, rooms.outbox.fared(tx, friend.number()));
  }

  /** Of all friends of whom anything is known, those first with whom something happened last. */
  List<Way> all() {
    Map<Long, List<Fared>> known = new LinkedHashMap<>();
    for (NodeId node : linked) {
      rooms.people.face(tx, vault, node).ifPresent(f -> known.put(f.number(), List.of()));
    }
    Set<Long> direct = Set.copyOf(known.keySet());
    for (Fared f : rooms.outbox.fared(tx)) {
      List<Fared> some = new ArrayList<>(known.getOrDefault(f.friend(), List.of()));
      some.add(f);
      known.put(f.friend(), some);
    }
    return known.entrySet().stream()
        .map(e -> way(e.getKey(), direct.contains(e.getKey()), e.getValue()))
        .toList();
  }

  private static Way way(long friend, boolean direct, List<Fared> devices) {
    Fared best =
        devices.stream()
            .max(
                Comparator.comparing((Fared f) -> f.failures() == 0)
                    .thenComparingLong(Fared::arrivedAt))
            .orElse(null);
    if (direct) {
      long millis = best != null && best.hops() == 1 ? best.roundTripMillis() : 0;
      return new Way(friend, Way.Kind.DIRECT, 0, millis, 0);
    }
    if (best == null) {
      return new Way(friend, Way.Kind.UNKNOWN, 0, 0, 0);
    }
    if (best.failures() > 0) {
      long since = Math.max(best.arrivedAt(), best.seenAt());
      return new Way(friend, Way.Kind.AWAY, 0, 0, since);
    }
    // What came directly did so over a link that is no more: who knows how the next one goes.
    return best.hops() > 1
        ? new Way(
            friend, Way.Kind.THROUGH, best.hops() - 1, best.roundTripMillis(), best.arrivedAt())
        : new Way(friend, Way.Kind.UNKNOWN, 0, 0, 0);
  }
}
