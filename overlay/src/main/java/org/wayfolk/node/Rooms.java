package org.wayfolk.node;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wayfolk.admission.Admission;
import org.wayfolk.delivery.Delivery;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Inbound;
import org.wayfolk.delivery.Message;
import org.wayfolk.delivery.Shut;
import org.wayfolk.hello.ClockHeard;
import org.wayfolk.hello.ClockVotes;
import org.wayfolk.hello.Held;
import org.wayfolk.hello.HelloLimits;
import org.wayfolk.hello.HelloRefused;
import org.wayfolk.hello.LinkHello;
import org.wayfolk.hello.OwnRecord;
import org.wayfolk.hello.RecordChanged;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.SealingKeys;
import org.wayfolk.peer.Cost;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.peer.PeerCache;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.protocol.Tally;
import org.wayfolk.rendezvous.Answer;
import org.wayfolk.rendezvous.Originator;
import org.wayfolk.rendezvous.Rendezvous;
import org.wayfolk.routing.Arrived;
import org.wayfolk.routing.Carried;
import org.wayfolk.routing.CarryChanged;
import org.wayfolk.routing.CostChanged;
import org.wayfolk.routing.Expired;
import org.wayfolk.routing.Neighbor;
import org.wayfolk.routing.Routing;
import org.wayfolk.routing.RoutingSettings;
import org.wayfolk.trace.TraceHop;
import org.wayfolk.trace.Traces;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.Link;
import org.wayfolk.wire.FrameType;

/**
 * The protocols of one node and who gets what: a table in code. Decides nothing. Runs on the loop
 * but where said.
 */
final class Rooms implements Loop.Switchboard {

  /** What outlives the node, and where it is kept. */
  record Kept(KnownPeers known, PeerCache cache, SealingKeys keys, SealingStore store) {}

  private final Loop loop;
  private final Identity identity;
  private final Kept kept;
  private final Network network;
  private final OwnCredentials credentials;
  private final OwnRecord own;
  private final LinkHello hello;
  private final Routing routing;
  private final Admission admission;
  private final Rendezvous rendezvous;
  private final Delivery delivery;
  private final Traces traces;
  private final Housekeeper housekeeper;
  private final ClockVotes clockVotes;
  private final Callbacks callbacks;
  private final Watch watch;
  private final Lookups lookups = new Lookups();
  private final Effects helloEffects;
  private final Effects routingEffects;
  private final Effects admissionEffects;
  private volatile @Nullable Function<Message, CompletionStage<Handled.Verdict>> handler;
  private volatile Consumer<Notice> notices = n -> {};

  /**
   * Addresses that our user named and that never were a link: what happens there is worth a notice.
   */
  private final Set<Address> joining = new HashSet<>();

  Rooms(NodeBuilder b, Kept kept, Host host, Loop loop) {
    this.loop = loop;
    this.kept = kept;
    network = b.network();
    identity = b.identity();
    credentials = new OwnCredentials(identity, host.random());
    callbacks = new Callbacks(host.callbacks());
    watch = new Watch(identity.id(), callbacks);
    own = new OwnRecord(identity, b.network());
    kept.keys()
        .current(HpkeSuite.X25519)
        .ifPresent(pair -> own.sealingKeyHash(pair.publicHash(identity.crypto())));
    hello =
        new LinkHello(
            identity, b.network(), own, HelloLimits.DEFAULT, b.admitLinks(), b.withoutDefences());
    routing =
        new Routing(
            identity.id(),
            b.network(),
            kept.known(),
            new RecordCheck(identity.crypto(), b.network()),
            RoutingSettings.DEFAULT
                .withMaxInbound(b.maxInbound())
                .withCarry(b.carrySettings())
                .withCost(b.cost())
                .without(b.withoutDefences()),
            host.clock().wallMillis());
    own.capabilities(routing.capabilities());
    admission =
        new Admission(
            identity.id(), identity.crypto(), b.network(), b.admitSenders(), b.withoutDefences());
    Originator out = Originator.of(routing);
    rendezvous = new Rendezvous(identity, b.network(), kept.keys(), this::recordForAnyone, out);
    delivery =
        new Delivery(
            identity, b.network(), kept.keys(), rendezvous, out, host.clock().wallMillis());
    traces = new Traces(identity, b.network(), out, b.answersTraces(), this::known);
    housekeeper = new Housekeeper(kept, own, hello, routing, host.callbacks(), loop);
    clockVotes = new ClockVotes(loop.time());
    helloEffects = loop.effects(hello);
    routingEffects = loop.effects(routing);
    admissionEffects = loop.effects(admission);
    Effects watchEffects = loop.effects(watch);
    kept.known().listen((record, later) -> watch.record(record, later, watchEffects));
  }

