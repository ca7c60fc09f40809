package org.wayfolk.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import org.wayfolk.delivery.Receipt;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.Progress;
import org.wayfolk.node.Node;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.quic.QuicTransport;

/**
 * Two nodes on this machine: one says hello to the other, knowing only its key and who to join
 * through.
 */
public final class HelloByKey {
  private HelloByKey() {}

  /** Runs both and prints what became of the message. */
  public static void main(String[] args) throws Exception {
    Network network = Network.local("hello");
    try (Identity a = Identity.mint(network.difficulty(), Progress.NONE);
        Identity b = Identity.mint(network.difficulty(), Progress.NONE);
        Node alice =
            Node.builder(a).network(network).transport(QuicTransport.at("127.0.0.1:0")).start();
        Node bob =
            Node.builder(b)
                .network(network)
                .transport(QuicTransport.at("127.0.0.1:0"))
                .join(new Peer(alice.id(), alice.addresses().getFirst()))
                .start()) {
      alice.onMessage(m -> System.out.println("alice hears: " + new String(m.payload(), UTF_8)));
      SendOptions waiting = SendOptions.DEFAULT.waiting();
      Receipt receipt = bob.send(alice.id(), "hello by key".getBytes(UTF_8), waiting);
      System.out.println("bob is told: " + receipt.await(Duration.ofSeconds(10)));
    }
  }
}
