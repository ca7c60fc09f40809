package org.wayfolk.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.Outcome;

/** A payload that the application's handler cannot bear. */
final class HostilePayloadTest {
  @Test
  void aPayloadThatOverflowsTheHandlersStackDoesNotHoldUpTheNextMessage() throws Exception {
    Stage stage = new Stage();
    Node node = stage.start(Stage.identity(1));
    List<Integer> handled = new ArrayList<>();
    node.onMessage(m -> {
      if (m.payload().length > 1) {
        throw new StackOverflowError("a parser that recurses");
      }
      handled.add((int) m.payload()[0]);
    });
    stage.settle();
    CompletableFuture<Outcome> bad = node.send(node.id(), new byte[] {1, 1}).future();
    CompletableFuture<Outcome> good = node.send(node.id(), new byte[] {2}).future();
    stage.settle();
    assertThat(bad.getNow(null)).isInstanceOf(Outcome.Undelivered.class);
    assertThat(good.getNow(null)).isInstanceOf(Outcome.Delivered.class);
    assertThat(handled).containsExactly(2);
    assertThat(node.stats().get("bug")).isZero();
  }
}
