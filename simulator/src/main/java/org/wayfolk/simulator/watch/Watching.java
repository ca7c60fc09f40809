package org.wayfolk.simulator.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.id.NodeId;
import org.wayfolk.sim.FrameWatcher;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimHost;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.overlay.Spectator;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

/**
 * What a spectator of one run knows, and tells as JSON. Asking nodes for their links costs events
 * of the world, and changes nothing else of it. Everything but {@link #state} and {@link #failure}
 * is called by the run's thread; those two by any.
 */
public final class Watching implements Spectator, FrameWatcher {
  /** So many messages are shown at once, the newest. */
  private static final int SHOWN = 40;

  /** So many failures are kept, the first ones: what comes later often follows from them. */
  private static final int FAILURES = 50;

  /** Where an envelope has its origin's key: behind 32 bytes of target and the ttl. */
  private static final int KEY_AT = 33;

  private final LongConsumer pace;
  private final Map<Integer, Seat> seats = new TreeMap<>();
  private final Map<SimHost, Integer> hosts = new HashMap<>();
  private final Map<NodeId, Integer> ids = new HashMap<>();
  private final Map<Integer, Journey> underWay = new TreeMap<>();
  private final Deque<Journey> shown = new ArrayDeque<>();
  private final List<Figures> failed = new ArrayList<>();
  private final List<String> snapshots = new ArrayList<>();
  private final List<Figures> nodes = new ArrayList<>();
  private final List<List<Integer>> links = new ArrayList<>();
  private double now;
  private double lookAgain;
  private int sent;
  private int delivered;
  private int first;
  private int lost;
  private String ending = "";
  private volatile boolean wanted = true;
  private volatile String state = "{}";

  /** Somebody who lives, or has lived, in the network. */
  private static final class Seat {
    private Member member;
    private boolean here = true;

    /** Messages that ended with it, undelivered, and those that were late. */
    private int lost;

    private int late;

    Seat(Member member) {
      this.member = member;
    }
  }

  /**
   * Nobody has come yet.
   *
   * @param pace is told the virtual time, nanoseconds, each time some has passed; it may wait
   */
  public Watching(LongConsumer pace) {
    this.pace = pace;
  }

  /** What the page draws: JSON. Asking lets the run tell anew. Any thread. */
  public String state() {
    wanted = true;
    return state;
  }

  /** The snapshot of a failure, by its number from 0; JSON, or empty. Any thread. */
  public String failure(int number) {
    synchronized (snapshots) {
      return number >= 0 && number < snapshots.size() ? snapshots.get(number) : "";
    }
  }

  /** The run is over. */
  public void over(String words) {
    ending = words;
    tell(); // with the nodes as they were last: by now all are closed
  }

  @Override
  public void came(int number, Member member, boolean hostile) {
    Seat seat = seats.computeIfAbsent(number, n -> new Seat(member));
    seat.member = member;
    seat.here = true;
    hosts.put(member.host(), number);
    ids.put(member.identity().id(), number);
  }

  @Override
  public void went(int number) {
    seat(number).here = false;
  }

  private Seat seat(int number) {
    Seat seat = seats.get(number);
    if (seat == null) {
      throw new IllegalArgumentException("nobody is number " + number);
    }
    return seat;
  }

  @Override
  public void sent(int message, int from, int to) {
    sent++;
    Journey j = new Journey(message, from, to, now);
    underWay.put(message, j);
    shown.add(j);
    if (shown.size() > SHOWN) {
      shown.remove();
    }
  }

  @Override
  public void ended(int message, Outcome how, boolean atOnce) {
    Journey j = underWay.remove(message);
    if (j == null) {
      return;
    }
    switch (how) {
      case Outcome.Delivered d -> {
        delivered++;
        first += atOnce ? 1 : 0;
        j.hurt = atOnce ? Journey.Hurt.NONE : Journey.Hurt.LATE;
        j.words = d.hops() + " hops, " + d.roundTrip().toMillis() + " ms, tries: " + d.tries();
        seat(j.from).late += atOnce ? 0 : 1;
      }
      case Outcome.Undelivered u -> {
        lost++;
        j.hurt = Journey.Hurt.LOST;
        j.words = u.why().name().toLowerCase(Locale.ROOT) + ", tries: " + u.tries();
        seat(lastHolder(j)).lost++;
        keep(j);
      }
      case Outcome.Sent _ -> j.words = "sent without a receipt";
    }
  }

  private static int lastHolder(Journey j) {
    for (int i = j.legs.size() - 1; i >= 0; i--) {
      Journey.Leg leg = j.legs.get(i);
      if (!leg.back()) {
        return leg.arrived() ? leg.to() : leg.from();
      }
    }
    return j.from;
  }

