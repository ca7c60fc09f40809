package org.wayfolk.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.Applications;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Message;
import org.wayfolk.delivery.MessageId;
import org.wayfolk.delivery.Protection;
import org.wayfolk.id.NodeId;

class TakersTest {
  private final Takers takers = new Takers();

  private static Message message(int application) {
    NodeId from = NodeId.of(new byte[NodeId.BYTES], 0);
    return new Message(
        from, application, new byte[0], Protection.SEALED, new MessageId(1, 2), 3, 1);
  }

  private Handled.Verdict take(int application) {
    return takers.take(message(application)).toCompletableFuture().join();
  }

  @Test
  void eachApplicationGetsItsOwnMessagesAndTheSendersOfOthersAreToldToTryAgain() {
    List<Integer> raw = new ArrayList<>();
    takers.put(
        Applications.RAW,
        m -> {
          raw.add(m.application());
          return CompletableFuture.completedFuture(Handled.Verdict.ACCEPTED);
        });
    assertThat(take(Applications.MESSENGER)).isEqualTo(Handled.Verdict.NO_HANDLER);
    assertThat(take(Applications.RAW)).isEqualTo(Handled.Verdict.ACCEPTED);
    takers.put(
        Applications.MESSENGER, m -> CompletableFuture.completedFuture(Handled.Verdict.LOCKED));
    assertThat(take(Applications.MESSENGER)).isEqualTo(Handled.Verdict.LOCKED);
    assertThat(raw).containsExactly(Applications.RAW);
  }
}
