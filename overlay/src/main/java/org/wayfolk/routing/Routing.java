package org.wayfolk.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.Cost;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.protocol.Defence;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;

/**
 * The routing protocol of one node. Owned by the node's loop, as is everything it answers; nothing
 * blocks. It takes frames of proven links, and one-hop finds of connections that are not proven.
 */
public final class Routing implements Protocol {

  /**
   * Command: become part of the network through these, and through those that {@link KnownPeers}
   * holds. Again: adds entry nodes. They are kept for ever: a node that lost everybody comes back
   * through them.
   */
  public record Join(List<Peer> entries) implements Input.Command {}

  /** Command: find the records nearest to an id. {@link LookupDone} follows. */
  public record Lookup(NodeId target) implements Input.Command {}

  /**
   * Command: tell all neighbours that we go, and close their links. Until the next {@link Join}.
   */
  public record Leave() implements Input.Command {}

  /** Command: carry so many bytes a day for others from now on; see {@link Carried}. */
  public record Carry(long bytesPerDay) implements Input.Command {}

  /**
   * Command: these peers stay, whoever else wants their place: their links are never evicted, never
   * given up as surplus and never told to others. Replaces those of before. It dials nobody.
   */
  public record Keep(Set<NodeId> peers) implements Input.Command {
    /** Copies the set. */
    public Keep {
      peers = Set.copyOf(peers);
    }
  }

  /**
   * Command: this node is in another cost class; {@link CostChanged} follows at once, or within the
   * hour if there was a change lately.
   */
  public record Become(Cost cost) implements Input.Command {}

  /** Command: a linked peer issued a later record, verified. */
  public record Renewed(Link link, PeerRecord record) implements Input.Command {}

  /**
   * Event: a {@link Lookup} has ended; verified records, nearest first, at most 20; empty if nobody
   * answered.
   */
  public record LookupDone(NodeId target, List<PeerRecord> nearest) implements Input.Event {}

  /** Event: the last link is gone. Routing tries to come back by itself. */
  public record Isolated() implements Input.Event {}

  /** Event: the first link is up. */
  public record Connected() implements Input.Event {}

  /** How long a peer that we have no room for may look around: one lookup of itself. */
  static final long GRACE_NANOS = 10_000_000_000L;

  /** Peers that look around at once; the one that has done so longest goes first. */
  static final int MAX_GRACE = 16;

  private static final byte[] LEAVE = FrameHeader.frame(FrameType.LEAVE, new byte[0]);

  /** Timer: a peer has looked around. */
  private record GraceOver(int handle, long ends) implements Input.Timer {}

  private final RoutingSettings settings;
  private final Network network;
  private final KnownPeers known;
  private final LinkTable table;
  private final Carriage carriage;
  private final Costs costs;
  private final Leaf leaf;
  private final Forwarder forwarder;
  private final FirstHops hops;
  private final Dials dials;
  private final Finds finds;
  private final Searches searches;
  private final LinkTables tables;
  private final Keepalive keepalive;
  private final Upkeep upkeep;
  private final Trim trim;
  private final Deque<Slot> guests = new ArrayDeque<>();
  private Set<NodeId> kept = Set.of();
  private long secret;
  private boolean left;

  /**
   * A node with no links yet.
   *
   * @param self our id
   * @param network sets the difficulty, the entry nodes and which addresses may be dialled
   * @param known what is known of others; shared with the other rooms of this node
   * @param check verifies records that strangers send
   * @param wallMillis now
   */
  public Routing(
      NodeId self,
      Network network,
      KnownPeers known,
      RecordCheck check,
      RoutingSettings settings,
      long wallMillis) {
    this.settings = settings;
    this.network = network;
    this.known = known;
    table = new LinkTable(self, network.difficulty());
    costs = new Costs(settings.cost());
    table.leaf = settings.cost().leaf();
    carriage = new Carriage(settings.carry(), table.leaf, wallMillis);
    forwarder = new Forwarder(table, new SeenCopies(settings.seenCopies()), carriage, settings);
    hops = new FirstHops(settings);
    dials = new Dials(settings.on(Defence.DIAL_SITES));
    finds = new Finds(table, network, known);
    searches = new Searches(table, finds, known, check, new Looking());
    searches.lanes(settings.on(Defence.DISJOINT_LOOKUP) ? Search.LANES : 1);
    tables = new LinkTables(table, settings.on(Defence.CLAIM_LIMITS));
    keepalive = new Keepalive(table, this::silent);
    leaf = new Leaf(table, this::close);
    upkeep = new Upkeep(table, known, network, dials, searches);
    trim = new Trim(table, upkeep, this::close);
  }

