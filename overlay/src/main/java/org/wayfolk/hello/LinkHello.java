package org.wayfolk.hello;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wayfolk.hello.Connection.Phase;
import org.wayfolk.hello.Transcript.Role;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.peer.Network;
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
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;

/**
 * The link hello (docs/protocol/hello.md): nonce, nonce and proof, proof; then the link is up. Also
 * brings our own record to links when it changes, and theirs to us.
 *
 * <p>Given by the node: every Opened and LinkDown, frames of type 15 and 20, and every other frame
 * of a link that is not {@link #proven} except one-hop Finds; it holds those that overtake the
 * check of a proof and counts the rest.
 */
public final class LinkHello implements Protocol {
  /** The only ALPN that may become a link. */
  public static final String ALPN = "wayfolk/1";

  private static final long MILLI = 1_000_000L;

  private record Deadline(Link link) implements Input.Timer {}

  private record Signed(Link link, byte[] frame) implements Input.Worked {}

  private record Solved(Link link, int effort, long solution) implements Input.Worked {}

  private record DoorTick() implements Input.Timer {}

  private record Checked(Link link, @Nullable Tally refused, byte[] reply)
      implements Input.Worked {}

  private final Identity identity;
  private final Crypto crypto;
  private final Network network;
  private final byte[] networkId;
  private final OwnRecord own;
  private final RecordCheck check;
  private final RecordNews news;
  private final HelloLimits limits;
  private final Predicate<NodeId> admitLinks;
  private final Map<Link, Connection> connections = new LinkedHashMap<>();
  private final Map<NodeId, Connection> links = new HashMap<>();
  private final Door<Link> door = new Door<>();
  private final boolean challenges;
  private boolean doorTicks;
  private final Orders orders = new Orders();

  /**
   * @param own our record; this room alone asks it for variants
   * @param admitLinks whom to have links with; asked on the loop once a connection, must not block
   */
  public LinkHello(
      Identity identity,
      Network network,
      OwnRecord own,
      HelloLimits limits,
      Predicate<NodeId> admitLinks) {
    this(identity, network, own, limits, admitLinks, Set.of());
  }

  /**
   * The same with defences off, for proofs.
   *
   * @param without of which {@link Defence#CHALLENGE} is ours
   */
  public LinkHello(
      Identity identity,
      Network network,
      OwnRecord own,
      HelloLimits limits,
      Predicate<NodeId> admitLinks,
      Set<Defence> without) {
    this.challenges = !without.contains(Defence.CHALLENGE);
    this.identity = identity;
    this.crypto = identity.crypto();
    this.network = network;
    this.networkId = network.id();
    this.own = own;
    this.check = new RecordCheck(crypto, network);
    this.news = new RecordNews(own, check);
    this.limits = limits;
    this.admitLinks = admitLinks;
  }

  /** Whether this connection is a link. Allocates nothing. */
  public boolean proven(Link link) {
    Connection c = connections.get(link);
    return c != null && c.up();
  }

  /** The link to a peer, or null. */
  public @Nullable Link linkTo(NodeId peer) {
    Connection c = links.get(peer);
    return c == null ? null : c.link;
  }

  /** Connections known, links included: bounded by what the transport lets be open. */
  int connections() {
    return connections.size();
  }

  /** How many peers are linked. */
  public int size() {
    return links.size();
  }

  /**
   * Tells links our record where it has changed since they heard it, at most once a second; a
   * change within it is told when the second is over. The node calls this after it changed {@link
   * OwnRecord}; half of the record's life is watched here.
   */
  public void publish(Effects out) {
    news.publish(connections.values(), out);
  }

