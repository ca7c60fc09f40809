package org.wayfolk.daemon.run;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.Reason;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.id.NodeId;
import org.wayfolk.node.Node;
import org.wayfolk.node.Stats;
import org.wayfolk.peer.Cost;
import org.wayfolk.peer.Peer;
import org.wayfolk.routing.Carried;
import org.wayfolk.time.Skew;
import org.wayfolk.trace.TraceHop;
import org.wayfolk.trace.Traces;
import org.wayfolk.transport.Address;

/** The library's node, as the program uses it. */
final class OverlayNode implements LocalNode {
  /** How long a message waits for a first link: a node that has just been started needs less. */
  private static final Duration FIRST_LINK = Duration.ofSeconds(5);

  /** Longer than one hop of a trace takes. */
  private static final Duration TRACE = Duration.ofSeconds(10);

  private final Node node;

  OverlayNode(Node node) {
    this.node = node;
  }

  @Override
  public NodeId id() {
    return node.id();
  }

  @Override
  public String network() {
    return node.network().name();
  }

  @Override
  public List<Address> listen() {
    return node.addresses();
  }

  @Override
  public List<LinkView> links() {
    return node.links().stream()
        .map(l ->
            new LinkView(
                l.id(),
                l.address(),
                l.level(),
                l.half(),
                l.sibling(),
                l.dialled(),
                l.cost(),
                l.carries(),
                l.roundTripMillis(),
                l.ageMillis(),
                l.queuedBytes()))
        .toList();
  }

  @Override
  public Counts counts() {
    Stats stats = node.stats();
    return new Counts(
        stats.get("forwarded"),
        stats.get("delivered"),
        stats.get("bytes_out"),
        stats.get("bytes_in"),
        Map.copyOf(stats.drops()));
  }

  @Override
  public Outcome send(NodeId to, byte[] payload, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    if (!to.equals(node.id()) && !waitForLink(limit)) {
      return new Outcome.Undelivered(Reason.NO_ROUTE, 0);
    }
    Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    // The node gives up by itself at the deadline; a second more lets it say why.
    return node.send(to, payload, SendOptions.DEFAULT.within(left)).await(left.plusSeconds(1));
  }

  private boolean waitForLink(Duration limit) throws InterruptedException {
    Duration most = limit.compareTo(FIRST_LINK) < 0 ? limit : FIRST_LINK;
    long end = System.nanoTime() + most.toNanos();
    while (node.links().isEmpty()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(25);
    }
    return true;
  }

  @Override
  public Optional<Asked> ask(NodeId to, Duration limit) throws InterruptedException {
    try {
      return node.rendezvous(to)
          .get(limit.toNanos(), TimeUnit.NANOSECONDS)
          .map(met -> new Asked(met.roundTrip().toNanos() / 1e6, met.hops(), linked(to)));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a rendezvous never fails exceptionally", e);
    }
  }

  @Override
  public Traces.End trace(NodeId to, HopReader line) throws IOException, InterruptedException {
    BlockingQueue<Object> said = new LinkedBlockingQueue<>();
    CompletableFuture<?> end = node.trace(to, said::add).thenAccept(said::add);
    while (true) {
      // Null: the node was closed meanwhile.
      Object next = said.poll(TRACE.toSeconds(), TimeUnit.SECONDS);
      if (next instanceof TraceHop hop) {
        line.read(hop);
      } else {
        end.cancel(false);
        return next instanceof Traces.End how ? how : Traces.End.SILENT;
      }
    }
  }

  private boolean linked(NodeId id) {
    return node.links().stream().anyMatch(l -> l.id().equals(id));
  }

  @Override
  public Cost cost() {
    return node.cost();
  }

  @Override
  public Carried carried() {
    return node.carried();
  }

  @Override
  public void carry(long bytesPerDay) {
    node.carry(bytesPerDay);
  }

  @Override
  public Skew clock() {
    return node.clockSkew();
  }

  @Override
  public void join(NodeId id, Address address) {
    node.join(new Peer(id, address));
  }
}