  @Override
  public void on(Input in, Effects out) {
    if (in instanceof Frame f) {
      frame(f, out);
      return;
    }
    switch (in) {
      case Input.LinkUp up -> up(up, out);
      case Input.LinkDown(Link link, CloseReason why) -> down(link, why, out);
      case Input.DialFailed f -> {
        if (dials.failed(f.token(), table.size() == 0, out)) {
          upkeep.soon(out);
        }
      }
      case Input.Worked w -> searches.worked(w, out);
      case Input.Timer t -> timer(t, out);
      case Input.Command c -> command(c, out);
      default -> {}
    }
  }

  private void frame(Frame f, Effects out) {
    Slot s = table.byLink(f.link());
    if (s != null) {
      s.heard = out.now();
    }
    switch (f.type()) {
      case FrameType.ROUTE -> forwarder.routed(f, out);
      case FrameType.RETURNED -> forwarder.returned(f, out);
      case FrameType.PING -> Keepalive.ping(f, out);
      case FrameType.FIND -> finds.find(f, out);
      case FrameType.FOUND -> finds.found(f, out);
      default -> {
        if (s == null) {
          out.count(Tally.FRAME_OF_OLD_LINK);
        } else {
          ofLink(f, s, out);
        }
      }
    }
  }

  private void ofLink(Frame f, Slot s, Effects out) {
    switch (f.type()) {
      case FrameType.PONG -> Keepalive.pong(f, s, out);
      case FrameType.LINK_TABLE -> {
        if (Trim.isStatement(f)) {
          trim.said(f, s, out);
          return;
        }
        long[] fresh = tables.received(f, s, out);
        if (fresh != null) {
          upkeep.claims(s, fresh, out);
          keepalive.gone(tables.gone(), out);
        }
      }
      case FrameType.LEAVE -> {
        out.count(Tally.LEAVE_HEARD);
        dials.pause(s.id, false, out);
        close(s, CloseReason.LEAVING, out);
      }
      default -> out.count(Tally.FRAME_UNKNOWN);
    }
  }

  private void up(Input.LinkUp up, Effects out) {
    Link link = up.link();
    dials.up(link);
    if (known.put(up.record(), network.usable(up.record(), link.remote()))
        == KnownPeers.Put.OLDER) {
      remind(link, out);
    }
    if (left || (settings.maxInbound() == 0 && !link.dialled())) {
      out.close(link, left ? CloseReason.LEAVING : CloseReason.FULL);
      return;
    }
    if (link.dialled()) {
      known.proven(link.peer(), link.remote(), out.wallMillis());
    }
    Slot s = table.byId(link.peer());
    if (s == null) {
      s = table.add(link, up.record(), out.now());
      s.kept = kept.contains(s.id);
      s.balance = carriage.balance(s.id);
      if (table.size() == 1) {
        out.emit(new Connected());
      }
    } else {
      finds.down(s.link, out);
      s.link = link;
      table.renew(s, up.record());
      s.heard = out.now();
      out.count(Tally.LINK_REPLACED);
    }
    tables.up(s, out);
    keepalive.up(s, out);
    trim.up(s, out);
    makeRoom(s, out);
    leaf.changed(out);
    upkeep.up(s, out);
  }

  /**
   * A peer that says less than it once said was restarted with an earlier clock: it goes above its
   * own later record.
   */
  private void remind(Link link, Effects out) {
    PeerRecord later = known.get(link.peer());
    if (later != null && network.mayTell(later, link.remote(), out.wallMillis())) {
      byte[] frame = FrameHeader.frame(FrameType.RECORD, later.bytes());
      if (!out.send(link, frame, TrafficClass.CONTROL)) {
        out.count(Tally.LINK_FULL);
      }
    }
  }

  /** Sends somebody away if too many peers have dialled us; a newcomer may first look around. */
  private void makeRoom(Slot newest, Effects out) {
    if (newest.link.dialled() || table.inbound() - guests.size() <= settings.maxInbound()) {
      return;
    }
    if (secret == 0) {
      secret = out.random().nextLong();
    }
    boolean firstComeForEver = !settings.on(Defence.EVICTION);
    Slot victim = firstComeForEver ? newest : Eviction.choose(table, secret);
    if (victim == null && !table.isSibling(newest) && !table.isNearCarrier(newest)) {
      victim = newest;
    }
    if (victim == null) {
      return;
    }
    if (victim != newest || firstComeForEver) {
      out.count(Tally.LINK_EVICTED);
      close(victim, CloseReason.EVICTED, out);
      return;
    }
    newest.graceEnds = out.now() + GRACE_NANOS;
    guests.addLast(newest);
    out.timer(GRACE_NANOS, new GraceOver(newest.handle, newest.graceEnds));
    if (guests.size() > MAX_GRACE) {
      showOut(guests.getFirst(), out);
    }
  }