  @Override
  public void on(Input in, Effects out) {
    switch (in) {
      case Frame frame -> frame(frame, out);
      case Input.Opened opened -> opened(opened.link(), out);
      case Input.LinkDown down -> down(down, out);
      case Signed signed -> signed(signed, out);
      case Checked checked -> checked(checked, out);
      case RecordNews.Checked checked -> {
        if (news.checked(connections.get(checked.link()), checked, out)) {
          publish(out);
        }
      }
      case Solved solved -> solved(solved, out);
      case DoorTick _ -> atDoor(out);
      case Deadline d -> late(d.link(), out);
      case RecordNews.PublishDue _ -> publish(out);
      default -> {}
    }
  }

  private void opened(Link link, Effects out) {
    Connection c = new Connection(link);
    connections.put(link, c);
    if (!link.alpn().equals(ALPN)) {
      refuse(c, Tally.HELLO_WRONG_ALPN, CloseReason.REFUSED, out);
    } else if (link.peer().equals(identity.id())) {
      refuse(c, Tally.HELLO_SELF, CloseReason.REFUSED, out);
    } else if (!wanted(link.peer())) {
      refuse(c, Tally.HELLO_NOT_ADMITTED, CloseReason.REFUSED, out);
    } else {
      c.deadline = out.timer(limits.timeoutNanos(), new Deadline(link));
      if (link.dialled()) {
        c.ownOrder = orders.next(out);
        out.random().nextBytes(c.diallerNonce);
        send(c, new HelloFrame.First(c.diallerNonce).encode(), out);
      }
    }
  }

  private boolean wanted(NodeId peer) {
    try {
      return admitLinks.test(peer);
    } catch (RuntimeException e) {
      return false; // the application's code: its failure opens no door, and leaves none ajar
    }
  }

  private void frame(Frame frame, Effects out) {
    Connection c = connections.get(frame.link());
    if (c == null) {
      out.count(Tally.FRAME_BEFORE_HELLO);
    } else if (frame.type() == FrameType.LINK_HELLO) {
      hello(c, frame, out);
    } else if (frame.type() == FrameType.CHALLENGE) {
      challenge(c, frame, out);
    } else if (frame.type() == FrameType.RECORD && c.up()) {
      news.record(c, frame, out);
    } else if (c.phase != Phase.CHECKING) {
      out.count(Tally.FRAME_BEFORE_HELLO);
    } else if (!c.hold(frame, limits)) {
      out.count(Tally.HELLO_HELD_LOST);
    }
  }

  private void hello(Connection c, Frame frame, Effects out) {
    if (c.phase == Phase.CLOSED) {
      out.count(Tally.FRAME_BEFORE_HELLO);
      return;
    }
    HelloFrame hello;
    try {
      hello = HelloFrame.read(frame.payload());
    } catch (Malformed e) {
      refuse(c, Tally.HELLO_MALFORMED, CloseReason.MALFORMED, out);
      return;
    }
    switch (hello) {
      case HelloFrame.First f when c.phase == Phase.AWAIT_FIRST -> first(c, f, out);
      case HelloFrame.Second s when c.phase == Phase.AWAIT_SECOND -> {
        if (c.challenged && !Arrays.equals(c.acceptorNonce, s.nonce())) {
          refuse(c, Tally.HELLO_OUT_OF_STEP, CloseReason.MALFORMED, out);
          return;
        }
        c.acceptorNonce = s.nonce();
        proof(c, s.proof(), out);
      }
      case HelloFrame.Third t when c.phase == Phase.AWAIT_THIRD -> proof(c, t.proof(), out);
      default -> refuse(c, Tally.HELLO_OUT_OF_STEP, CloseReason.MALFORMED, out);
    }
  }

  private void first(Connection c, HelloFrame.First first, Effects out) {
    c.ownOrder = orders.next(out);
    c.diallerNonce = first.nonce();
    out.random().nextBytes(c.acceptorNonce);
    if (!challenges || door.free(out.now())) {
      answer(c, out);
      return;
    }
    out.count(Tally.HELLO_CHALLENGED);
    c.phase = Phase.AWAIT_EFFORT;
    send(c, new ChallengeFrame.Ask(c.acceptorNonce, door.asked()).encode(), out);
    tickDoor(out);
  }

