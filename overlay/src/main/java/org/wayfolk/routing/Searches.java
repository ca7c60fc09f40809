package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;

/**
 * Runs lookups: asks, waits, has new records verified on a worker, goes on. What verifies is kept
 * in {@link KnownPeers}; nothing else of an answer is.
 */
final class Searches {
  /** Lookups at once: a node that joins has one for each empty stratum to make. */
  static final int MAX_RUNNING = 3;

  /** Lookups that wait: all strata of a network of millions. */
  static final int MAX_QUEUED = 64;

  /** How long one find may take: eight links there and back, with room. */
  static final long ASK_NANOS = 2_000_000_000L;

  /** How long a lookup may take in all. */
  static final long SEARCH_NANOS = 15_000_000_000L;

  /** Records of a stratum that are enough: one to dial and one if that fails. */
  static final int ENOUGH = 2;

  /** Who hears that a lookup has ended. */
  interface Done {
    void done(Search search, Effects out);

    /** It has brought records. */
    void heard(Search search, Effects out);
  }

  /** Timer: a find was not answered. */
  private record AskOver(Ask ask) implements Input.Timer {}

  /** Timer: a lookup takes too long. */
  private record SearchOver(Search search) implements Input.Timer {}

  /** A worker has checked the records of an answer. */
  private record Checked(
      Search search,
      int lane,
      List<NodeId> route,
      List<PeerRecord> good,
      List<RecordCheck.Refusal> refused)
      implements Input.Worked {}

  private record Start(Search search, @Nullable NodeId only) {}

  private final LinkTable table;
  private final Finds finds;
  private final KnownPeers known;
  private final RecordCheck check;
  private final Done done;
  private final List<Search> running = new ArrayList<>();
  private final List<Start> queued = new ArrayList<>();
  private int lanes = Search.LANES;

  Searches(LinkTable table, Finds finds, KnownPeers known, RecordCheck check, Done done) {
    this.table = table;
    this.finds = finds;
    this.known = known;
    this.check = check;
    this.done = done;
  }

  /** How many disjoint lanes a lookup has; 1 is none, for proofs. */
  void lanes(int n) {
    lanes = n;
  }

  /** One find under way. */
  private final class Ask implements Finds.Asker {
    private final Search search;
    private final Candidate candidate;
    private final int lane;
    private final List<NodeId> route;
    private long nonce;

    Ask(Search search, Candidate candidate, int lane, List<NodeId> route) {
      this.search = search;
      this.candidate = candidate;
      this.lane = lane;
      this.route = route;
    }

    @Override
    public void answered(@Nullable Found found, Effects out) {
      nonce = 0;
      boolean named = found != null && !found.records().isEmpty();
      search.settled(candidate, lane, found != null, named);
      if (found != null) {
        take(search, lane, route, found, out);
      }
      step(search, out);
    }
  }

  /** Whether a lookup of that kind runs or waits. */
  boolean busy(Search.Goal goal, int stratum) {
    for (Search s : running) {
      if (s.goal == goal && s.stratum == stratum) {
        return true;
      }
    }
    for (Start s : queued) {
      if (s.search().goal == goal && s.search().stratum == stratum) {
        return true;
      }
    }
    return false;
  }

  /**
   * Begins a lookup, or queues it.
   *
   * @param only the one neighbour to begin with, or null for the best
   * @return whether it will run
   */
  boolean start(Search search, @Nullable NodeId only, Effects out) {
    if (running.size() == MAX_RUNNING) {
      // What a neighbour's claims make us look for waits behind what we look for ourselves.
      boolean hint = search.goal == Search.Goal.HINT;
      if (queued.size() >= (hint ? MAX_QUEUED / 2 : MAX_QUEUED)) {
        out.count(Tally.LOOKUP_REFUSED);
        return false;
      }
      if (hint) {
        queued.addLast(new Start(search, only));
      } else {
        queued.add(ownWaiting(), new Start(search, only));
      }
      return true;
    }
    running.add(search);
    out.count(Tally.LOOKUP);
    out.timer(SEARCH_NANOS, new SearchOver(search));
    seed(search, only, out);
    step(search, out);
    return true;
  }

  private int ownWaiting() {
    int n = 0;
    while (n < queued.size() && queued.get(n).search().goal != Search.Goal.HINT) {
      n++;
    }
    return n;
  }

