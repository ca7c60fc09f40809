package org.wayfolk.messenger.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.people.Me;
import org.wayfolk.messenger.ratchet.PrekeyBundle;
import org.wayfolk.messenger.session.Opened;
import org.wayfolk.wire.Malformed;

/** Two who have met: Anna and Ben, each the other's first friend. */
final class Two implements AutoCloseable {
  static final long FRIEND = 1;
  static final long T0 = 1_767_225_600_000L;

  final RecordingCrypto crypto = new RecordingCrypto();
  final Wire wire;
  final Home anna;
  final Home ben;

  Two(Path dir, long seed) {
    wire = new Wire(seed);
    anna = home(dir.resolve("anna" + seed), 2 * seed + 1);
    ben = home(dir.resolve("ben" + seed), 2 * seed + 2);
    befriend(anna, ben);
    meet(anna, ben);
  }

  private Home home(Path dir, long seed) {
    try {
      return new Home(Files.createDirectories(dir), seed, crypto, wire);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void befriend(Home one, Home other) {
    Me first = one.bench.turn(one.people::me);
    Me second = other.bench.turn(other.people::me);
    one.bench.turn(t -> one.people.add(t, second.claim(), second.devices(), "other"));
    other.bench.turn(t -> other.people.add(t, first.claim(), first.devices(), "other"));
  }

  /** As a meeting does it: bundle, FIRST under a secret, an answer. */
  private static void meet(Home guest, Home inviter) {
    byte[] psk = new byte[32];
    psk[0] = 7;
    byte[] hello = text("hello");
    PrekeyBundle bundle = inviter.bench.turn(t -> inviter.sessions.bundle(t));
    byte[] first =
        guest.bench.turn(t -> {
          try {
            return guest.sessions.first(t, guest.device(FRIEND, t), bundle, psk, hello);
          } catch (Malformed e) {
            throw new IllegalStateException(e);
          }
        });
    Opened accepted =
        inviter.bench.turn(
            t -> inviter.sessions.acceptFirst(t, inviter.device(FRIEND, t), first, psk));
    assertThat(accepted).isInstanceOf(Opened.Content.class);
    Opened repeated =
        inviter.bench.turn(
            t -> inviter.sessions.acceptFirst(t, inviter.device(FRIEND, t), first, psk));
    assertThat(repeated).isInstanceOf(Opened.Duplicate.class);
    byte[] answer =
        inviter.bench.turn(
            t -> inviter.sessions.seal(t, inviter.device(FRIEND, t), hello).orElseThrow());
    Opened opened = guest.bench.turn(t -> guest.sessions.open(t, inviter.node(), answer));
    assertThat(opened).isInstanceOf(Opened.Content.class);
  }

  static byte[] text(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  /** A new home of Anna's from a backup of hers. */
  Home annaRestored(Path dir, Home.Image backup) {
    try {
      Home again = new Home(Files.createDirectories(dir), 99, crypto, wire, backup);
      wire.pass(Duration.ofSeconds(1));
      return again;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The network is good again and everybody is there, for half a day. */
  void heal() {
    wire.loss = 0;
    wire.doubles = 0;
    for (Home home : List.of(anna, ben)) {
      if (!home.online) {
        home.restart();
        wire.back(home);
      }
    }
    wire.pass(Duration.ofHours(12));
  }

  /** All that is said arrived, what is shown is so, and no key served twice. */
  void check(String what) {
    check(what, anna, ben);
    check(what, ben, anna);
    assertThat(crypto.reused).as(what + ": keys used twice").isZero();
  }

  private static void check(String what, Home from, Home to) {
    for (EventId id : from.said()) {
      List<Delivery> deliveries = from.deliveries(id);
      assertThat(deliveries).as(what + ": deliveries").hasSize(1);
      assertThat(deliveries.getFirst().stage()).as(what).isEqualTo(Stage.DELIVERED);
      assertThat(to.has(id)).as(what + ": shown as delivered and there").isTrue();
    }
  }

  @Override
  public void close() {
    anna.close();
    ben.close();
  }
}
