package org.wayfolk.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Failure;

/**
 * Two people write to each other without a pause while their processes are killed by SIGKILL at
 * random instants. What a command was told is kept must arrive, once, in order; what was shown as
 * delivered must be there.
 */
@Tag("process")
final class KilledWhileWritingTest {
  private static final int KILLS = 50;

  /** Longest life between two kills. */
  private static final int LIFE_MILLIS = 1_200;

  /** Seconds as a rule; the longest pause between two tries is ten minutes. */
  private static final Duration ALL_ARRIVED = Duration.ofMinutes(12);

  @TempDir Path tmp;

  /** Somebody who writes, and remembers what they were told. */
  private final class Person {
    final String name;
    final String friend;
    final Path home;
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> shownDelivered = new CopyOnWriteArrayList<>();
    volatile LiveNode node;

    Person(String name, String friend) throws Exception {
      this.name = name;
      this.friend = friend;
      this.home = tmp.resolve(name);
      this.node = LiveNode.start(home, "--network", "local:killed");
    }

    ObjectNode call(ObjectNode request) throws Failure {
      try (ControlClient client = ControlClient.connect(Home.socketOf(home))) {
        return client.call(request, Duration.ofSeconds(60));
      }
    }

    void write(AtomicBoolean over) {
      int next = 0;
      while (!over.get()) {
        String text = name + " " + next++;
        ObjectNode request =
            ControlClient.request("send")
                .put("who", friend)
                .put("text", text)
                .put("timeoutMs", 1 + next % 40);
        try {
          ObjectNode answer = call(request);
          told.add(text);
          if (answer.path("outcome").asText().equals("delivered")) {
            shownDelivered.add(text);
          }
        } catch (Failure killed) {
          pause(20); // nothing was told: it may be kept or not
        }
      }
    }

    List<String> received() throws Failure {
      return texts(friend);
    }

    List<String> texts(String from) throws Failure {
      List<String> out = new ArrayList<>();
      String before = null;
      while (true) {
        ObjectNode request =
            ControlClient.request("history").put("who", friend).put("count", 1_000);
        if (before != null) {
          request.put("before", before);
        }
        JsonNode page = call(request).path("messages");
        List<String> some = new ArrayList<>();
        for (JsonNode m : page) {
          if (m.path("from").asText().equals(from) && !m.has("note")) {
            some.add(m.path("text").asText());
          }
        }
        out.addAll(0, some);
        if (page.size() < 1_000) {
          return out;
        }
        before = page.get(0).path("message").asText();
      }
    }

    boolean allArrived() throws Failure {
      ObjectNode request = ControlClient.request("history").put("who", friend).put("count", 1_000);
      for (JsonNode m : call(request).path("messages")) {
        if (m.path("from").asText().equals("me")
            && !m.has("note")
            && !List.of("delivered", "read").contains(m.path("state").asText())) {
          return false;
        }
      }
      return true;
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void fiftyKillsLoseNothingAndDoubleNothing() throws Exception {
    long seed = Long.getLong("wayfolk.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Person ann = new Person("Ann", "Ben");
    Person ben = new Person("Ben", "Ann");
    try {
      String link =
          ann.call(ControlClient.request("invite").put("name", "Ann")).path("link").asText();
      ben.call(ControlClient.request("accept").put("invitation", link).put("name", "Ben"));
      AtomicBoolean over = new AtomicBoolean();
      Thread annWrites = Thread.ofVirtual().start(() -> ann.write(over));
      Thread benWrites = Thread.ofVirtual().start(() -> ben.write(over));
      for (int i = 0; i < KILLS; i++) {
        pause(random.nextInt(LIFE_MILLIS));
        Person victim = random.nextBoolean() ? ann : ben;
        victim.node.kill();
        victim.node = LiveNode.start(victim.home);
        if (i % 10 == 9) {
          System.out.printf("%d kills, told %d and %d%n", i + 1, ann.told.size(), ben.told.size());
        }
      }
      over.set(true);
      annWrites.join();
      benWrites.join();
      long ended = System.nanoTime();
      Wait.until(ALL_ARRIVED, () -> ann.allArrived() && ben.allArrived());
      System.out.printf("all arrived %.1f s later%n", (System.nanoTime() - ended) / 1e9);
      System.out.printf(
          "%d kills; Ann was told %d kept (%d delivered at once), Ben %d (%d)%n",
          KILLS,
          ann.told.size(),
          ann.shownDelivered.size(),
          ben.told.size(),
          ben.shownDelivered.size());
      check(ann, ben);
      check(ben, ann);
    } finally {
      ann.node.close();
      ben.node.close();
    }
  }

  private static void check(Person from, Person to) throws Failure {
    List<String> there = to.received();
    List<String> here = from.texts("me");
    assertThat(there).as("once each").doesNotHaveDuplicates();
    assertThat(there).as("nothing told is lost").containsAll(from.told);
    assertThat(there).as("what was shown delivered is there").containsAll(from.shownDelivered);
    assertThat(there).as("the same at both, in order").isEqualTo(here);
  }
}
