package org.wayfolk.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.routing.Envelope;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;

/** What a frame for somebody else costs a node, from the inbox to the outbox. */
final class TransitTest {
  private static final int PASSES = 6;
  private static final int FRAMES = 100_000;
  private static final int PAYLOAD = 200;

  /** Below what one link may send. */
  private static final int RATE = 4_000;

  private static final int KEEPALIVE = 5 * RATE;

  @Test
  void aTransitFrameAllocatesNothingFromTheInboxToTheOutbox() throws Exception {
    Stage stage = new Stage();
    Node node = stage.start(Stage.identity(1));
    stage.settle();
    Identity from = Stage.identity(2);
    FakeLink in = stage.linked(from, "127.0.1.1:1");
    FakeLink out = stage.linked(nearerTo(node.id(), from.id()), "127.0.2.1:1");
    assertThat(node.links()).hasSize(2);
    out.sent.clear();
    in.sink = Packet::release;
    out.sink = Packet::release;
    byte[] frame = route(stage, from, out.peer(), PAYLOAD);

    // A recompilation may put an object that the compiler had dissolved back on the heap, once: so
    // one whole pass must be clean, not the first. A byte a frame would show in all of them.
    long allocated = 1;
    int passed = 0;
    for (int pass = 0; pass < PASSES && allocated > 0; pass++) {
      allocated = run(stage, in, out, frame, passed, FRAMES);
      passed += FRAMES;
    }

    assertThat(node.stats().get("forwarded")).isEqualTo(passed);
    assertThat(allocated).as("bytes allocated by %s frames", FRAMES).isZero();
    assertThat(stage.pool.outstanding()).isZero();
  }

  /**
   * Bytes the loop allocated while it took {@code n} frames, each with a signature of its own, one
   * a turn.
   */
  private static long run(Stage stage, FakeLink in, FakeLink out, byte[] frame, int first, int n) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    long allocated = 0;
    for (int number = first; number < first + n; number++) {
      if (number % KEEPALIVE == 0) {
        stage.receive(out, FrameHeader.frame(FrameType.PING, new byte[0]));
      }
      Packet p = stage.pool.copyOf(frame);
      for (int b = 0; b < 4; b++) {
        p.array()[frame.length - Envelope.SIGNATURE_BYTES + b] = (byte) (number >>> (8 * b));
      }
      stage.nanos += Stage.SECOND / RATE;
      // Timers that are due are the node's own doing, not the frame's.
      stage.turn();
      if (!stage.events().received(in, p)) {
        throw new AssertionError("the inbox refused a frame");
      }
      long before = threads.getThreadAllocatedBytes(thread);
      stage.turn();
      allocated += threads.getThreadAllocatedBytes(thread) - before;
    }
    return allocated;
  }

  private static byte[] route(Stage stage, Identity from, NodeId to, int payload) {
    byte[] key = from.publicIdentity().key();
    long sent = stage.wallMillis() * 1_000_000;
    return Envelope.sign(FrameType.ROUTE, to, key, sent, new byte[payload], from::signEnvelope);
  }

  /**
   * An identity that is farther from {@code from} than from the node, so that the node passes
   * frames on to it.
   */
  private static Identity nearerTo(NodeId node, NodeId from) {
    for (int n = 3; ; n++) {
      Identity candidate = Stage.identity(n);
      if (candidate.id().compareDistance(node, from) < 0 && candidate.id().bit(0) != from.bit(0)) {
        return candidate;
      }
    }
  }

  @Test
  void aNeighbourWithAFullOutboxCostsItsOwnFramesAndNothingElse() throws Exception {
    Stage stage = new Stage();
    Node node = stage.start(Stage.identity(1));
    stage.settle();
    Identity from = Stage.identity(2);
    FakeLink in = stage.linked(from, "127.0.1.1:1");
    FakeLink out = stage.linked(nearerTo(node.id(), from.id()), "127.0.2.1:1");
    out.full = true;
    in.sent.clear();
    stage.receive(in, route(stage, from, out.peer(), 8));
    stage.settle();

    assertThat(node.stats().get("forwarded")).isZero();
    assertThat(in.sent).as("handed back").hasSize(1);
    assertThat(in.sent.getFirst().kind()).isEqualTo(TrafficClass.TRANSIT);
    assertThat(stage.pool.outstanding()).isZero();
  }
}
