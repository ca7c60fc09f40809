package org.wayfolk.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.people.Me;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.work.Bench;

class WhomTest {
  @TempDir Path dir;

  private static Identity node(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return Identity.ofSeed(bytes);
  }

  private Me someone(int seed) throws Exception {
    People people = new People(node(seed));
    Path home = java.nio.file.Files.createDirectory(dir.resolve("home" + seed));
    try (Bench bench = new Bench(home, seed, people)) {
      return bench.turn(people::me);
    }
  }

  @Test
  void whoCallsHimselfByAnothersCardIsNotFoundInHisPlace() throws Exception {
    Me alice = someone(2);
    Me mallory = someone(3);
    String card = alice.card().hex();
    String node = alice.device().node().hex();
    People people = new People(node(1));
    try (Bench bench = new Bench(dir, 1, people)) {
      bench.turn(t -> people.add(t, mallory.claim(), mallory.devices(), card));
      bench.turn(t -> people.add(t, alice.claim(), alice.devices(), "Alice"));
      for (String key : new String[] {card, card.toUpperCase(java.util.Locale.ROOT), node}) {
        String name = bench.read((tx, vault) -> Whom.find(people, tx, vault, key).name());
        assertThat(name).isEqualTo("Alice");
      }
    }
  }
}