  private void seed(Search search, @Nullable NodeId only, Effects out) {
    if (only != null) {
      Slot s = table.byId(only);
      if (s != null) {
        search.heard(record(s), List.of(s.id), 0);
      }
      return;
    }
    List<Slot> links = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      links.add(table.at(i));
    }
    if (links.isEmpty()) {
      return;
    }
    NodeId t = search.target;
    // The third lane begins somewhere else: half of the time with one of the older links, which an
    // attacker cannot have made on demand; else with any. A lookup of ourselves asks it for others
    // than our neighbours: those nearest to us would only tell what we know, and whoever is linked
    // to a part of the network that ours was split from stands elsewhere.
    links.sort((x, y) -> Long.compare(x.since, y.since));
    boolean old = out.random().nextBoolean();
    int from = old ? Math.ceilDiv(links.size(), 2) : links.size();
    Slot named = search.via == null ? null : table.byId(search.via);
    Slot elsewhere = named == null ? links.get(out.random().nextInt(from)) : named;
    if (search.goal == Search.Goal.SELF && search.aside == null && elsewhere.claims.length > 0) {
      long claim = elsewhere.claims[out.random().nextInt(elsewhere.claims.length)];
      search.aside = new NodeId(claim, 0, 0, 0);
    }
    search.via = elsewhere.id;
    links.sort((x, y) -> t.compareDistance(x.id, y.id));
    search.heard(record(elsewhere), List.of(elsewhere.id), lanes - 1);
    long firstSubnet = 0;
    int heard = 0;
    for (Slot s : links) {
      // The first of each lane from different subnets, the others by turns.
      long subnet = s.link.remote().subnet();
      int lane = heard == 0 || (heard > 1 && heard % 2 == 0) || subnet == firstSubnet ? 0 : 1;
      if (heard == 0) {
        firstSubnet = subnet;
      }
      search.heard(record(s), List.of(s.id), Math.min(lane, lanes - 1));
      if (++heard == Found.MAX_RECORDS) {
        break;
      }
    }
  }

  private PeerRecord record(Slot s) {
    PeerRecord r = known.get(s.id);
    return r != null && r.replaces(s.record) ? r : s.record;
  }

  private void step(Search s, Effects out) {
    if (s.over) {
      return;
    }
    while (s.outstanding < Search.ALPHA) {
      Candidate c = s.next();
      if (c == null) {
        break;
      }
      ask(s, c, s.lane(), out);
    }
    if (s.outstanding == 0 || enough(s)) {
      finish(s, out);
    }
  }

  private void ask(Search s, Candidate c, int lane, Effects out) {
    boolean live = table.byId(c.id) != null;
    if (s.goal == Search.Goal.HINT && c.route().size() > 1) {
      c.state = Candidate.State.ANSWERED; // one answer holds what the hint was about
      return;
    }
    Ask ask = new Ask(s, c, lane, live ? List.of(c.id) : c.route());
    boolean first = lane == lanes - 1 && c.id.equals(s.via);
    NodeId aside = first ? s.aside : null;
    ask.nonce = finds.ask(aside == null ? s.target : aside, ask.route, ask, out);
    if (ask.nonce == 0) {
      c.state = Candidate.State.FAILED;
      return;
    }
    s.asked(c, lane);
    out.timer(ASK_NANOS, new AskOver(ask));
  }

  private boolean enough(Search s) {
    if (s.goal != Search.Goal.STRATUM) {
      return false;
    }
    int n = 0;
    for (Candidate c : s.result()) {
      boolean there = table.stratum(c.id) == s.stratum && !c.record.addresses().isEmpty();
      if (there && c.record.carries()) {
        n++;
      }
    }
    return n >= ENOUGH;
  }

  private void take(Search s, int lane, List<NodeId> route, Found found, Effects out) {
    List<PeerRecord> fresh = new ArrayList<>();
    for (PeerRecord r : found.records()) {
      if (r.id().equals(table.self)) {
        continue;
      }
      PeerRecord have = known.get(r.id());
      if (have != null && (have.equals(r) || have.replaces(r))) {
        heard(s, have, route, lane);
      } else if (s.worthChecking(r.id(), lane)) {
        fresh.add(r);
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    long wall = out.wallMillis();
    long network = out.networkMillis();
    if (out.work(() -> checked(s, lane, route, fresh, wall, network))) {
      s.outstanding++;
    } else {
      out.count(Tally.WORK_FULL);
    }
  }

  private Checked checked(
      Search s, int lane, List<NodeId> route, List<PeerRecord> fresh, long wall, long network) {
    List<PeerRecord> good = new ArrayList<>();
    List<RecordCheck.Refusal> refused = new ArrayList<>();
    for (PeerRecord r : fresh) {
      RecordCheck.Refusal why = check.refusal(r, wall, network);
      if (why == null) {
        good.add(r);
      } else {
        refused.add(why);
      }
    }
    return new Checked(s, lane, route, good, refused);
  }

  private static void heard(Search s, PeerRecord r, List<NodeId> route, int lane) {
    if (route.size() > Find.MAX_PATH || route.contains(r.id())) {
      return;
    }
    List<NodeId> longer = new ArrayList<>(route);
    longer.add(r.id());
    s.heard(r, longer, lane);
  }

  private void finish(Search s, Effects out) {
    s.over = true;
    running.remove(s);
    done.done(s, out);
    while (running.size() < MAX_RUNNING && !queued.isEmpty()) {
      Start next = queued.removeFirst();
      start(next.search(), next.only(), out);
    }
  }

  /** A job's result came. False if it is not of this part. */
  boolean worked(Input.Worked result, Effects out) {
    if (!(result instanceof Checked c)) {
      return false;
    }
    c.refused().forEach(why -> out.count(Tally.of(why)));
    for (PeerRecord r : c.good()) {
      known.put(r);
      heard(c.search(), r, c.route(), c.lane());
    }
    c.search().outstanding--;
    done.heard(c.search(), out);
    step(c.search(), out);
    return true;
  }

  /** A timer fired. False if it is not of this part. */
  boolean timer(Input.Timer timer, Effects out) {
    if (timer instanceof AskOver(Ask a)) {
      if (a.nonce != 0) {
        finds.giveUp(a.nonce);
        out.count(Tally.FIND_UNANSWERED);
        a.answered(null, out);
      }
      return true;
    }
    if (timer instanceof SearchOver(Search s)) {
      if (!s.over) {
        finish(s, out);
      }
      return true;
    }
    return false;
  }
}