  @Override
  public void frame(
      SimHost from, SimHost to, byte[] bytes, int offset, int length, boolean arrived) {
    if (underWay.isEmpty()) {
      return;
    }
    Integer a = hosts.get(from);
    Integer b = hosts.get(to);
    if (a == null || b == null) {
      return;
    }
    Reader r = new Reader(bytes, offset, length);
    try {
      if (FrameHeader.read(r) != FrameType.ROUTE || r.remaining() < KEY_AT + 32) {
        return;
      }
    } catch (Malformed _) {
      return; // an attacker's; no journey of ours
    }
    Integer target = ids.get(NodeId.of(bytes, r.position()));
    if (target == null) {
      return;
    }
    for (Journey j : underWay.values()) {
      boolean back = target == j.from;
      if ((target == j.to || back)
          && writtenBy(back ? j.to : j.from, bytes, r.position() + KEY_AT)) {
        j.crossed(new Journey.Leg(a, b, now, back, arrived));
      }
    }
  }

  private boolean writtenBy(int number, byte[] bytes, int at) {
    byte[] key = seat(number).member.identity().publicIdentity().key();
    return java.util.Arrays.equals(key, 0, key.length, bytes, at, at + key.length);
  }

  @Override
  public void passed(SimWorld world) {
    now = world.now().toNanos() / 1e9;
    if (wanted || now >= lookAgain) {
      wanted = false;
      lookAgain = now + 1;
      look();
      tell();
    }
    pace.accept(world.now().toNanos());
  }

  private void tell() {
    Figures f = new Figures();
    f.put("at", now, 2).put("sent", sent).put("delivered", delivered).put("first", first);
    f.put("lost", lost).put("over", ending);
    f.put("nodes", nodes).put("links", links);
    f.put("messages", shown.stream().map(j -> journey(j)).toList());
    f.put("failures", failed);
    state = f.json();
  }

  private void look() {
    nodes.clear();
    links.clear();
    seats.forEach((number, seat) -> {
      int degree = 0;
      for (Link l : linksOf(seat)) {
        degree++;
        Integer other = ids.get(l.peer());
        if (other != null && other > number) {
          links.add(List.of(number, other));
        }
      }
      nodes.add(node(number, seat, degree));
    });
  }

  /** Off the wire: a node that is asked takes a turn, which would change the run. */
  private static List<Link> linksOf(Seat seat) {
    return seat.here ? seat.member.transport().links() : List.of();
  }

  private static Figures node(int number, Seat seat, int degree) {
    NodeId id = seat.member.identity().id();
    Figures f = new Figures().put("n", number).put("id", id.hex().substring(0, 8));
    f.put("place", (id.word(0) >>> 11) / (double) (1L << 53), 6);
    f.put("here", seat.here).put("links", degree);
    return f.put("lost", seat.lost).put("late", seat.late);
  }

  private static Figures journey(Journey j) {
    Figures f = new Figures().put("n", j.number).put("from", j.from).put("to", j.to);
    f.put("at", j.at, 2).put("hurt", j.hurt.name().toLowerCase(Locale.ROOT)).put("words", j.words);
    return f.put("legs", j.legs.stream().map(Watching::leg).toList());
  }

  private static List<Object> leg(Journey.Leg l) {
    return List.of(l.from(), l.to(), Math.round(l.at() * 1_000), l.back(), l.arrived());
  }

  /** Keeps everything about a failure as it is in this instant. */
  private void keep(Journey j) {
    if (failed.size() >= FAILURES) {
      return;
    }
    Figures f = journey(j);
    f.put("failed_at", now, 2);
    f.put("here", seat(j.to).here);
    f.put("tables", j.holders().stream().map(this::table).toList());
    failed.add(
        new Figures()
            .put("n", j.number)
            .put("from", j.from)
            .put("to", j.to)
            .put("at", now, 1)
            .put("words", j.words));
    synchronized (snapshots) {
      snapshots.add(f.json());
    }
  }

  private Figures table(int number) {
    Seat seat = seat(number);
    Figures f = new Figures().put("n", number).put("id", seat.member.identity().id().hex());
    f.put("here", seat.here);
    List<Figures> rows = new ArrayList<>();
    for (Link l : linksOf(seat)) {
      @Nullable Integer other = ids.get(l.peer());
      int level = seat.member.identity().id().commonPrefix(l.peer());
      Figures row = new Figures().put("level", level).put("n", other == null ? -1 : other);
      row.put("id", l.peer().hex().substring(0, 16)).put("dialled", l.dialled());
      row.put("alive", other != null && seat(other).here);
      int queued = 0;
      for (TrafficClass kind : TrafficClass.values()) {
        queued += l.queued(kind);
      }
      rows.add(row.put("ms", l.roundTripNanos() / 1e6, 0).put("queued", queued));
    }
    return f.put("links", rows);
  }
}
