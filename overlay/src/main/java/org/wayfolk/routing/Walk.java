package org.wayfolk.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Defence;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;

/**
 * The way of one routed frame through a network of which only the links are known: for models of
 * networks too large to run. What decides is what decides in a node: the same table of links, the
 * same ranking, the same forwarder with its ttl, returns and detours; each node on the way is made
 * when the frame comes there and forgotten at the end. There is no time, no signature and no queue,
 * and of a sender's copies only the first.
 *
 * <p>Not for nodes. Not thread-safe: one walk a thread, over links that may be shared.
 */
public final class Walk {
  /** The network. Asked often: for about 20 nodes a step. Pure functions of their arguments. */
  public interface Links {
    /** Whom a node is linked to; its own id is not among them, and none is twice. */
    List<NodeId> of(NodeId node);

    /**
     * What a node tells its neighbours: the first words of the ids it is linked to, those nearest
     * to it first, at most 128.
     */
    long[] told(NodeId node);

    /** Whether a node takes what is offered to it; one that is dead does not. */
    boolean alive(NodeId node);
  }

  private static final PeerRecord CARRIES = carrier();
  private static final byte[] PAYLOAD = {0};

  /** One copy, the first: what is measured is a way, not how many are taken. */
  private static final RoutingSettings SETTINGS =
      RoutingSettings.DEFAULT.without(Set.of(Defence.COPIES));

  private record Flight(NodeId from, NodeId to, Packet packet) {}

  private final Links links;
  private final boolean lookahead;
  private final PacketPool pool = new PacketPool();
  private final Map<NodeId, Stop> stops = new LinkedHashMap<>();
  private final Deque<Flight> flights = new ArrayDeque<>();
  private final List<NodeId> way = new ArrayList<>();
  private final Decision sight = new Decision();
  private final Frame frame = new Frame();
  private final Outside outside = new Outside();
  private final Carriage carriage = new Carriage(CarrySettings.DEFAULT, 0);
  private NodeId target = new NodeId(0, 0, 0, 0);
  private int hops;

  /**
   * @param lookahead whether neighbours tell each other their links
   */
  public Walk(Links links, boolean lookahead) {
    this.links = links;
    this.lookahead = lookahead;
  }

  /**
   * Sends a frame on its way and follows it to its end.
   *
   * @return how many links it crossed as its receiver counts it ({@link Arrived#hops}): what came
   *     back counts as crossed; or -1 if it did not arrive
   */
  public int go(NodeId from, NodeId to) {
    stops.clear();
    way.clear();
    target = to;
    hops = -1;
    byte[] key = new byte[Envelope.KEY_BYTES];
    byte[] signature = new byte[Envelope.SIGNATURE_BYTES];
    byte[] bytes = Envelope.frame(FrameType.ROUTE, to, key, 0, PAYLOAD, signature);
    Stop first = stop(from);
    way.add(from);
    first.look(null);
    first.forwarder.originate(bytes, to, Copies.TWO, new FirstHops(SETTINGS), outside);
    for (Flight f = flights.poll(); f != null; f = flights.poll()) {
      arrive(f);
    }
    return hops;
  }

  /** Where the last frame came, in order, its sender first. Valid until the next goes. */
  public List<NodeId> way() {
    return way;
  }

  private void arrive(Flight f) {
    way.add(f.to());
    Stop here = stop(f.to());
    boolean again = here.seen;
    Slot from = here.table.byId(f.from());
    if (from == null) { // a link has two ends, though links that are functions tell one of them
      from = here.link(f.from());
    }
    if (again) {
      here.lookAll();
    } else if (!f.to().equals(target)) {
      here.look(from);
    }
    try {
      frame.over(from.link, f.packet());
    } catch (Malformed e) {
      throw new IllegalStateException("what we encode, we decode", e);
    }
    if (frame.type() == FrameType.RETURNED) {
      here.forwarder.returned(frame, outside);
    } else {
      here.forwarder.routed(frame, outside);
    }
    if (!frame.taken()) {
      f.packet().release();
    }
  }

  private Stop stop(NodeId id) {
    return stops.computeIfAbsent(id, Stop::new);
  }

  /** Puts a link in a table: one that only names its ends, to a peer that carries for others. */
  static Slot link(LinkTable table, NodeId peer) {
    return table.add(new End(table.self, peer), CARRIES, 0);
  }

  /** One node on the way. */
  private final class Stop {
    final LinkTable table;
    final LinkTables tables;
    final Forwarder forwarder;
    boolean seen;

