package org.wayfolk.messenger.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program is killed at each commit of a meeting in turn, before anything of that commit leaves,
 * and started again: friends on both sides, exactly once. A kill before the commit is the loss of
 * what came in, which the lossy carrier covers.
 */
class MeetingCrashTest {
  @TempDir Path dir;

  /** Kills at the n-th commit after the link was accepted; answers whether it came so far. */
  private boolean meetWithAKill(boolean inviter, int n, double lost) {
    try (Town town = new Town(dir.resolve((inviter ? "i" : "g") + n + "-" + lost), 100 + n)) {
      Home ana = town.home("ana");
      Home ben = town.home("ben");
      town.run(Duration.ofSeconds(1));
      String link = ana.invite().link();
      town.lost = lost;
      Home victim = inviter ? ana : ben;
      int before = victim.commits;
      boolean[] killed = {false};
      victim.onCommit =
          () -> {
            if (!killed[0] && victim.commits == before + n) {
              killed[0] = true;
              victim.restart(Duration.ofSeconds(3));
            }
          };
      var _ = ben.accept(link);
      town.until(Duration.ofHours(3), () -> ana.up() && ben.up() && settled(ana) && settled(ben));
      town.run(Duration.ofMinutes(20));
      victim.onCommit = () -> {};
      assertThat(ana.met().size()).as("told at most once").isLessThanOrEqualTo(1);
      assertThat(ben.met().size()).as("told at most once").isLessThanOrEqualTo(1);
      assertThat(ben.watched).isEmpty();
      Says.friends(town, ana, ben);
      return killed[0];
    }
  }

  /** The news of the commit at which a program is killed are lost with it; the store knows. */
  private static boolean settled(Home home) {
    return home.friendsNow() == 1 && home.watched.isEmpty();
  }

  @Test
  void aGuestKilledAtAnyCommitEndsAsAFriend() {
    int n = 1;
    while (meetWithAKill(false, n, 0)) {
      n++;
    }
    assertThat(n).isGreaterThan(3);
  }

  @Test
  void anInviterKilledAtAnyCommitEndsAsAFriend() {
    int n = 1;
    while (meetWithAKill(true, n, 0)) {
      n++;
    }
    assertThat(n).isGreaterThan(2);
  }

  @Test
  void theSameOverALossyCarrier() {
    for (int n = 1; n <= 5; n++) {
      meetWithAKill(false, n, 0.3);
      meetWithAKill(true, n, 0.3);
    }
  }
}
