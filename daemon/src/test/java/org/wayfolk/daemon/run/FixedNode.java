package org.wayfolk.daemon.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.Cost;
import org.wayfolk.routing.Carried;
import org.wayfolk.time.Skew;
import org.wayfolk.trace.TraceHop;
import org.wayfolk.trace.Traces;
import org.wayfolk.transport.Address;

/** A node without a network, whose answers a test sets. */
final class FixedNode implements LocalNode {
  static final NodeId SELF = new NodeId(1, 2, 3, 4);
  static final NodeId PEER = new NodeId(5, 6, 7, 8);

  final List<LinkView> links = new ArrayList<>();
  final List<String> joined = new ArrayList<>();
  final Map<String, Long> drops = new LinkedHashMap<>();
  long forwarded;
  Carried carried = new Carried(Carried.NO_LIMIT, 0, 1_000, true);
  List<TraceHop> hops = List.of();
  Skew clock = Skew.UNKNOWN;
  Outcome outcome = new Outcome.Sent();
  Optional<Asked> asked = Optional.empty();
  byte[] sent = new byte[0];
  Duration limit = Duration.ZERO;

  @Override
  public NodeId id() {
    return SELF;
  }

  @Override
  public String network() {
    return "local:test";
  }

  @Override
  public List<Address> listen() {
    return List.of(Address.parse("127.0.0.1:4242"));
  }

  @Override
  public List<LinkView> links() {
    return List.copyOf(links);
  }

  @Override
  public Counts counts() {
    return new Counts(forwarded, 2, 100, 200, Map.copyOf(drops));
  }

  @Override
  public Outcome send(NodeId to, byte[] payload, Duration atMost) {
    sent = payload;
    limit = atMost;
    return outcome;
  }

  @Override
  public Optional<Asked> ask(NodeId to, Duration atMost) {
    return asked;
  }

  @Override
  public Carried carried() {
    return carried;
  }

  @Override
  public void carry(long perDay) {
    carried = new Carried(perDay, carried.today(), carried.dayBegan(), carried.today() < perDay);
  }

  @Override
  public Traces.End trace(NodeId to, HopReader line) throws IOException {
    for (TraceHop hop : hops) {
      line.read(hop);
    }
    return hops.isEmpty() ? Traces.End.NO_ROUTE : Traces.End.REACHED;
  }

  @Override
  public Cost cost() {
    return Cost.MAINS;
  }

  @Override
  public Skew clock() {
    return clock;
  }

  @Override
  public void join(NodeId id, Address address) {
    joined.add(id.shortHex() + "@" + address);
  }
}