  private void tickDoor(Effects out) {
    if (!doorTicks) {
      doorTicks = true;
      out.timer(Door.TICK_NANOS, new DoorTick());
    }
  }

  /** A challenge, or the answer to ours. */
  private void challenge(Connection c, Frame frame, Effects out) {
    if (c.phase == Phase.CLOSED) {
      out.count(Tally.FRAME_BEFORE_HELLO);
      return;
    }
    ChallengeFrame f;
    try {
      f = ChallengeFrame.read(frame.payload());
    } catch (Malformed e) {
      refuse(c, Tally.HELLO_MALFORMED, CloseReason.MALFORMED, out);
      return;
    }
    switch (f) {
      case ChallengeFrame.Ask a when c.phase == Phase.AWAIT_SECOND && !c.challenged ->
          work(c, a, out);
      case ChallengeFrame.Answer a when c.phase == Phase.AWAIT_EFFORT -> worked(c, a, out);
      default -> refuse(c, Tally.HELLO_OUT_OF_STEP, CloseReason.MALFORMED, out);
    }
  }

  private void work(Connection c, ChallengeFrame.Ask ask, Effects out) {
    c.challenged = true;
    c.acceptorNonce = ask.nonce();
    Link link = c.link;
    Transcript t = transcript(c);
    int effort = ask.effort();
    boolean begun =
        out.work(
            () -> new Solved(link, effort, Effort.solve(crypto, Effort.seed(crypto, t), effort)));
    if (!begun) {
      refuse(c, Tally.HELLO_NO_ROOM, CloseReason.FULL, out);
    }
  }

  private void solved(Solved s, Effects out) {
    Connection c = connections.get(s.link());
    if (c != null && c.phase == Phase.AWAIT_SECOND) {
      out.count(Tally.HELLO_WORKED);
      send(c, new ChallengeFrame.Answer(s.effort(), s.solution()).encode(), out);
    }
  }

  /** Two hashes on the loop: all that a stranger makes us compute before it has worked. */
  private void worked(Connection c, ChallengeFrame.Answer a, Effects out) {
    if (!Effort.good(crypto, Effort.seed(crypto, transcript(c)), a.effort(), a.solution())) {
      refuse(c, Tally.HELLO_EFFORT_FALSE, CloseReason.REFUSED, out);
      return;
    }
    c.phase = Phase.AT_DOOR;
    Link outbid = door.waits(c.link, a.effort());
    Connection goes = outbid == null ? null : connections.get(outbid);
    if (goes != null) {
      refuse(goes, Tally.HELLO_OUTBID, CloseReason.FULL, out);
    }
    tickDoor(out);
  }

  /** Serves whose turn it is. */
  private void atDoor(Effects out) {
    doorTicks = false;
    for (Link next; (next = door.next(out.now())) != null; ) {
      Connection c = connections.get(next);
      if (c != null && c.phase == Phase.AT_DOOR) {
        answer(c, out);
      }
    }
    if (door.adapt(out.now())) {
      tickDoor(out);
    }
  }

  private void answer(Connection c, Effects out) {
    byte[] nonce = c.acceptorNonce;
    Supplier<byte[]> signed = ownProof(c, p -> new HelloFrame.Second(nonce, p), out);
    Link link = c.link;
    c.phase = Phase.SIGNING;
    if (!out.work(() -> new Signed(link, signed.get()))) {
      refuse(c, Tally.HELLO_NO_ROOM, CloseReason.FULL, out);
    }
  }

  private void signed(Signed signed, Effects out) {
    Connection c = connections.get(signed.link());
    if (c != null && c.phase == Phase.SIGNING) {
      c.phase = Phase.AWAIT_THIRD;
      send(c, signed.frame(), out);
    }
  }

