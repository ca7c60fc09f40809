package org.wayfolk.proof.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real messenger in the town of the proof. */
final class MessagesTest {
  /** Mean pause that stretches 500 messages of 20 people over about an hour. */
  private static final long SLOW = 700_000;

  /** The same for 20,000 in about four. */
  private static final long BRISK = 64_000;

  @TempDir Path directory;

  private Result run(long seed, int messages, long pause, boolean canary) throws IOException {
    return Messages.run(
        new Messages.Options(seed, messages, pause, canary, directory), (done, how) -> {});
  }

  private static void assertPassed(Result result) {
    assertThat(result.passed()).as(result.replay() + " " + result.figures()).isTrue();
  }

  @Test
  void nothingIsLostOfFiveHundredMessages() throws IOException {
    assertPassed(run(11, 500, SLOW, false));
  }

  @Test
  void canaryDisksThatDoNotSyncAreCaught() throws IOException {
    assertThat(run(12, 2_000, SLOW, true).passed()).isFalse();
  }

  @Test
  @Tag("process")
  void nothingIsLostOfTwentyThousandMessages() throws IOException {
    assertPassed(run(13, 20_000, BRISK, false));
  }
}
