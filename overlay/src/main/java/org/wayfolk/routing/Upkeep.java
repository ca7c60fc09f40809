package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.transport.Address;

/**
 * Keeps the invariant: the 16 nearest nodes are live links, and every populated stratum has one;
 * and the same among those that carry for others: the 8 nearest, and one in every stratum that has
 * any. It compares the table with what is known, wishes for dials, and looks up what is not known.
 * Each event brings it about at once; timers only repeat what did not work and look for what nobody
 * told.
 */
final class Upkeep {
  /** Reviews of one burst of events are one: the links of a join come within milliseconds. */
  static final long SOON_NANOS = 20_000_000L;

  /** When something is missing and nothing under way will tell. */
  static final long AGAIN_NANOS = 2_000_000_000L;

  /** How often our own neighbourhood is looked up although nothing seems to be missing. */
  static final long REFRESH_SELF_NANOS = 1_200_000_000_000L;

  /** How often a stratum is. */
  static final long REFRESH_STRATUM_NANOS = 600_000_000_000L;

  /** After a lookup of ourselves that changed our siblings: until the next. */
  static final long SETTLE_NANOS = 3_000_000_000L;

  /** Such repetitions; then the periodic one goes on. */
  static final int MAX_SETTLING = 3;

  /** Failures after which a peer that is only hearsay is forgotten, as long as we have links. */
  static final int FORGET_AFTER = 8;

  /** Known peers tried at a time while alone, besides the entry nodes. */
  static final int ALONE_TRIES = 8;

  /** Links, and dials, while our first lookup runs. */
  static final int FIRST_LINKS = 4;

  private static final int NONE = -1;

  private record Review() implements Input.Timer {}

  private record LookAtSelf(boolean periodic, @Nullable NodeId via, @Nullable NodeId aside)
      implements Input.Timer {}

  private record LookAtStratum() implements Input.Timer {}

  private final LinkTable table;
  private final KnownPeers known;
  private final Network network;
  private final Dials dials;
  private final Searches searches;
  private final Map<NodeId, Address> entries = new LinkedHashMap<>();
  private final Hints hints;
  private final long[] nextSearch = new long[LinkTable.STRATA];
  private final boolean[] searched = new boolean[LinkTable.STRATA];
  private boolean reviewDue;
  private long reviewAt;
  private long siblingsWhenSearched;
  private int settling;
  private final Pace pace = new Pace();
  private final Pace strataPace = new Pace();
  private boolean knowsSelf;
  private boolean started;
  private boolean leaving;
  private long firstPauseEnds;
  private boolean nearMissing;

  Upkeep(LinkTable table, KnownPeers known, Network network, Dials dials, Searches searches) {
    this.table = table;
    this.known = known;
    this.network = network;
    this.dials = dials;
    this.searches = searches;
    this.hints = new Hints(table, known, dials, searches);
  }

  /** Begins, or adds entry nodes. */
  void join(List<Peer> peers, Effects out) {
    leaving = false;
    for (Peer p : peers) {
      add(p);
    }
    network.entries().forEach(this::add);
    start(out);
    review(out);
    for (Peer p : peers) {
      Address a = entries.get(p.id());
      if (a != null && table.byId(p.id()) == null) {
        dials.wishNamed(p.id(), List.of(a), out);
      }
    }
  }

  private void add(Peer p) {
    Address a = p.address();
    if (a != null && !p.id().equals(table.self)) {
      entries.put(p.id(), a);
    }
  }

  private void start(Effects out) {
    if (!started) {
      started = true;
      out.timer(Dials.jitter(REFRESH_SELF_NANOS, out), new LookAtSelf(true, null, null));
      out.timer(Dials.jitter(REFRESH_STRATUM_NANOS, out), new LookAtStratum());
    }
  }

  void leave() {
    leaving = true;
  }

  /** A link is up. */
  void up(Slot s, Effects out) {
    moved();
    start(out);
    if (table.size() == 1) {
      dials.forgetPauses(); // what failed while we were cut off says nothing about the others
    }
    if (!knowsSelf) {
      lookAtSelf(out);
    } else if (entries.containsKey(s.id) && s.link.dialled()) {
      // Somebody told us of this node: it may stand in a part of the network that ours is not
      // linked to.
      settling = 0;
      lookAtSelf(s.id, table.self, out);
    }
    soon(SOON_NANOS, out);
  }