  private void showOut(Slot guest, Effects out) {
    guests.remove(guest);
    guest.graceEnds = 0;
    boolean room = table.inbound() - guests.size() <= settings.maxInbound();
    if (room
        || table.isSibling(guest)
        || table.isNearCarrier(guest)
        || table.onlyOfStratum(guest)
        || Eviction.needing(table).contains(guest)) {
      return; // it has become worth keeping
    }
    out.count(Tally.LINK_NO_ROOM);
    close(guest, CloseReason.FULL, out);
  }

  private void down(Link link, CloseReason why, Effects out) {
    boolean linked = table.byId(link.peer()) != null;
    if (dials.down(link, why, linked, table.size() == 0, out)) {
      upkeep.soon(out);
    }
    finds.down(link, out);
    Slot s = table.byLink(link);
    if (s != null) {
      if (why == CloseReason.FULL || why == CloseReason.LEAVING || why == CloseReason.EVICTED) {
        dials.pause(s.id, false, out);
      }
      gone(s, out);
    }
  }

  private void silent(Slot s, Effects out) {
    dials.pause(s.id, false, out);
    close(s, CloseReason.TIMEOUT, out);
  }

  /** Closes a link and counts it as gone from now on, before the transport says so. */
  private void close(Slot s, CloseReason why, Effects out) {
    out.close(s.link, why);
    finds.down(s.link, out);
    gone(s, out);
  }

  private void gone(Slot s, Effects out) {
    boolean sibling = table.isSibling(s);
    table.remove(s);
    guests.remove(s);
    tables.changed(out);
    trim.changed(out);
    if (table.size() == 0) {
      out.emit(new Isolated());
    }
    upkeep.down(s, sibling, out);
  }

  private void timer(Input.Timer t, Effects out) {
    if (t instanceof GraceOver(int handle, long ends)) {
      Slot s = table.byHandle(handle);
      if (s != null && s.graceEnds == ends) {
        showOut(s, out);
      }
      return;
    }
    if (!keepalive.timer(t, out)
        && !carriage.timer(t, out)
        && !leaf.timer(t, out)
        && !costs(t, out)
        && !tables.timer(t, out)
        && !trim.timer(t, out)
        && !searches.timer(t, out)
        && !upkeep.timer(t, out)) {
      throw new IllegalArgumentException("not a timer of routing: " + t);
    }
  }

  private void command(Input.Command c, Effects out) {
    switch (c) {
      case Join(List<Peer> entries) -> {
        left = false;
        carriage.watch(out);
        upkeep.join(entries, out);
      }
      case Lookup(NodeId target) -> {
        Search s = new Search(target, Search.Goal.COMMAND, LinkTable.NONE);
        if (!searches.start(s, null, out)) {
          out.emit(new LookupDone(target, List.of()));
        }
      }
      case Carry(long bytesPerDay) -> carriage.limit(bytesPerDay, out);
      case Become(Cost cost) -> {
        if (costs.want(cost, out)) {
          became(out);
        }
      }
      case Renewed(Link link, PeerRecord record) -> renewed(link, record, out);
      case Keep(Set<NodeId> peers) -> keep(peers, out);
      case Leave l -> {
        left = true;
        upkeep.leave();
        while (table.size() > 0) {
          Slot s = table.at(table.size() - 1);
          out.send(s.link, LEAVE, TrafficClass.CONTROL);
          close(s, CloseReason.LEAVING, out);
        }
      }
      default -> {}
    }
  }

  private void keep(Set<NodeId> peers, Effects out) {
    kept = peers;
    for (int i = 0; i < table.size(); i++) {
      table.at(i).kept = peers.contains(table.at(i).id);
    }
    tables.changed(out);
    trim.changed(out);
  }

  private boolean costs(Input.Timer t, Effects out) {
    boolean ours = Costs.isDue(t);
    if (ours && costs.due(out)) {
      became(out);
    }
    return ours;
  }

