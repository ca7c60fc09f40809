package org.wayfolk.messenger.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.DevicesUpdate;
import org.wayfolk.messenger.people.Me;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.ratchet.PrekeyBundle;
import org.wayfolk.messenger.ratchet.Ratchet;
import org.wayfolk.messenger.ratchet.Sealed;
import org.wayfolk.messenger.work.Bench;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.wire.Malformed;

/** A friend's device that has the keys, and says whatever makes us work. */
class HostileFriendTest {
  private static final long FRIEND = 1;
  private static final byte[] PSK = new byte[32];
  private static final byte[] HELLO = {1};

  /** What docs/protocol/session.md allows in an hour. */
  private static final int HOURLY = 4;

  @TempDir Path dir;

  private Home alice;
  private Home mallory;

  /** One home, with what its sessions asked of the rooms above. */
  private static final class Home implements Above {
    final Crypto crypto = Crypto.best();
    final Identity identity;
    final People people;
    final Sessions sessions;
    final Books books = new Books();
    final Resets resets;
    final Bench bench;
    final List<Control> sent = new ArrayList<>();
    final List<byte[]> payloads = new ArrayList<>();
    int resupplies;

    Home(Path dir, int seed) throws IOException {
      byte[] node = new byte[32];
      Arrays.fill(node, (byte) seed);
      identity = Identity.ofSeed(node);
      people = new People(identity);
      sessions = new Sessions(people, crypto, this);
      resets = new Resets(people, crypto, this, books, new Prekeys(crypto));
      bench = new Bench(Files.createDirectory(dir), seed, people, sessions.shelf());
    }

    Device device(Turn t) {
      return people.devices(t, people.friend(t, FRIEND).orElseThrow()).getFirst();
    }

    Peer peer(Turn t) {
      return books.peer(t, device(t));
    }

    Opened take(Home from, byte[] payload) {
      return bench.turn(t -> sessions.open(t, from.identity.publicIdentity().id(), payload));
    }

    byte[] last(Control kind) {
      return payloads.get(sent.lastIndexOf(kind));
    }

    long count(Control kind) {
      return sent.stream().filter(k -> k == kind).count();
    }

    long states() {
      return bench.turn(t ->
          t.tx().one(r -> r.i64("n"), "SELECT count(*) AS n FROM session_state").orElseThrow());
    }

    @Override
    public void send(Turn t, Device to, Control kind, byte[] payload) {
      sent.add(kind);
      payloads.add(payload);
    }

    @Override
    public void withdraw(Turn t, Device to, Control kind) {}

    @Override
    public void ready(Turn t, Device device, @Nullable Held theirs, boolean renewed) {
      resupplies += theirs == null ? 0 : 1;
    }

    @Override
    public Held held(Turn t, Device device) {
      return Held.NOTHING;
    }

    @Override
    public void devices(Turn t, DevicesUpdate.Updated update) {}
  }

  /** Alice was Mallory's guest: the session between them was begun by her. */
  @BeforeEach
  void meet() throws Exception {
    alice = new Home(dir.resolve("alice"), 1);
    mallory = new Home(dir.resolve("mallory"), 2);
    Me one = alice.bench.turn(alice.people::me);
    Me other = mallory.bench.turn(mallory.people::me);
    alice.bench.turn(t -> alice.people.add(t, other.claim(), other.devices(), "Mallory"));
    mallory.bench.turn(t -> mallory.people.add(t, one.claim(), one.devices(), "Alice"));
    PrekeyBundle bundle = mallory.bench.turn(mallory.sessions::bundle);
    byte[] first =
        alice.bench.turn(t -> {
          try {
            return alice.sessions.first(t, alice.device(t), bundle, PSK, HELLO);
          } catch (Malformed e) {
            throw new IllegalStateException(e);
          }
        });
    mallory.bench.turn(t -> mallory.sessions.acceptFirst(t, mallory.device(t), first, PSK));
    byte[] answer =
        mallory.bench.turn(t -> mallory.sessions.seal(t, mallory.device(t), HELLO).orElseThrow());
    assertThat(alice.take(mallory, answer)).isInstanceOf(Opened.Content.class);
    for (Home home : List.of(alice, mallory)) {
      home.bench.pass(Duration.ofHours(2));
    }
  }

  @AfterEach
  void close() {
    alice.bench.close();
    mallory.bench.close();
  }

  private byte[] sealed(Inside inside) {
    return mallory.bench.turn(t -> {
      Books.Kept kept = mallory.books.active(t, mallory.peer(t)).orElseThrow();
      Sealed sealed =
          new Ratchet(mallory.crypto)
              .seal(kept.state(), inside.encode(), Sessions.IN_SEALED, 1, t.random(), t.now());
      Books.put(t, kept.id(), sealed.next());
      return Frames.sealed(sealed.payload());
    });
  }

  @Test
  void whoSaysAgainAndAgainThatNothingArrivedIsSentItOnce() {
    for (int i = 0; i < 20; i++) {
      byte[] lie = sealed(new Inside(null, Held.NOTHING, List.of(), null, 0, HELLO));
      assertThat(alice.take(mallory, lie)).isInstanceOf(Opened.Content.class);
    }
    assertThat(alice.resupplies).isLessThanOrEqualTo(1);
  }

  @Test
  void beginningsBelowOursFillNeitherDiskNorTime() throws Exception {
    byte[] ask =
        mallory.bench.turn(t -> {
          try (DeviceKeys keys = mallory.people.keys(t)) {
            SessionId name = SessionId.draw(t.random());
            return Frames.ask(
                keys,
                alice.identity.publicIdentity().id(),
                mallory.people.me(t).devices(),
                name,
                SessionId.NONE);
          }
        });
    alice.take(mallory, ask);
    int taken = 0;
    for (int i = 0; i < 40; i++) {
      PrekeyBundle bundle = Frames.readBundle(alice.last(Control.BUNDLE)).prekeys();
      byte[] first =
          mallory.bench.turn(t -> {
            try {
              Resets.Start low = new Resets.Start(1, Held.NOTHING, false, new byte[0]);
              return mallory.resets.begin(t, mallory.peer(t), bundle, Resets.NO_PSK, low);
            } catch (Malformed e) {
              throw new IllegalStateException(e);
            }
          });
      taken += alice.take(mallory, first) instanceof Opened.Done ? 1 : 0;
    }
    assertThat(taken).isBetween(1, HOURLY);
    assertThat(alice.count(Control.BUNDLE)).isLessThanOrEqualTo(HOURLY);
    assertThat(alice.states()).isLessThanOrEqualTo(Books.MAX_OLD + 1L);
  }

  @Test
  void whoSaysEachTimeThatHisSessionIsAboveIsBelievedAFewTimesAnHour() {
    for (int i = 0; i < 40; i++) {
      Standing now = alice.bench.turn(t -> alice.peer(t).standing());
      Standing.Active active = Objects.requireNonNull(now.active());
      byte[] bundle =
          mallory.bench.turn(t -> {
            try (DeviceKeys keys = mallory.people.keys(t)) {
              PrekeyBundle prekeys = new Prekeys(mallory.crypto).bundle(t, keys::sign, null);
              return Frames.bundle(
                  keys,
                  alice.identity.publicIdentity().id(),
                  active.id(),
                  active.generation() + 1,
                  Held.NOTHING,
                  prekeys);
            }
          });
      assertThat(alice.take(mallory, bundle)).isInstanceOf(Opened.Done.class);
    }
    assertThat(alice.count(Control.FIRST)).isBetween(1L, (long) HOURLY);
  }
}