  private void moved() {
    pace.moved();
    strataPace.moved();
  }

  /** A link is gone: what it leaves open is filled at once. */
  void down(Slot s, boolean sibling, Effects out) {
    moved();
    if (leaving) {
      return;
    }
    if (table.size() == 0) {
      knowsSelf = false;
      dials.forgetPauses();
      dials.pause(s.id, true, out);
      review(out);
      return;
    }
    if (table.carriers(s.stratum) == 0) {
      searched[s.stratum] = false;
    }
    review(out);
    if (sibling) {
      settling = 0;
      lookAtSelf(out);
    }
  }

  /** A neighbour carries for others no more, or again. */
  void turned(Slot s, Effects out) {
    if (table.carriers(s.stratum) == 0) {
      searched[s.stratum] = false;
    }
    soon(out);
  }

  /** Something is new: a link table, a record, the end of a dial. */
  void soon(Effects out) {
    soon(SOON_NANOS, out);
  }

  private void soon(long delay, Effects out) {
    long at = out.now() + delay;
    if (!reviewDue || at - reviewAt < 0) {
      reviewDue = true;
      reviewAt = at;
      out.timer(delay, new Review());
    }
  }

  /** A timer fired. False if it is not of this part. */
  boolean timer(Input.Timer timer, Effects out) {
    switch (timer) {
      case Review r -> {
        if (reviewDue && reviewAt - out.now() <= 0) {
          review(out);
        }
      }
      case LookAtSelf l -> {
        if (l.periodic()) {
          out.timer(Dials.jitter(REFRESH_SELF_NANOS, out), l);
        }
        if (!l.periodic() || pace.due()) {
          lookAtSelf(l.via(), l.aside(), out);
        }
      }
      case LookAtStratum l -> {
        out.timer(Dials.jitter(REFRESH_STRATUM_NANOS, out), l);
        if (strataPace.due()) {
          refreshStratum(out);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Whether our neighbourhood is known and whole, as far as we know. */
  boolean settled() {
    return knowsSelf && !leaving && !nearMissing && !searches.busy(Search.Goal.SELF, NONE);
  }

  private void lookAtSelf(Effects out) {
    lookAtSelf(null, null, out);
  }

  private void lookAtSelf(@Nullable NodeId via, @Nullable NodeId aside, Effects out) {
    if (leaving || table.size() == 0 || searches.busy(Search.Goal.SELF, NONE)) {
      return;
    }
    siblingsWhenSearched = siblings();
    Search s = new Search(table.self, Search.Goal.SELF, NONE);
    s.via = via;
    s.aside = aside;
    searches.start(s, null, out);
  }

  private void refreshStratum(Effects out) {
    int n = strata();
    if (leaving || n == 0) {
      return;
    }
    int first = firstStratum();
    look(first + out.random().nextInt(n), out);
  }

  /** Strata that do not lie within the siblings. */
  private int strata() {
    if (table.size() < LinkTable.SIBLINGS) {
      return 0;
    }
    int last = table.at(LinkTable.SIBLINGS - 1).prefix;
    return Math.max(0, 2 * (last - network.difficulty() + 1));
  }

  private void look(int stratum, Effects out) {
    if (!searches.busy(Search.Goal.STRATUM, stratum)) {
      NodeId anywhere = Strata.random(table.self, stratum, out.random());
      searches.start(new Search(anywhere, Search.Goal.STRATUM, stratum), null, out);
    }
  }

  /**
   * A lookup has brought records. Our first one goes on for a second over the one link that we
   * have; meanwhile the nearest known so far are dialled, so that answers find us and the rest is
   * asked over shorter ways.
   */
  void heard(Search s, Effects out) {
    int room = FIRST_LINKS - table.size() - dials.active();
    if (room <= 0 || knowsSelf || leaving || s.goal != Search.Goal.SELF) {
      return;
    }
    long now = out.now();
    for (PeerRecord r :
        known.nearest(table.self, room, r -> dialable(r) && dials.ready(r.id(), now))) {
      wish(r.id(), out);
    }
  }

  /** A lookup has ended. */
  void done(Search s, Effects out) {
    if (leaving) {
      return;
    }
    if (s.goal == Search.Goal.SELF && table.size() > 0) {
      knowsSelf = true;
    }
    review(out);
    if (s.goal == Search.Goal.SELF) {
      // What it found is being dialled; the new links may know somebody nearer still.
      settling = siblings() == siblingsWhenSearched ? MAX_SETTLING : settling + 1;
      if (settling < MAX_SETTLING) {
        out.timer(Dials.jitter(SETTLE_NANOS, out), new LookAtSelf(false, null, null));
      }
    }
  }

  /** Compares what is with what should be, and asks for what is missing. */
  void review(Effects out) {
    reviewDue = false;
    if (leaving) {
      return;
    }
    if (table.size() == 0) {
      alone(out);
      return;
    }
    firstPauseEnds = Long.MAX_VALUE;
    boolean missing = !table.leaf && nearest(out);
    missing |= carriers(out);
    nearMissing = missing;
    missing |= levels(out);
    if (knowsSelf) {
      soonIf(hints.ofAll(firstStratum() + strata(), out), out);
    }
    if (missing) {
      soon(Dials.jitter(AGAIN_NANOS, out), out);
    } else if (firstPauseEnds != Long.MAX_VALUE) {
      soon(firstPauseEnds + SOON_NANOS, out);
    }
  }

  /** No link at all: the entry nodes and some of the known, for ever. */
  private void alone(Effects out) {
    for (Map.Entry<NodeId, Address> e : entries.entrySet()) {
      List<Address> all = new ArrayList<>(List.of(e.getValue()));
      addresses(e.getKey()).stream().filter(a -> !all.contains(a)).forEach(all::add);
      dials.wishNamed(e.getKey(), all, out);
    }
    List<PeerRecord> others = new ArrayList<>(known.all());
    int tries = 0;
    while (!others.isEmpty() && tries < ALONE_TRIES) {
      NodeId id = others.remove(out.random().nextInt(others.size())).id();
      if (dials.wish(id, addresses(id), true, out)) {
        tries++;
      }
    }
    soon(Dials.jitter(AGAIN_NANOS, out), out);
  }

  private List<Address> addresses(NodeId id) {
    return known.hints(id).stream().filter(network::reachable).toList();
  }

  private boolean dialable(PeerRecord r) {
    return table.byId(r.id()) == null
        && (known.isProven(r.id()) || r.addresses().stream().anyMatch(network::reachable));
  }

  /** Wishes for those of the known that belong to the 16 nearest; whether any is missing. */
  private boolean nearest(Effects out) {
    long now = out.now();
    List<PeerRecord> want =
        known.nearest(
            table.self,
            LinkTable.SIBLINGS,
            r -> table.wouldBeSibling(r.id()) && dialable(r) && mayTry(r.id(), now));
    boolean missing = false;
    for (int i = 0; i < want.size(); i++) {
      NodeId id = want.get(i).id();
      if (table.nearerThan(id) + i >= LinkTable.SIBLINGS) {
        break;
      }
      missing = true;
      wish(id, out);
    }
    return missing;
  }

  /** Whether its pause is over; else we look again when it is. */
  private boolean mayTry(NodeId id, long now) {
    long left = dials.isActive(id) ? 0 : dials.pauseLeft(id, now);
    if (left > 0) {
      firstPauseEnds = Math.min(firstPauseEnds, left);
    }
    return left == 0;
  }

  /** The same for those of the known that belong to the 8 nearest that carry for others. */
  private boolean carriers(Effects out) {
    long now = out.now();
    int most = LinkTable.NEAR_CARRIERS;
    List<PeerRecord> want =
        known.nearest(
            table.self,
            most,
            r ->
                r.carries()
                    && table.carriersNearerThan(r.id()) < most
                    && dialable(r)
                    && mayTry(r.id(), now));
    boolean missing = false;
    for (int i = 0; i < want.size(); i++) {
      NodeId id = want.get(i).id();
      if (table.carriersNearerThan(id) + i >= most) {
        break;
      }
      missing = true;
      wish(id, out);
    }
    return missing;
  }

  private void wish(NodeId id, Effects out) {
    if (dials.failures(id) >= FORGET_AFTER && !known.isProven(id)) {
      known.forget(id);
      dials.forgetPause(id); // who hears of it again hears it from somebody that is linked to it
    } else {
      dials.wish(id, addresses(id), false, out);
    }
  }

  /**
   * Wishes for one link for each stratum that is empty or has none that carries for others, or
   * looks for one; whether any is missing.
   */
  private boolean levels(Effects out) {
    int n = strata();
    if (n == 0) {
      return false;
    }
    int first = firstStratum();
    if (allFilled(first, first + n)) {
      return false;
    }
    List<List<PeerRecord>> choices = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      choices.add(new ArrayList<>());
    }
    for (PeerRecord r : known.all()) {
      int i = table.stratum(r.id()) - first;
      if (i >= 0 && i < n && wanted(r, first + i) && dialable(r)) {
        choices.get(i).add(r);
      }
    }
    boolean missing = false;
    for (int i = 0; i < n; i++) {
      if (table.carriers(first + i) == 0) {
        missing |= fill(first + i, choices.get(i), out);
      }
    }
    return missing;
  }

  /** One that carries nothing is better than none: it can be asked who else is there. */
  private boolean wanted(PeerRecord r, int stratum) {
    return (r.carries() ? table.carriers(stratum) : table.count(stratum)) == 0;
  }

  private boolean allFilled(int from, int to) {
    for (int i = from; i < to; i++) {
      if (table.carriers(i) == 0) {
        return false;
      }
    }
    return true;
  }

  private boolean fill(int stratum, List<PeerRecord> choices, Effects out) {
    if (choices.stream().anyMatch(r -> dials.isActive(r.id()))) {
      return true;
    }
    List<PeerRecord> ready = choices.stream().filter(r -> dials.ready(r.id(), out.now())).toList();
    List<PeerRecord> carriers = ready.stream().filter(PeerRecord::carries).toList();
    List<NodeId> ids =
        (carriers.isEmpty() ? ready : carriers).stream().map(PeerRecord::id).toList();
    List<NodeId> proven = ids.stream().filter(known::isProven).toList();
    List<NodeId> from = proven.isEmpty() ? ids : proven;
    if (!from.isEmpty()) {
      wish(from.get(out.random().nextInt(from.size())), out);
      return true;
    }
    boolean time = !searched[stratum] || out.now() - nextSearch[stratum] >= 0;
    if (time && knowsSelf && !searches.busy(Search.Goal.STRATUM, stratum)) {
      searched[stratum] = true;
      nextSearch[stratum] = out.now() + Dials.jitter(strataPace.now() * REFRESH_STRATUM_NANOS, out);
      look(stratum, out);
    }
    return !choices.isEmpty();
  }

  /** A neighbour told its links, some of them new. */
  void claims(Slot s, long[] fresh, Effects out) {
    if (!knowsSelf || leaving) {
      return;
    }
    soonIf(hints.of(s, firstStratum() + strata(), out), out);
    NodeId there = hints.meeting(s, fresh, out);
    if (there != null) {
      settling = 0;
      out.timer(Dials.jitter(SETTLE_NANOS, out), new LookAtSelf(false, s.id, there));
    }
  }

  private void soonIf(long delay, Effects out) {
    if (delay != Hints.NEVER) {
      soon(delay, out);
    }
  }

  private int firstStratum() {
    return 2 * network.difficulty();
  }

  private long siblings() {
    long h = 0;
    for (int i = 0; i < Math.min(LinkTable.SIBLINGS, table.size()); i++) {
      h = 31 * h + table.at(i).handle;
    }
    return h;
  }

  /**
   * How often to look for what nobody told: at the base rate while links come and go; after each
   * look at an unchanged table half as often, for what is told by events has been enough. The timer
   * runs at the base rate always, so that the first link that moves makes the next look due.
   */
  private static final class Pace {
    /** Longest: eight times the base, under three hours for our own neighbourhood. */
    static final int MOST = 8;

    private int factor = 1;
    private int rest = 1;

    /** A link came or went. */
    void moved() {
      factor = 1;
      rest = 1;
    }

    /** The base interval is over: whether to look now. */
    boolean due() {
      if (--rest > 0) {
        return false;
      }
      factor = Math.min(MOST, 2 * factor);
      rest = factor;
      return true;
    }

    /** By what the base interval is multiplied now. */
    int now() {
      return factor;
    }
  }
}
