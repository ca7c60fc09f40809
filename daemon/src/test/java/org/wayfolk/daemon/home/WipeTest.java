package org.wayfolk.daemon.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.Progress;

/** A home that is to be deleted is deleted, whatever comes between. */
final class WipeTest {
  @TempDir Path tmp;

  private static List<String> files(Path dir) throws IOException {
    try (Stream<Path> all = Files.list(dir)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private Path home(String name) throws Exception {
    Path dir = tmp.resolve(name);
    Identity identity = Identity.mint(0, Progress.NONE);
    try (Home home = Home.open(dir)) {
      home.adopt(identity);
      home.keep("local:x", identity.id().hex(), 4_242);
    }
    for (String file : List.of("wayfolk.db", "wayfolk.db-wal", "peers", "page", "x.part")) {
      Files.writeString(dir.resolve(file), file);
    }
    Files.createDirectories(dir.resolve("log/old"));
    Files.writeString(dir.resolve("log/old/1"), "a line");
    Path outside = Files.createDirectories(tmp.resolve("outside"));
    Files.writeString(outside.resolve("mine"), "not the home's");
    Files.createSymbolicLink(dir.resolve("link"), outside);
    return dir;
  }

  @Test
  void afterItsEndNothingButTheLockIsThere() throws Exception {
    Path dir = home("one");
    try (Home home = Home.open(dir)) {
      home.wipe();
      assertThat(files(dir)).as("only the mark is new").contains("wipe", "seed", "wayfolk.db");
    }
    assertThat(files(dir)).containsExactly("lock");
    assertThat(tmp.resolve("outside/mine")).as("a link is deleted, not what it names").exists();
    try (Home home = Home.open(dir)) {
      assertThat(home.identity()).isEmpty();
      assertThat(home.config().port()).isZero();
    }
  }

  @Test
  void killedAnywhereOnItsWayItGoesOnAtTheNextStart() throws Exception {
    List<String> all = new ArrayList<>(files(home("model")));
    all.removeAll(List.of("seed", "config", "lock"));
    all.addAll(List.of("seed", "config")); // the order in which they go
    for (int deleted = 0; deleted <= all.size(); deleted++) {
      Path dir = home("killed" + deleted);
      Wipe.mark(dir);
      for (String name : all.subList(0, deleted)) {
        delete(dir.resolve(name));
      }
      try (Home home = Home.open(dir)) {
        assertThat(home.identity()).as("killed after %s", deleted).isEmpty();
        assertThat(files(dir)).containsExactly("lock");
      }
    }
  }

  @Test
  void aHomeThatIsNotMarkedKeepsEverything() throws Exception {
    Path dir = home("kept");
    try (Home home = Home.open(dir)) {
      assertThat(home.identity()).isPresent();
    }
    assertThat(files(dir)).contains("seed", "config", "wayfolk.db", "peers", "page", "log");
  }

  private static void delete(Path p) throws IOException {
    if (Files.isDirectory(p) && !Files.isSymbolicLink(p)) {
      for (String inside : files(p)) {
        delete(p.resolve(inside));
      }
    }
    Files.delete(p);
  }
}
