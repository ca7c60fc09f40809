package org.wayfolk.proof.messages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The row "messages": real messengers on a simulated network and simulated disks. */
public final class Messages {
  private Messages() {}

  /**
   * What to run.
   *
   * @param pauseMillis mean time between two bursts of a person
   * @param canary whether the disks sync nothing
   * @param directory where a folder for the stores is made, and removed at the end
   */
  public record Options(long seed, int messages, long pauseMillis, boolean canary, Path directory) {
    /** The same with another seed. */
    public Options withSeed(long value) {
      return new Options(value, messages, pauseMillis, canary, directory);
    }

    /** The same with another number of messages. */
    public Options withMessages(int value) {
      return new Options(seed, value, pauseMillis, canary, directory);
    }

    /** The same with another pace. */
    public Options withPauseMillis(long value) {
      return new Options(seed, messages, value, canary, directory);
    }

    /** The same with its stores elsewhere. */
    public Options withDirectory(Path value) {
      return new Options(seed, messages, pauseMillis, canary, value);
    }

    /** The same with disks that sync nothing. */
    public Options asCanary() {
      return new Options(seed, messages, pauseMillis, true, directory);
    }

    Plan plan() {
      Plan plan = Plan.of(seed, messages).withPause(Duration.ofMillis(pauseMillis));
      return canary ? plan.canary() : plan;
    }
  }

  /** Is told how far a run is, about once a virtual minute. */
  public interface Progress {
    /** So many messages are written; {@code how} says what else. */
    void at(int messages, String how);
  }

  /**
   * Runs it to its end; blocks for as long as it takes.
   *
   * @throws IOException if the folder cannot be made or removed
   */
  public static Result run(Options options, Progress progress) throws IOException {
    Plan plan = options.plan();
    Path directory = Files.createTempDirectory(options.directory(), "wayfolk-proof");
    try (MessengerTown world = new MessengerTown(plan, directory)) {
      Friendships friendships = new Friendships(plan.users(), plan.friends());
      world.meet(friendships);
      Town town = new Town(plan, world, world.homes, friendships);
      town.tell(progress);
      town.run();
      Judge judge = new Judge(town.truth);
      if (town.residents.stream().allMatch(Resident::up)) {
        judge.judge(town.residents, friendships);
      }
      return Result.of(plan, world, town, judge.notes());
    } finally {
      MessengerTown.remove(directory);
    }
  }
}
