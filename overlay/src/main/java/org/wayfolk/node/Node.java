package org.wayfolk.node;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Message;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.Reason;
import org.wayfolk.delivery.Receipt;
import org.wayfolk.delivery.Send;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.peer.Cost;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.rendezvous.Answer;
import org.wayfolk.routing.Carried;
import org.wayfolk.time.Skew;
import org.wayfolk.trace.TraceHop;
import org.wayfolk.trace.Traces;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;

/**
 * One participant of a network: reached by its key, it reaches others by theirs, and carries frames
 * for them.
 *
 * <p>Thread-safe. Nothing here blocks but what says so. Handlers run on threads of their own
 * (virtual ones in production), in order for one sender; a slow handler slows the receipts of its
 * sender and nothing else.
 *
 * <pre>{@code
 * try (Node node = Node.builder(identity).network(Network.local("demo"))
 *     .transport(QuicTransport.at("127.0.0.1:0")).join(Peer.parse(other)).start()) {
 *   node.onMessage(m -> store(m.from(), m.payload()));
 *   Outcome outcome = node.send(peer, bytes).await(Duration.ofSeconds(10));
 * }
 * }</pre>
 */
public final class Node implements AutoCloseable {
  /** How long {@link #close} lets farewells leave. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private final Identity identity;
  private final Network network;
  private final Transport transport;
  private final Host host;
  private final Counters counters;
  private final Loop loop;
  private final Rooms rooms;
  private final Supplier<List<Address>> introduced;
  private final AtomicBoolean closed = new AtomicBoolean();

  Node(Identity identity, Network network, Transport transport, Parts parts) {
    this.identity = identity;
    this.network = network;
    this.transport = transport;
    this.host = transport.host();
    this.counters = parts.counters();
    this.loop = parts.loop();
    this.rooms = parts.rooms();
    this.introduced = parts.introduced();
  }

  /** What a builder has put together. */
  record Parts(Counters counters, Loop loop, Rooms rooms, Supplier<List<Address>> introduced) {}

  /** A node for this identity, which it does not close. */
  public static NodeBuilder builder(Identity identity) {
    return new NodeBuilder(identity);
  }

  /** This node's id. */
  public NodeId id() {
    return identity.id();
  }

  /** The network it is part of. */
  public Network network() {
    return network;
  }

  /** Where it listens, with real ports. */
  public List<Address> addresses() {
    return transport.bound();
  }

  /**
   * Says who takes messages, of every application; replaces the handler before. A message counts as
   * delivered when its handler returned; one that throws gives a negative receipt, and the sender
   * tries again. Without a handler all are refused so. Of one sender the handler is called for one
   * message after the other, in the order in which they came; for several senders side by side.
   */
  public void onMessage(Consumer<Message> handler) {
    onMessageVerdict(m -> {
      handler.accept(m);
      return Handled.Verdict.ACCEPTED;
    });
  }

  /** As {@link #onMessage}, for handlers that refuse some messages by a verdict of their own. */
  public void onMessageVerdict(Function<Message, Handled.Verdict> handler) {
    rooms.handler(m -> CompletableFuture.completedFuture(handler.apply(m)));
  }

  /**
   * As {@link #onMessage}, for handlers that know their verdict later, say once a transaction is on
   * disk. Of one sender the handler is still called in order and one after the other, but up to 32
   * messages may be without their verdict, which come in any order and from any thread. A stage
   * that fails counts as {@link Handled.Verdict#FAILED}. One that never completes keeps its place
   * before the handler until the node is closed: complete every one.
   */
  public void onMessageLater(Function<Message, CompletionStage<Handled.Verdict>> handler) {
    rooms.handler(handler);
  }

  /** Says who reads notices; replaces the reader before. */
  public void onNotice(Consumer<Notice> reader) {
    rooms.notices(reader);
  }

  /** Most peers that {@link #watch} takes: about a megabyte. */
  public static final int MAX_WATCHED = Watch.MAX_PEERS;