  /**
   * Everything about a proof that costs nothing, in the order of what a user would want to hear
   * first.
   */
  private void proof(Connection c, HelloFrame.Proof p, Effects out) {
    HelloFrame.Claim claim = p.claim();
    if (!network.is(claim.network())) {
      refuse(c, Tally.HELLO_WRONG_NETWORK, CloseReason.WRONG_NETWORK, out);
      return;
    }
    if (c.link.peer().leadingZeros() < network.difficulty()) {
      refuse(c, Tally.HELLO_WORK, CloseReason.REFUSED, out);
      return;
    }
    PeerRecord record;
    try {
      record = RecordCheck.decode(claim.record());
    } catch (Malformed e) {
      refuseRecord(c, RecordCheck.Refusal.MALFORMED, out);
      return;
    }
    if (!record.id().equals(c.link.peer()) || !Arrays.equals(record.key(), c.link.peerKey())) {
      refuse(c, Tally.HELLO_RECORD_OTHER, CloseReason.REFUSED, out);
      return;
    }
    c.skewMillis = claim.time() + c.link.roundTripNanos() / 2 / MILLI - out.wallMillis();
    RecordCheck.Refusal why = check.cheapRefusal(record, out.wallMillis(), out.networkMillis());
    if (why != null) {
      if (why == RecordCheck.Refusal.FUTURE && c.link.dialled()) {
        out.emit(new ClockHeard(c.link, c.skewMillis));
      }
      refuseRecord(c, why, out);
      return;
    }
    c.record = record;
    c.features = claim.features();
    c.peerOrder = claim.order();
    c.phase = Phase.CHECKING;
    if (!out.work(checkJob(c, p, record, out))) {
      refuse(c, Tally.HELLO_NO_ROOM, CloseReason.FULL, out);
    }
  }

  /**
   * Checks both signatures and, for the dialler, signs the answer: one trip to the workers instead
   * of two.
   */
  private Supplier<Checked> checkJob(
      Connection c, HelloFrame.Proof p, PeerRecord record, Effects out) {
    Link link = c.link;
    byte[] key = link.peerKey();
    Transcript t = transcript(c);
    Role role = link.dialled() ? Role.ACCEPTOR : Role.DIALLER;
    Supplier<byte[]> reply =
        link.dialled() ? ownProof(c, HelloFrame.Third::new, out) : () -> new byte[0];
    return () -> {
      if (!t.verify(crypto, key, role, p)) {
        return new Checked(link, Tally.HELLO_SIGNATURE, new byte[0]);
      }
      return check.signed(record)
          ? new Checked(link, null, reply.get())
          : new Checked(link, Tally.RECORD_SIGNATURE, new byte[0]);
    };
  }

  /** Our proof for a connection, to be signed on a worker; all that the loop owns is read here. */
  private Supplier<byte[]> ownProof(
      Connection c, Function<HelloFrame.Proof, HelloFrame> step, Effects out) {
    Transcript t = transcript(c);
    Role role = c.link.dialled() ? Role.DIALLER : Role.ACCEPTOR;
    PeerRecord told = own.forPeer(c.link.remote(), out.networkMillis());
    c.told = told;
    HelloFrame.Claim claim =
        new HelloFrame.Claim(
            networkId, limits.features(), out.wallMillis(), c.ownOrder, told.bytes());
    return () -> step.apply(t.sign(identity, role, claim)).encode();
  }

  private Transcript transcript(Connection c) {
    return Transcript.of(c.link, identity.id(), c.diallerNonce, c.acceptorNonce);
  }

  private void checked(Checked checked, Effects out) {
    Connection c = connections.get(checked.link());
    if (c == null || c.phase != Phase.CHECKING) {
      return;
    }
    Tally refused = checked.refused();
    if (refused == Tally.RECORD_SIGNATURE) {
      refuseRecord(c, RecordCheck.Refusal.SIGNATURE, out);
    } else if (refused != null) {
      refuse(c, refused, CloseReason.REFUSED, out);
    } else if (!c.link.dialled() || send(c, checked.reply(), out)) {
      proven(c, out);
    }
  }

