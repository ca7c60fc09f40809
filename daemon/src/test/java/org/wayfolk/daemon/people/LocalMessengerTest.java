package org.wayfolk.daemon.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.delivery.Applications;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Message;
import org.wayfolk.delivery.MessageId;
import org.wayfolk.delivery.Protection;
import org.wayfolk.id.NodeId;

class LocalMessengerTest {
  @TempDir Path dir;

  private static CompletableFuture<Handled.Verdict> take(LocalMessenger local) {
    NodeId from = NodeId.of(new byte[NodeId.BYTES], 0);
    Message m =
        new Message(
            from,
            Applications.MESSENGER,
            new byte[0],
            Protection.SEALED,
            new MessageId(1, 2),
            3,
            1);
    return local.take(m).toCompletableFuture();
  }

  private static LocalMessenger thatCannotBeOpened(Path store) {
    return new LocalMessenger(
        store,
        file -> {
          throw new IOException("it is damaged");
        });
  }

  @Test
  void whoWritesToAHomeWithoutPeopleIsToldThatNobodyTakesIt() {
    try (LocalMessenger local = thatCannotBeOpened(dir.resolve("store"))) {
      assertThat(take(local).join()).isEqualTo(Handled.Verdict.NO_HANDLER);
    }
  }

  @Test
  void whoWritesWhileTheStoreIsBeingOpenedIsNotSentAway() throws Exception {
    Path store = Files.createFile(dir.resolve("store"));
    try (LocalMessenger local = thatCannotBeOpened(store)) {
      CompletableFuture<Handled.Verdict> verdict = take(local);
      assertThat(verdict).isNotDone();
      assertThatThrownBy(local::get).isInstanceOf(Failure.class);
      assertThat(verdict.join()).isEqualTo(Handled.Verdict.NO_HANDLER);
      assertThat(take(local).join()).isEqualTo(Handled.Verdict.NO_HANDLER);
    }
  }

  @Test
  void aStoreThatIsNeverOpenedSendsThemAwayAtTheEnd() throws Exception {
    Path store = Files.createFile(dir.resolve("store"));
    CompletableFuture<Handled.Verdict> verdict;
    try (LocalMessenger local = thatCannotBeOpened(store)) {
      verdict = take(local);
      assertThat(verdict).isNotDone();
    }
    assertThat(verdict.join()).isEqualTo(Handled.Verdict.NO_HANDLER);
  }
}