  /**
   * Tells when one of these peers shows that it is there: a link to it is up, a later record of it
   * came in, or it signed anything that reached us (a message, a receipt, an answer). A hint and no
   * promise that it can be reached. Nothing is asked of the network for it. Replaces the peers and
   * the reader before; an empty collection ends it.
   *
   * @param peers at most {@link #MAX_WATCHED}; copied
   * @param seen called on callback threads, one call at a time and at most one a second for a peer;
   *     may block, then the others wait. What comes while a call for that peer waits is one call. A
   *     call that was on its way when the peers were replaced may still come
   * @throws IllegalArgumentException if there are too many peers
   */
  public void watch(Collection<NodeId> peers, Consumer<NodeId> seen) {
    Set<NodeId> copy = Set.copyOf(peers);
    if (copy.size() > MAX_WATCHED) {
      throw new IllegalArgumentException("at most " + MAX_WATCHED + " peers can be watched");
    }
    rooms.watch(copy, seen);
  }

  /** Sends with {@link SendOptions#DEFAULT}. */
  public Receipt send(NodeId to, byte[] payload) {
    return send(to, payload, SendOptions.DEFAULT);
  }

  /**
   * Sends up to {@link Send#MAX_PAYLOAD} bytes, sealed to the receiver, over as many nodes as it
   * takes. Never blocks and never throws for what a network does; the receipt tells. The payload is
   * copied.
   */
  public Receipt send(NodeId to, byte[] payload, SendOptions options) {
    CompletableFuture<Outcome> result = new CompletableFuture<>();
    Send send = new Send(to, payload.clone(), options, result);
    if (closed.get()) {
      result.complete(new Outcome.Undelivered(Reason.CLOSED, 0));
    } else if (!loop.submit(rooms.delivery(), send)) {
      Reason why = closed.get() ? Reason.CLOSED : Reason.BACKPRESSURE;
      result.complete(new Outcome.Undelivered(why, 0));
    }
    return new Receipt(host, result);
  }

  /**
   * Asks a node itself for its verified record and current keys, through the overlay; opens
   * nothing. Completes empty if it does not answer. What is hung on it runs on a callback thread.
   */
  public CompletableFuture<Optional<Met>> rendezvous(NodeId peer) {
    return rooms
        .ask(peer)
        .thenApplyAsync(
            answer ->
                answer instanceof Answer.KeyFound found
                    ? Optional.of(
                        new Met(
                            found.record(), Duration.ofNanos(found.roundTripNanos()), found.hops()))
                    : Optional.<Met>empty(),
            host.callbacks());
  }

  /**
   * Shows by which nodes a message to a peer goes, hop by hop. A node may stay silent, and none
   * names those whom its user knows; the next message may take another way. Takes up to 3 s a hop.
   *
   * @param line called for each hop in order, on callback threads; may block
   * @return how it ended, after the last line; {@link Traces.End#NO_ROUTE} at once without a link
   *     or with eight traces under way. Never fails, and stays open if the node is closed meanwhile
   */
  public CompletableFuture<Traces.End> trace(NodeId peer, Consumer<TraceHop> line) {
    return rooms.trace(peer, line);
  }

  /**
   * Looks for the nodes nearest to a point of the keyspace, over the links that exist; opens
   * nothing. The records are verified, but who is in them need not be there any more; this node
   * itself is left out. A node that cannot be dialled is found like any other. Takes up to 15 s.
   *
   * @return at most 20, nearest first; empty if nobody answered, too many lookups wait or the node
   *     is closed; never fails. What is hung on it runs on a callback thread
   */
  public CompletableFuture<List<PeerRecord>> nearest(NodeId target) {
    CompletableFuture<List<PeerRecord>> result = new CompletableFuture<>();
    if (!loop.call(() -> rooms.nearest(target, result))) {
      result.complete(List.of());
    }
    return result.thenApplyAsync(Function.identity(), host.callbacks());
  }

  /**
   * A node that answered.
   *
   * @param record its record, fresh from itself
   * @param roundTrip how long the answer took, through as many nodes as it took
   * @param hops links that the answer crossed; forwarders could lie, so show it as "about"
   */
  public record Met(PeerRecord record, Duration roundTrip, int hops) {}