  private void proven(Connection c, Effects out) {
    PeerRecord record = c.record;
    if (record == null) {
      throw new IllegalStateException("a proof without its record");
    }
    c.cancelDeadline();
    Connection current = links.get(c.link.peer());
    if (current != null && !OneLink.replaces(c, current, identity.id())) {
      out.count(Tally.HELLO_REPLACED);
      close(c, CloseReason.REPLACED, out);
      return;
    }
    c.phase = Phase.UP;
    links.put(c.link.peer(), c);
    out.count(Tally.HELLO_UP);
    if (!record.addresses().stream().allMatch(a -> network.mayTell(a, c.link.remote()))) {
      out.count(Tally.RECORD_NARROW);
    }
    out.emit(new Input.LinkUp(c.link, record, c.features, c.skewMillis));
    List<Packet> held = c.takeHeld();
    if (!held.isEmpty()) {
      out.emit(new Held(c.link, held));
    }
    if (current != null) {
      out.count(Tally.HELLO_REPLACED);
      // It stays proven until it is down: what the peer sent on it before it knew is as good as
      // before.
      out.close(current.link, CloseReason.REPLACED);
    }
    news.watch(out);
  }

  private void down(Input.LinkDown down, Effects out) {
    Connection c = connections.remove(down.link());
    if (c == null) {
      return;
    }
    links.remove(c.link.peer(), c);
    if (door.size() > 0) {
      door.gone(c.link);
    }
    c.cancelDeadline();
    dropHeld(c, out);
    if (c.up() || c.phase == Phase.CLOSED) {
      return;
    }
    if (down.why() == CloseReason.REPLACED) {
      out.count(Tally.HELLO_REPLACED);
    } else {
      Tally why =
          down.why() == CloseReason.WRONG_NETWORK
              ? Tally.HELLO_WRONG_NETWORK
              : Tally.HELLO_TURNED_AWAY;
      out.count(why);
      out.emit(new HelloRefused(c.link, why, down.why(), true));
    }
  }

  private void late(Link link, Effects out) {
    Connection c = connections.get(link);
    if (c != null && !c.up() && c.phase != Phase.CLOSED) {
      refuse(c, Tally.HELLO_TIMEOUT, CloseReason.TIMEOUT, out);
    }
  }

  private boolean send(Connection c, byte[] frame, Effects out) {
    if (out.send(c.link, frame, TrafficClass.CONTROL)) {
      return true;
    }
    refuse(c, Tally.HELLO_NO_ROOM, CloseReason.FULL, out);
    return false;
  }

  /**
   * The event names what is wrong with the record: a clock that is wrong is worth another line than
   * a forgery.
   */
  private void refuseRecord(Connection c, RecordCheck.Refusal why, Effects out) {
    out.count(Tally.HELLO_RECORD_REFUSED);
    refuse(c, Tally.of(why), CloseReason.REFUSED, out);
  }

  private void refuse(Connection c, Tally why, CloseReason told, Effects out) {
    out.count(why);
    boolean wasUp = c.up();
    links.remove(c.link.peer(), c);
    close(c, told, out);
    if (!wasUp) {
      out.emit(new HelloRefused(c.link, why, told, false));
    }
  }

  private void close(Connection c, CloseReason told, Effects out) {
    c.phase = Phase.CLOSED;
    c.cancelDeadline();
    dropHeld(c, out);
    out.close(c.link, told);
  }

  private static void dropHeld(Connection c, Effects out) {
    List<Packet> held = c.takeHeld();
    held.forEach(Packet::release);
    if (!held.isEmpty()) {
      out.count(Tally.HELLO_HELD_LOST, held.size());
    }
  }
}