  private void became(Effects out) {
    table.leaf = costs.now().leaf();
    carriage.leaf(table.leaf, out);
    leaf.changed(out);
    upkeep.soon(out);
  }

  private void renewed(Link link, PeerRecord record, Effects out) {
    Slot s = table.byLink(link);
    if (s != null && table.renew(s, record)) {
      tables.changed(out);
      trim.changed(out);
      upkeep.turned(s, out);
    }
  }

  /** Hears of lookups. */
  private final class Looking implements Searches.Done {
    @Override
    public void heard(Search search, Effects out) {
      upkeep.heard(search, out);
    }

    @Override
    public void done(Search search, Effects out) {
      searched(search, out);
    }
  }

  private void searched(Search s, Effects out) {
    if (s.goal == Search.Goal.COMMAND) {
      List<PeerRecord> nearest =
          s.result().stream().limit(Found.MAX_RECORDS).map(c -> c.record).toList();
      out.emit(new LookupDone(s.target, nearest));
    } else {
      upkeep.done(s, out);
    }
  }

  /**
   * Sends copies of a complete signed frame toward its target. Decides the first hops, offers the
   * copies to their links and remembers them, so that one that comes back goes on by another way.
   *
   * @param frame as {@link Envelope#sign} made it: avoids nobody, ttl {@link Envelope#MAX_TTL}; not
   *     kept
   * @param target whom it is for; must not be this node
   * @return how many copies a link took: 0 means no route
   * @throws IllegalArgumentException if the frame is none, or for somebody else, or for us
   */
  public int originate(byte[] frame, NodeId target, Copies plan, Effects out) {
    return forwarder.originate(frame, target, plan, hops, out);
  }

  /**
   * The same for an answer: its second copy goes back over the neighbour that brought the question,
   * if there is a link to it. That way was whole a moment ago, and whoever stands on it is nearer
   * to the asker in links, though perhaps not in ids.
   */
  public int originate(byte[] frame, NodeId target, Copies plan, NodeId via, Effects out) {
    hops.back(table.byId(via));
    try {
      return forwarder.originate(frame, target, plan, hops, out);
    } finally {
      hops.back(null);
    }
  }

  /** Whether there is a live link to that node itself. */
  public boolean direct(NodeId id) {
    Slot s = table.byId(id);
    return s != null && !s.resting();
  }

  /** The live link to that node, or null. */
  public @Nullable Link linkTo(NodeId id) {
    Slot s = table.byId(id);
    return s == null ? null : s.link;
  }

  /** Notes that a receipt proved this neighbour useful: it is kept longer when room is needed. */
  public void proven(NodeId neighbor) {
    Slot s = table.byId(neighbor);
    if (s != null) {
      s.proven++;
    }
  }

  /**
   * Nodes through which we can be reached, at most {@link PeerRecord#MAX_ENTRIES}; for our own
   * record.
   */
  public List<PeerRecord.Entry> entryNodes() {
    return EntryNodes.of(table);
  }

  /**
   * Nodes to join through, with addresses, at most {@code most}: for somebody who is told of them
   * in person.
   */
  public List<Peer> entriesForGuests(int most) {
    return EntryNodes.forGuests(table, known, network, most);
  }

  /** Whether that peer is one of those to {@link Keep}. */
  public boolean keeps(NodeId peer) {
    return kept.contains(peer);
  }

  /** The cost class we are in. */
  public Cost cost() {
    return costs.now();
  }

  /** What we carry for others. */
  public Carried carried(Effects now) {
    return carriage.now(now);
  }

  /**
   * Capability bits for our own record as they are now; {@link CarryChanged} and {@link
   * CostChanged} tell when to ask again.
   */
  public int capabilities() {
    return costs.now().bits() | (carriage.on() ? 0 : PeerRecord.CARRIES_NOTHING);
  }

  /** All live links, nearest first. A copy. */
  public List<Neighbor> neighbors(Effects now) {
    List<Neighbor> out = new ArrayList<>(table.size());
    for (int i = 0; i < table.size(); i++) {
      Slot s = table.at(i);
      boolean sibling = i < LinkTable.SIBLINGS;
      long age = now.now() - s.since;
      out.add(new Neighbor(s.id, s.link, place(s, sibling), s.record.cost(), s.carries(), age));
    }
    return out;
  }

  private Neighbor.Place place(Slot s, boolean sibling) {
    return new Neighbor.Place(table.level(s), s.stratum & 1, sibling);
  }

  /** The table itself, for this room's tests. */
  LinkTable table() {
    return table;
  }
}
