package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.transport.Address;

/**
 * Chooses the nodes through which we say we can be reached: neighbours that we dialled ourselves,
 * so that their address is proven, the longest up first, no two in one half of the keyspace's level
 * or in one subnet while there is a choice. Until relays exist these are plain long-lived links in
 * other regions (security.md 14).
 */
final class EntryNodes {
  private EntryNodes() {}

  static List<PeerRecord.Entry> of(LinkTable table) {
    List<Slot> dialled = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      Slot s = table.at(i);
      if (s.link.dialled() && !s.dead) {
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
}
