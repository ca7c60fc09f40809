package org.wayfolk.messenger.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.event.Event;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Texts;
import org.wayfolk.messenger.outbox.Delivery;
import org.wayfolk.messenger.outbox.Outbox;
import org.wayfolk.messenger.people.Addition;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.DevicesUpdate;
import org.wayfolk.messenger.people.Me;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.session.Above;
import org.wayfolk.messenger.session.Control;
import org.wayfolk.messenger.session.Held;
import org.wayfolk.messenger.session.Sessions;
import org.wayfolk.messenger.work.Bench;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.SearchIndex;

/** Conversations over the real rooms below them; no wire: what waits stays. */
class BoundTest {
  @TempDir Path dir;

  private Home alice;
  private Home bob;

  /** The rooms of one home. */
  private static final class Home implements AutoCloseable {
    final Identity node;
    final People people;
    final Outbox outbox;
    final Conversations conversations;
    final Bench bench;

    Home(Path dir, int name) {
      byte[] seed = new byte[32];
      Arrays.fill(seed, (byte) name);
      node = Identity.ofSeed(seed);
      people = new People(node);
      Sessions sessions = new Sessions(people, Crypto.best(), new Silence());
      SearchIndex search = new SearchIndex();
      outbox =
          new Outbox(
              people,
              sessions,
              (to, payload, done) -> {},
              (t, d, held, margin, also, each) -> false);
      conversations = new Conversations(people, outbox, search);
      bench =
          new Bench(
              dir, name, people, sessions.shelf(), outbox.shelf(), search, conversations.shelf());
    }

    Me me() {
      return bench.turn(people::me);
    }

    /** Makes another a friend; answers the number. */
    long befriend(Home other) {
      Me them = other.me();
      return bench.turn(t ->
          people.add(t, them.claim(), them.devices(), "friend")
                  instanceof Addition.Added(var friend)
              ? friend.number()
              : 0L);
    }

    Device device(Home other) {
      return bench.turn(t -> people.device(t, other.node.id()).orElseThrow());
    }

    /** Everything that was said to a friend's device, as it is handed over after a loss. */
    List<byte[]> said(Device to) {
      List<byte[]> all = new ArrayList<>();
      bench.run(t ->
          conversations.above(t, to, Held.NOTHING, 0, List.of(), (id, bytes) -> all.add(bytes)));
      return all;
    }

    Shown message(EventId id) {
      return bench.read((tx, vault) -> conversations.message(tx, vault, id));
    }

    @Override
    public void close() {
      bench.close();
    }
  }

  /** Nobody above the sessions. */
  private static final class Silence implements Above {
    @Override
    public void send(Turn t, Device to, Control kind, byte[] payload) {}

    @Override
    public void withdraw(Turn t, Device to, Control kind) {}

    @Override
    public void ready(Turn t, Device device, @Nullable Held theirs, boolean renewed) {}

    @Override
    public Held held(Turn t, Device device) {
      return Held.NOTHING;
    }

    @Override
    public void devices(Turn t, DevicesUpdate.Updated update) {}
  }

  @BeforeEach
  void meet() throws IOException {
    alice = new Home(Files.createDirectory(dir.resolve("alice")), 1);
    bob = new Home(Files.createDirectory(dir.resolve("bob")), 2);
    alice.befriend(bob);
    bob.befriend(alice);
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
  }

  private EventId write(String text) {
    long friend = alice.device(bob).friend();
    return alice.bench.turn(t -> alice.conversations.write(t, friend, text, null));
  }

  @Test
  void whatIsWrittenWaitsInTheOutboxForEachDevice() {
    EventId id = write("hello");
    assertThat(alice.message(id).state()).isEqualTo(State.QUEUED);
    List<Delivery> deliveries = alice.bench.read((tx, v) -> alice.outbox.deliveries(tx, id));
    assertThat(deliveries).hasSize(1);
  }

  @Test
  void whatIsTakenBackHasFailedAndItsGapIsFilled() {
    EventId id = write("hello");
    alice.bench.run(t -> alice.conversations.cancel(t, id));
    assertThat(alice.message(id).state()).isEqualTo(State.FAILED);
    EventId next = write("next");
    Device device = bob.device(alice);
    for (byte[] event : alice.said(alice.device(bob))) {
      Accepted accepted = bob.bench.turn(t -> bob.conversations.accept(t, device, event));
      assertThat(accepted).isInstanceOf(Accepted.Taken.class);
    }
    assertThat(bob.message(next).text()).isEqualTo("next");
    Held ofBob = bob.bench.turn(t -> bob.conversations.held(t, device));
    assertThat(ofBob).isEqualTo(new Held(2, 0));
    Device bobs = alice.device(bob);
    Held ofAlice = alice.bench.turn(t -> alice.conversations.held(t, bobs));
    assertThat(ofAlice).isEqualTo(new Held(0, 2));
  }

  @Test
  void theLongestPieceOfATextFitsOneMessageOfASession() {
    write("x".repeat(Texts.MAX));
    assertThat(alice.said(alice.device(bob))).hasSize(2).allMatch(e -> e.length < 42_000);
    // EventTest: with all heads and the largest numbers it is 7,000 bytes under the limit.
    assertThat(Event.MAX_BYTES - 7_000).isLessThan(Sessions.MAX_CONTENT);
  }
}
