package org.wayfolk.daemon.run;

import java.io.IOException;
import java.time.Duration;
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

/**
 * What the program asks of its node. {@link OverlayNode} is the real one; tests of the control
 * socket put one in its place that needs no network. Methods may block and are called from any
 * thread.
 */
public interface LocalNode {
  /** One link of the node as it stands now; see the library's LinkInfo. */
  record LinkView(
      NodeId id,
      Address address,
      int level,
      int half,
      boolean sibling,
      boolean dialled,
      Cost cost,
      boolean carries,
      double roundTripMillis,
      long ageMillis,
      long queuedBytes) {}

  /**
   * What the node has counted since it started.
   *
   * @param forwarded frames carried for others
   * @param delivered messages that a handler here accepted
   * @param sentBytes bytes sent, all together
   * @param receivedBytes bytes received, all together
   * @param drops what was refused or dropped, by reason; none is zero
   */
  record Counts(
      long forwarded,
      long delivered,
      long sentBytes,
      long receivedBytes,
      Map<String, Long> drops) {}

  /**
   * A node answered.
   *
   * @param millis round trip
   * @param hops links that the answer crossed, as far as forwarders tell
   * @param direct whether there is a link to it
   */
  record Asked(double millis, int hops, boolean direct) {}

  /** The node's name. */
  NodeId id();

  /** The network it belongs to. */
  String network();

  /** Where it listens. */
  List<Address> listen();

  /** Its links. */
  List<LinkView> links();

  /** Its counters. */
  Counts counts();

  /** Sends a raw message and waits for what becomes of it. */
  Outcome send(NodeId to, byte[] payload, Duration limit) throws InterruptedException;

  /** Asks a node for its keys, past every cache; empty if no answer came. */
  Optional<Asked> ask(NodeId to, Duration limit) throws InterruptedException;

  /**
   * Shows the way to a node, hop by hop; returns at its end.
   *
   * @param line called on the caller's thread
   */
  Traces.End trace(NodeId to, HopReader line) throws IOException, InterruptedException;

  /** Reads the hops of a trace. */
  interface HopReader {
    /** Takes the next hop; may fail because nobody listens any more, which ends the trace. */
    void read(TraceHop hop) throws IOException;
  }

  /** What it carries for others. */
  Carried carried();

  /** How many bytes a day it carries for others from now on; {@link Carried#NO_LIMIT} for any. */
  void carry(long bytesPerDay);

  /** What it costs that the node is there for others. */
  Cost cost();

  /** How far this machine's clock is from those of the nodes that it dialled. */
  Skew clock();

  /** Tries to reach a node at an address, in the background. */
  void join(NodeId id, Address address);
}
