package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.peer.PeerCache;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.transport.Address;

/**
 * Chooses the nodes through which we say we can be reached: neighbours that we dialled ourselves,
 * so that their address is proven, and that carry for others, the longest up first, no two in one
 * half of the keyspace's level or in one subnet while there is a choice. Until relays exist these
 * are plain long-lived links in other regions (security.md 14).
 */
final class EntryNodes {
  private EntryNodes() {}

  static List<PeerRecord.Entry> of(LinkTable table) {
    List<Slot> dialled = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      Slot s = table.at(i);
      if (s.link.dialled() && !s.dead && s.carries()) {
        dialled.add(s);
      }
    }
    dialled.sort(Comparator.<Slot>comparingLong(s -> s.since).thenComparing(s -> s.id));
    List<PeerRecord.Entry> out = new ArrayList<>(PeerRecord.MAX_ENTRIES);
    Set<Object> used = new HashSet<>();
    for (boolean choosy : new boolean[] {true, false}) {
      for (Slot s : dialled) {
        Address at = s.link.remote();
        PeerRecord.Entry entry = new PeerRecord.Entry(s.id, at);
        boolean known = used.contains(s.stratum) || used.contains(at.subnet());
        if (out.size() < PeerRecord.MAX_ENTRIES && !out.contains(entry) && !(choosy && known)) {
          out.add(entry);
          used.add(s.stratum);
          used.add(at.subnet());
        }
      }
    }
    return List.copyOf(out);
  }

  /**
   * Nodes to give to somebody who is to join, at most {@code most}: those we are linked to before
   * those we only know, and of both the ones that can be dialled from anywhere first.
   */
  static List<Peer> forGuests(LinkTable table, KnownPeers known, Network network, int most) {
    List<Peer> live = new ArrayList<>();
    of(table).forEach(e -> live.add(new Peer(e.id(), e.address())));
    List<Slot> accepted = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      Slot s = table.at(i);
      if (!s.link.dialled() && !s.dead) {
        accepted.add(s);
      }
    }
    accepted.sort(Comparator.<Slot>comparingLong(s -> s.since).thenComparing(s -> s.id));
    for (Slot s : accepted) {
      PeerRecord newer = known.get(s.id);
      PeerRecord r = newer != null && newer.replaces(s.record) ? newer : s.record;
      network.usable(r, s.link.remote()).stream()
          .min(WIDEST)
          .ifPresent(a -> live.add(new Peer(s.id, a)));
    }
    List<Peer> others = new ArrayList<>(network.entries());
    for (PeerCache.Hint hint : known.sample()) {
      if (hint.proven() != null) {
        others.add(new Peer(hint.record().id(), hint.proven()));
      }
    }
    List<Peer> out = new ArrayList<>();
    for (List<Peer> from : List.of(live, others)) {
      from.stream()
          .filter(p -> p.address() != null && network.reachable(p.address()))
          .sorted(Comparator.comparing(p -> Objects.requireNonNull(p.address()), WIDEST))
          .filter(p -> out.size() < most && out.stream().noneMatch(q -> q.id().equals(p.id())))
          .forEach(out::add);
    }
    return List.copyOf(out);
  }

  private static final Comparator<Address> WIDEST =
      Comparator.comparing(Address::scope, Comparator.reverseOrder());
}