    Stop(NodeId id) {
      table = new LinkTable(id, 0);
      tables = new LinkTables(table, true);
      forwarder = new Forwarder(table, new SeenCopies(4), carriage, SETTINGS);
      if (!id.equals(target)) {
        for (NodeId peer : links.of(id)) {
          link(peer);
        }
      }
    }

    Slot link(NodeId peer) {
      return Walk.link(table, peer);
    }

    /**
     * Has those neighbours tell their links whose word can count in the first decision here: the
     * ones it ranks. Asking all would give the same and take three times as long.
     */
    void look(@Nullable Slot from) {
      seen = true;
      if (!lookahead) {
        return;
      }
      sight.target(target.a(), target.b(), target.c(), target.d());
      sight.without(from == null ? SeenCopies.SELF : from.handle);
      sight.closer(table, false);
      for (int r = 0; r < sight.count(); r++) {
        hear(table.at(sight.index(r)));
      }
    }

    /** A frame that comes back finds some of them tried: others are ranked now. */
    void lookAll() {
      for (int i = 0; lookahead && i < table.size(); i++) {
        hear(table.at(i));
      }
    }

    private void hear(Slot s) {
      if (s.claims.length == 0) {
        tables.told(s, links.told(s.id));
      }
    }
  }

  /** What a node asks of the outside: only links and chance. */
  private final class Outside implements Effects {
    private final RandomGenerator random = new SplittableRandom(1);

    @Override
    public long now() {
      return 0;
    }

    @Override
    public long wallMillis() {
      return 0;
    }

    @Override
    public RandomGenerator random() {
      return random;
    }

    @Override
    public Packet packet(int capacity) {
      return pool.take(capacity);
    }

    @Override
    public boolean offer(Link link, Packet packet, TrafficClass kind) {
      End end = (End) link;
      if (!links.alive(end.peer())) {
        return false;
      }
      flights.add(new Flight(end.here, end.peer(), packet));
      return true;
    }

    @Override
    public void close(Link link, CloseReason why) {
      throw unused();
    }

    @Override
    public long dial(Address to, @Nullable NodeId expected) {
      throw unused();
    }

    @Override
    public Timers.Handle timer(long delayNanos, Input.Timer what) {
      throw unused();
    }

    @Override
    public boolean work(Supplier<? extends Input.Worked> job) {
      throw unused();
    }

    @Override
    public void emit(Input.Event event) {
      if (event instanceof Arrived a) {
        hops = a.hops();
      }
    }

    @Override
    public void count(Tally what) {}

    @Override
    public void count(Tally what, long n) {}
  }

  /** One end of a link; frames go by {@link Outside}. */
  private static final class End implements Link {
    final NodeId here;
    private final NodeId there;

    End(NodeId here, NodeId there) {
      this.here = here;
      this.there = there;
    }

    @Override
    public long serial() {
      return 1;
    }

    @Override
    public NodeId peer() {
      return there;
    }

    @Override
    public byte[] peerKey() {
      throw unused();
    }

    @Override
    public byte[] peerSpkiHash() {
      throw unused();
    }

    @Override
    public byte[] localSpkiHash() {
      throw unused();
    }

    @Override
    public String alpn() {
      throw unused();
    }

    @Override
    public boolean dialled() {
      return true;
    }

    @Override
    public long dialToken() {
      return 0;
    }

    @Override
    public Address remote() {
      throw unused();
    }

    @Override
    public boolean offer(Packet packet, TrafficClass kind) {
      throw unused();
    }

    @Override
    public int queued(TrafficClass kind) {
      return 0;
    }

    @Override
    public long roundTripNanos() {
      return 0;
    }

    @Override
    public void close(CloseReason why) {
      throw unused();
    }
  }

  private static IllegalStateException unused() {
    return new IllegalStateException("forwarding does not ask for this");
  }

  private static PeerRecord carrier() {
    byte[] zeros = new byte[Envelope.KEY_BYTES];
    byte[] body = new PeerRecord.Body(zeros, 0, 1, zeros, 0, List.of(), List.of()).encode();
    byte[] signed = Arrays.copyOf(body, body.length + Envelope.SIGNATURE_BYTES);
    try {
      return PeerRecord.decode(signed, k -> new NodeId(0, 0, 0, 0));
    } catch (Malformed e) {
      throw new IllegalStateException("what we encode, we decode", e);
    }
  }
}