  /**
   * The links that are up, nearest peer first. Waits for the loop, at most 5 s; empty once closed.
   */
  public List<LinkInfo> links() {
    return ask(
        () ->
            rooms.neighbors().stream()
                .map(n ->
                    new LinkInfo(
                        n.id(),
                        n.link().remote(),
                        n.level(),
                        n.place().half(),
                        n.sibling(),
                        n.link().dialled(),
                        n.cost(),
                        n.carries(),
                        n.roundTripNanos() / 1e6,
                        n.ageNanos() / 1_000_000,
                        n.link().queued(TrafficClass.CONTROL)
                            + n.link().queued(TrafficClass.APPLICATION)
                            + n.link().queued(TrafficClass.TRANSIT)))
                .toList(),
        List.of());
  }

  /**
   * Where somebody who is given this in person may begin to reach us: our own addresses as they are
   * now, and nodes to join through. Asks the machine for its interfaces and waits for the loop, at
   * most 5 s; without entries once closed.
   */
  public Introduction introduction() {
    return new Introduction(introduced.get(), ask(rooms::entriesForGuests, List.of()));
  }

  /**
   * Begins to reach a node in the background, as {@link NodeBuilder#join} does, and keeps it as an
   * entry node.
   */
  public void join(Peer peer) {
    loop.call(() -> rooms.join(List.of(peer)));
  }

  /**
   * How many bytes a day this node carries for others from now on; what it has carried today
   * counts. With 0, or once they are used up, it goes on sending and receiving for itself and tells
   * its neighbours, who then route around it; what they sent before they heard is handed back to
   * them. At midnight it carries again.
   *
   * @param bytesPerDay 0 or more; {@link Carried#NO_LIMIT}
   */
  public void carry(long bytesPerDay) {
    if (bytesPerDay < 0) {
      throw new IllegalArgumentException("bytes a day are 0 or more, not " + bytesPerDay);
    }
    loop.call(() -> rooms.carry(bytesPerDay));
  }

  /**
   * Peers that stay neighbours whoever else wants their place, once there is a link to them:
   * friends, own devices. Their links are never evicted, never given up as surplus, and never told
   * to others. Dials nobody. Replaces those named before; see {@link NodeBuilder#keep}.
   */
  public void keep(Collection<NodeId> peers) {
    Set<NodeId> all = Set.copyOf(peers);
    loop.call(() -> rooms.keep(all));
  }

  /**
   * Says what it costs from now on that this node is there for others, say because the machine runs
   * on its battery. Neighbours take it into account where ways are otherwise equally good; a {@link
   * Cost#METERED} node carries nothing, keeps 4 to 8 links and is dialled by nobody. Changes are an
   * hour apart: a second one within the hour counts when it is over.
   */
  public void cost(Cost cost) {
    loop.call(() -> rooms.cost(cost));
  }

  /** The class it is in now. Waits for the loop, at most 5 s; {@link Cost#MAINS} once closed. */
  public Cost cost() {
    return ask(rooms::cost, Cost.MAINS);
  }

  /**
   * What this node carries for others. Waits for the loop, at most 5 s; as if nothing had ever been
   * carried once closed.
   */
  public Carried carried() {
    return ask(rooms::carried, new Carried(0, 0, 0, false));
  }

  /**
   * How far this machine's wall clock is from those of the nodes that this one dialled. Times of
   * messages are corrected by it within a bound; beyond that its user should set the clock. Waits
   * for the loop, at most 5 s; {@link Skew#UNKNOWN} once closed.
   */
  public Skew clockSkew() {
    return ask(loop::skew, Skew.UNKNOWN);
  }

  /** What was counted so far. */
  public Stats stats() {
    return new Stats(counters.nonZero(false), counters.nonZero(true), transport.counters());
  }

  /**
   * Says farewell to all neighbours, so that they repair at once, then closes. Blocks up to a
   * second. Idempotent.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<Void> left = new CompletableFuture<>();
    if (loop.call(() -> rooms.leave(() -> left.complete(null)))) {
      waitFor(left, FAREWELL);
    }
    transport.close();
    loop.stop();
    rooms.closed();
  }

  private <T> T ask(Supplier<T> question, T otherwise) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (loop.inside()) {
      return question.get();
    }
    if (!loop.call(() -> answer.complete(question.get()))) {
      return otherwise;
    }
    return waitFor(answer, Duration.ofSeconds(5)) ? answer.getNow(otherwise) : otherwise;
  }

  private boolean waitFor(CompletableFuture<?> what, Duration limit) {
    try {
      host.await(what, limit);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
