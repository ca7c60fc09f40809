package org.wayfolk.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A clock that homes go by instead of the machine's, so that pictures show other days than one:
 * libfaketime, which a process loads and which reads the clock's offset from a file again each
 * second.
 */
final class FakeClock {
  private static final List<Path> PLACES = List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"));

  private final Path library;
  private final Path offset;
  private Instant now = Instant.EPOCH;

  /**
   * A clock.
   *
   * @param directory where it keeps its file
   */
  FakeClock(Path directory) throws IOException {
    library =
        find()
            .orElseThrow(() ->
                new IOException(
                    "pictures need libfaketime, to show other days than this one: install it"
                        + " (Debian: apt-get install libfaketime)"));
    offset = directory.resolve("clock");
  }

  private static Optional<Path> find() throws IOException {
    for (Path place : PLACES) {
      try (Stream<Path> all = Files.find(place, 3, (p, a) -> p.endsWith("libfaketime.so.1"))) {
        Optional<Path> found = all.findFirst();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Sets it; it goes on from there. */
  void set(Instant time) throws IOException, InterruptedException {
    now = time;
    Path next = offset.resolveSibling("clock.new");
    Files.writeString(next, Duration.between(Instant.now(), time).toSeconds() + "\n");
    Files.move(
        next,
        offset,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    // The library looks once a second.
    Thread.sleep(1_100);
  }

  /** What it was last set to. */
  Instant last() {
    return now;
  }

  /** The environment of those who go by it. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "DONT_FAKE_MONOTONIC", "1");
  }
}