  // What the node calls.

  OwnCredentials credentials() {
    return credentials;
  }

  Delivery delivery() {
    return delivery;
  }

  /** Any thread. */
  void handler(Function<Message, CompletionStage<Handled.Verdict>> value) {
    handler = value;
  }

  /** Any thread. */
  void notices(Consumer<Notice> value) {
    notices = value;
  }

  /** Any thread. Not refused however much waits: a set of peers that is lost is never told of. */
  void watch(Set<NodeId> peers, Consumer<NodeId> seen) {
    loop.tell(watch, new Watch.Peers(peers, seen));
  }

  /** Where others may dial us; before the loop starts. */
  void bound(List<Address> dialable) {
    housekeeper.dialable(dialable);
  }

  void begin(List<Peer> entries) {
    housekeeper.begin(loop.effects(housekeeper));
    join(entries);
  }

  void join(List<Peer> entries) {
    for (Peer entry : entries) {
      if (entry.address() != null) {
        joining.add(entry.address());
      }
    }
    loop.give(routing, new Routing.Join(entries));
  }

  void cost(Cost cost) {
    loop.give(routing, new Routing.Become(cost));
  }

  Cost cost() {
    return routing.cost();
  }

  void carry(long bytesPerDay) {
    loop.give(routing, new Routing.Carry(bytesPerDay));
  }

  void keep(Set<NodeId> peers) {
    loop.give(routing, new Routing.Keep(peers));
  }

  Carried carried() {
    return routing.carried(routingEffects);
  }

  List<Neighbor> neighbors() {
    return routing.neighbors(routingEffects);
  }

  List<Peer> entriesForGuests() {
    return routing.entriesForGuests(Introduction.MAX_ENTRIES);
  }

  PeerRecord recordForAnyone() {
    return own.forAnyone(helloEffects.networkMillis());
  }

