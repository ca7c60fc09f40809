package org.wayfolk.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.identity.Identity;
import org.wayfolk.node.Node;
import org.wayfolk.node.NodeBuilder;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.sim.SimTransport;
import org.wayfolk.sim.SimWorld;

/**
 * An application test: a whole network of five nodes where one frame in ten is lost, in one thread
 * and no real time.
 */
final class FiveNodesUnderLossTest {
  private final SimWorld world = new SimWorld(7);
  private final Network network = Network.local("five");
  private final List<Node> nodes = new ArrayList<>();

  @Test
  void everyMessageIsDeliveredOnceThoughOneFrameInTenIsLost() throws Exception {
    world.network().delay(Duration.ofMillis(20)).frameLoss(0.1);
    List<String> heard = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      join(heard);
    }
    world.run(Duration.ofSeconds(20));

    for (Node from : nodes) {
      for (Node to : nodes) {
        Outcome outcome =
            from.send(to.id(), from.id().shortHex().getBytes(UTF_8)).await(Duration.ofSeconds(30));
        assertThat(outcome).as(world.describe()).isInstanceOf(Outcome.Delivered.class);
      }
    }
    assertThat(heard).hasSize(25);
    nodes.forEach(Node::close);
  }

  private void join(List<String> heard) throws Exception {
    byte[] seed = new byte[Identity.SEED_BYTES];
    world.random("identities").nextBytes(seed);
    NodeBuilder builder =
        Node.builder(Identity.ofSeed(seed)).network(network).transport(new SimTransport(world));
    if (!nodes.isEmpty()) {
      Node first = nodes.getFirst();
      builder.join(new Peer(first.id(), first.addresses().getFirst()));
    }
    Node node = builder.start();
    node.onMessage(m -> heard.add(new String(m.payload(), UTF_8)));
    nodes.add(node);
  }
}
