package org.wayfolk.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.Applications;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.Reason;
import org.wayfolk.delivery.SendOptions;

/** What an application such as the messenger asks of its node. */
final class ApplicationNodeTest {
  private static final SendOptions TO_MESSENGER =
      SendOptions.DEFAULT.application(Applications.MESSENGER);

  @Test
  void verdictsMayComeLaterAndInAnyOrder() {
    SimWorld world = new SimWorld(21);
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(3, Joining.everySecond());
      world.run(Duration.ofSeconds(30));
      List<String> got = new ArrayList<>();
      List<CompletableFuture<Handled.Verdict>> verdicts = new ArrayList<>();
      net.member(2)
          .node()
          .onMessageLater(m -> {
            assertThat(m.application()).isEqualTo(Applications.MESSENGER);
            got.add(new String(m.payload(), UTF_8));
            verdicts.add(new CompletableFuture<>());
            return verdicts.getLast();
          });
      List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        byte[] payload = String.valueOf(i).getBytes(UTF_8);
        outcomes.add(
            net.member(1).node().send(net.member(2).node().id(), payload, TO_MESSENGER).future());
      }
      world.run(Duration.ofMillis(900));
      world.check(() -> assertThat(got).hasSize(32));
      for (int i = 31; i >= 0; i--) {
        verdicts.get(i).complete(Handled.Verdict.ACCEPTED);
      }
      world.run(Duration.ofMillis(200));
      world.check(() -> assertThat(got).hasSize(40));
      verdicts.get(32).completeExceptionally(new IllegalStateException("the store is gone"));
      verdicts.get(33).complete(Handled.Verdict.LOCKED);
      verdicts.get(34).complete(Handled.Verdict.SILENT);
      IntStream.range(35, 40).forEach(i -> verdicts.get(i).complete(Handled.Verdict.ACCEPTED));
      // The one that failed is tried again and handed over again.
      world.run(Duration.ofSeconds(5));
      world.check(() -> assertThat(got).hasSize(41));
      verdicts.get(40).complete(Handled.Verdict.ACCEPTED);
      world.run(Duration.ofSeconds(12));
      List<Outcome> all = outcomes.stream().map(CompletableFuture::join).toList();
      world.check(() -> {
        assertThat(all.stream().filter(o -> o instanceof Outcome.Delivered)).hasSize(38);
        assertThat(all.stream().filter(o -> is(o, Reason.LOCKED))).hasSize(1);
        assertThat(all.stream().filter(o -> is(o, Reason.NO_ANSWER))).hasSize(1);
        assertThat(got.getLast()).as("handed over again").isEqualTo(got.get(32));
      });
    }
  }

  @Test
  void aHandlerThatThrowsOrGivesNothingFailsTheMessageAndNotTheNode() throws Exception {
    SimWorld world = new SimWorld(22);
    try (SimNetwork net = new SimNetwork(world)) {
      net.grow(2, Joining.everySecond());
      world.run(Duration.ofSeconds(30));
      int[] calls = {0};
      net.member(1)
          .node()
          .onMessageLater(m -> {
            if (calls[0]++ == 0) {
              throw new IllegalStateException("at once");
            }
            return CompletableFuture.completedFuture(Handled.Verdict.ACCEPTED);
          });
      Outcome o =
          net.member(0)
              .node()
              .send(net.member(1).node().id(), new byte[1], TO_MESSENGER)
              .await(Duration.ofSeconds(10));
      world.check(() -> {
        assertThat(o)
            .isInstanceOfSatisfying(
                Outcome.Delivered.class, d -> assertThat(d.tries()).isEqualTo(2));
        assertThat(calls[0]).isEqualTo(2);
      });
    }
  }

  private static boolean is(Outcome o, Reason why) {
    return o instanceof Outcome.Undelivered u && u.why() == why;
  }
}