  /** Any thread. Completed on the loop. */
  CompletableFuture<Answer> ask(NodeId peer) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    if (!loop.submit(rendezvous, new Rendezvous.Ask(peer, true, answer))) {
      answer.complete(new Answer.KeyMissing(peer, Answer.Why.BUSY));
    }
    return answer;
  }

  /** Whether our user knows a peer: links to it are nobody's business. */
  private boolean known(NodeId peer) {
    return watch.watches(peer) || routing.keeps(peer);
  }

  /** Any thread. Lines and end come on callback threads, in order. */
  CompletableFuture<Traces.End> trace(NodeId target, Consumer<TraceHop> line) {
    CompletableFuture<Traces.End> end = new CompletableFuture<>();
    Consumer<TraceHop> said = hop -> callbacks.post(target, () -> line.accept(hop));
    Consumer<Traces.End> ended = e -> callbacks.post(target, () -> end.complete(e));
    if (!loop.submit(traces, new Traces.Begin(target, said, ended))) {
      end.complete(Traces.End.NO_ROUTE);
    }
    return end;
  }

  /** Completed on the loop. */
  void nearest(NodeId target, CompletableFuture<List<PeerRecord>> result) {
    if (lookups.add(target, result)) {
      loop.give(routing, new Routing.Lookup(target));
    }
  }

  /** Tells neighbours that we go, and everybody who waits here that it is over. */
  void leave(Runnable done) {
    loop.give(delivery, new Shut());
    loop.give(routing, new Routing.Leave());
    lookups.close();
    done.run();
  }

  /** After the loop has ended, on the closing thread: writes what is to be kept. */
  void closed() {
    List<PeerCache.Hint> last = housekeeper.last();
    if (!last.isEmpty()) {
      kept.cache().save(last);
    }
  }

  // Who gets what.

  @Override
  public void frame(Frame frame) {
    if (!hello.proven(frame.link())) {
      hello.on(frame, helloEffects);
    } else if (admission.admit(frame, admissionEffects)) {
      switch (frame.type()) {
        case FrameType.ROUTE,
            FrameType.PING,
            FrameType.PONG,
            FrameType.LEAVE,
            FrameType.FIND,
            FrameType.FOUND,
            FrameType.RETURNED,
            FrameType.LINK_TABLE ->
            routing.on(frame, routingEffects);
        case FrameType.LINK_HELLO, FrameType.RECORD -> hello.on(frame, helloEffects);
        default -> routingEffects.count(Tally.FRAME_UNKNOWN);
      }
    }
  }

  @Override
  public void transport(Input in) {
    switch (in) {
      case Input.Opened opened -> loop.give(hello, opened);
      case Input.LinkDown down -> {
        toAll(down);
        ended(down);
      }
      default -> throw new IllegalStateException("not of a transport: " + in.getClass());
    }
  }

  @Override
  public void dialFailed(Address to, DialFailure why) {
    if (joining.contains(to)) {
      notice(new Notice.JoinFailed(to, why));
    }
  }

  /** The other side closed a connection to a node that our user named before it was a link. */
  private void ended(Input.LinkDown down) {
    Link link = down.link();
    if (link.dialled() && joining.contains(link.remote())) {
      String why = down.why().name().toLowerCase(Locale.ROOT);
      notice(new Notice.LinkRefused(link.peer(), link.remote(), why));
    }
  }

  private void toAll(Input in) {
    loop.give(hello, in);
    loop.give(clockVotes, in);
    loop.give(routing, in);
    loop.give(admission, in);
    loop.give(rendezvous, in);
    loop.give(delivery, in);
  }

  @Override
  public void event(Input.Event event) {
    switch (event) {
      case Input.LinkUp up -> {
        joining.remove(up.link().remote());
        // Admission first: it opens the budget that the link's next frame is charged to.
        for (Protocol p : List.of(clockVotes, admission, routing, rendezvous, delivery, watch)) {
          loop.give(p, up);
        }
      }
      case ClockHeard heard -> loop.give(clockVotes, heard);
      case Held held -> held.packets().forEach(loop::packet);
      case HelloRefused refused -> {
        if (refused.link().dialled()) {
          notice(
              new Notice.LinkRefused(
                  refused.link().peer(), refused.link().remote(), refused.why().key()));
        }
      }
      case RecordChanged(Link link, PeerRecord record) -> {
        kept.known().put(record, network.usable(record, link.remote()));
        loop.give(routing, new Routing.Renewed(link, record));
      }
      case Arrived arrived -> loop.give(admission, arrived);
      case Input.Verified verified -> {
        loop.give(rendezvous, verified);
        loop.give(delivery, verified);
        loop.give(traces, verified);
        loop.give(watch, verified);
      }
      case Expired expired -> loop.give(traces, expired);
      case Answer answer -> loop.give(delivery, answer);
      case Rendezvous.Rekeyed rekeyed -> loop.give(delivery, rekeyed);
      case Rendezvous.Rotated rotated -> loop.give(housekeeper, rotated);
      case CarryChanged changed -> loop.give(housekeeper, changed);
      case CostChanged changed -> loop.give(housekeeper, changed);
      case Inbound inbound -> inbound(inbound);
      case Routing.LookupDone done -> lookups.done(done);
      case Routing.Connected c -> notice(new Notice.Connected());
      case Routing.Isolated i -> notice(new Notice.Isolated());
      default -> {}
    }
  }

  private void notice(Notice n) {
    Consumer<Notice> reader = notices;
    callbacks.post(identity.id(), () -> reader.accept(n));
  }

  private void inbound(Inbound in) {
    Function<Message, CompletionStage<Handled.Verdict>> taker = handler;
    if (taker == null) {
      loop.give(delivery, new Handled(in.token(), Handled.Verdict.NO_HANDLER));
      return;
    }
    callbacks.post(in.message().from(), () -> handle(taker, in));
  }

  private void handle(Function<Message, CompletionStage<Handled.Verdict>> taker, Inbound in) {
    CompletionStage<Handled.Verdict> verdict;
    try {
      verdict = Objects.requireNonNull(taker.apply(in.message()), "no verdict");
    } catch (RuntimeException | Error e) {
      // The application's own trouble: the sender is told and tries again; the counter is in
      // delivery. Errors too: a payload that makes a parser overflow its stack must not leave its
      // message before the handler for ever, where enough of them would fill every line.
      verdict = CompletableFuture.completedFuture(Handled.Verdict.FAILED);
    }
    verdict.whenComplete((v, trouble) -> {
      boolean said = trouble == null && v != null;
      loop.tell(delivery, new Handled(in.token(), said ? v : Handled.Verdict.FAILED));
    });
  }
}
