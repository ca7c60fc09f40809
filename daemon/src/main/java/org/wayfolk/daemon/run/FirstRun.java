package org.wayfolk.daemon.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.daemon.terminal.Wording;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.Progress;
import org.wayfolk.identity.ProofOfWork;
import org.wayfolk.peer.Network;

/** Settles network and identity of a home: chosen at its first start, kept ever after. */
public final class FirstRun {
  private static final Duration SHOW_EVERY = Duration.ofMillis(200);
  private static final Duration TELL_EVERY = Duration.ofSeconds(1);

  private final Home home;
  private final Voice voice;

  /** For one home, which is open. */
  public FirstRun(Home home, Voice voice) {
    this.home = home;
    this.voice = voice;
  }

  /**
   * Reads the name of a network as a user writes it.
   *
   * @throws Failure with status 2 if it is none
   */
  public static Network parse(String name) throws Failure {
    try {
      return Network.parse(name);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "'" + name + "' is no network", "use main, local or local:NAME, in lower case");
    }
  }

  /**
   * The network to be part of.
   *
   * @param wanted what the user asked for, if anything
   * @throws Failure with status 2 if the home belongs to another
   */
  public Network network(@Nullable Network wanted) throws Failure {
    String kept = home.config().network();
    if (kept == null) {
      return wanted == null ? Network.main() : wanted;
    }
    Network own;
    try {
      own = Network.parse(kept);
    } catch (IllegalArgumentException e) {
      throw Failure.failed(
          home.dir().resolve("config") + " is damaged, it names the network '" + kept + "'",
          "restore it from a backup; it was left as it is");
    }
    if (wanted != null && !wanted.equals(own)) {
      throw Failure.usage(
          home.dir() + " belongs to network " + own.name() + ", not " + wanted.name(),
          "leave --network away, or choose another directory with --home");
    }
    return own;
  }

  /**
   * The identity to run as; mints and stores one if the home has none.
   *
   * @param seed a file to take the seed from at the first start; null mints one
   */
  public Identity identity(Network network, @Nullable Path seed) throws Failure {
    Optional<Identity> kept = home.identity();
    Identity identity;
    if (seed != null) {
      identity = given(seed);
      if (kept.isPresent() && !kept.get().id().equals(identity.id())) {
        throw Failure.usage(
            home.dir() + " has another identity than " + seed,
            "leave --seed away, or choose another directory with --home");
      }
    } else {
      identity = kept.isPresent() ? kept.get() : mint(network);
    }
    if (!ProofOfWork.satisfies(identity.id(), network.difficulty())) {
      throw Failure.failed(
          "the identity %s has %d bits of work, network %s asks for %d"
              .formatted(
                  identity.id().shortHex(),
                  identity.id().leadingZeros(),
                  network.name(),
                  network.difficulty()),
          "choose a new directory with --home, so that a new identity is made");
    }
    if (kept.isEmpty()) {
      home.adopt(identity);
    }
    return identity;
  }

  private static Identity given(Path seed) throws Failure {
    try {
      return Identity.load(seed);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      throw Failure.failed(
          message.equals(seed.toString()) ? "there is no file " + seed : message,
          "give --seed a file of 32 raw bytes");
    }
  }

  private Identity mint(Network network) throws Failure {
    home.requireRoom();
    voice.say(
        network.difficulty() == 0
            ? "Making a new identity."
            : "Making a new identity: a few seconds of work, once, so that nobody can make"
                + " millions.");
    long start = System.nanoTime();
    AtomicLong shown = new AtomicLong(start);
    AtomicLong told = new AtomicLong(start);
    return Identity.mint(
        network.difficulty(),
        work -> {
          tell(work, start, shown, told);
          return true;
        });
  }

  private void tell(Progress.Work work, long start, AtomicLong shown, AtomicLong told) {
    long now = System.nanoTime();
    if (due(shown, now, SHOW_EVERY)) {
      voice.progress(
          "  %,d keys tried in %s; chance to be done by now %.0f %%"
              .formatted(work.tries(), Wording.seconds((now - start) / 1e9), 100 * work.chance()));
    }
    if (due(told, now, TELL_EVERY)) {
      voice.result(
          Json.object()
              .put("event", "minting")
              .put("tried", work.tries())
              .put("expected", Math.round(work.expected())));
    }
  }

  private static boolean due(AtomicLong last, long now, Duration every) {
    long was = last.get();
    return now - was > every.toNanos() && last.compareAndSet(was, now);
  }
}
