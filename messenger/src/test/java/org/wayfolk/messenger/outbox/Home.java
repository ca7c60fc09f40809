package org.wayfolk.messenger.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.DevicesUpdate;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.session.Above;
import org.wayfolk.messenger.session.Control;
import org.wayfolk.messenger.session.Held;
import org.wayfolk.messenger.session.Opened;
import org.wayfolk.messenger.session.Sessions;
import org.wayfolk.messenger.work.Bench;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Durability;

/** The rooms of one messenger from the store up to the outbox, under a notebook, on a wire. */
final class Home implements Above, AutoCloseable {
  final Notebook notebook = new Notebook();
  final Identity identity;
  final People people;
  final Bench bench;
  private final Path file;
  private final Wire wire;
  private final Crypto crypto;
  Sessions sessions;
  Outbox outbox;

  /** What an image of the disk was: its bytes. */
  record Image(byte[] bytes) {}

  int life;

  /** Locked by a passphrase: nothing is opened, everything is answered so. */
  boolean locked;

  /** Up, with a program that does not take messages yet. */
  boolean starting;

  boolean online = true;

  /** Sends that still leave before the power goes; negative for no limit. */
  int sendsLeft = -1;

  /** Renewals that users were told of. */
  int renewals;

  int deviceChanges;

  /** Contents that came a second time and were dropped. */
  int again;

  Home(Path dir, long seed, Crypto crypto, Wire wire) {
    this(dir, seed, crypto, wire, null);
  }

  /**
   * A home that was restored from a backup: people and history, no sessions, no keys of devices.
   */
  Home(Path dir, long seed, Crypto crypto, Wire wire, @Nullable Image backup) {
    this.file = dir.resolve("wayfolk.db");
    if (backup != null) {
      write(backup);
    }
    byte[] nodeSeed = new byte[32];
    Arrays.fill(nodeSeed, (byte) (seed + 1));
    nodeSeed[0] = (byte) (seed >> 8);
    this.identity = Identity.ofSeed(nodeSeed);
    this.people = new People(identity);
    this.crypto = crypto;
    this.wire = wire;
    this.sessions = new Sessions(people, crypto, this);
    this.outbox = new Outbox(people, sessions, this::carry, notebook);
    this.bench =
        new Bench(dir, seed, Durability.OFF, people, sessions.shelf(), outbox.shelf(), notebook);
    wire.add(this);
    if (backup != null) {
      bench.run(this::restored);
    }
    bench.run(people::me);
    begin();
  }

  private void restored(Turn t) {
    for (String table :
        List.of(
            "session_state",
            "session_theirs",
            "session_own",
            "session_given",
            "session_seen",
            "session_begun",
            "session_peer",
            "outbox_journal",
            "outbox_delivery",
            "outbox_control",
            "outbox_lane")) {
      t.tx().run("DELETE FROM " + table);
    }
    People.restored(t.tx(), t.vault(), t.random());
  }

  private void begin() {
    bench.run(t -> {
      sessions.start(t);
      outbox.start(t);
    });
  }

  NodeId node() {
    return identity.publicIdentity().id();
  }

  // What a façade does.

  private void carry(NodeId to, byte[] payload, BiConsumer<Turn, Outcome> done) {
    if (sendsLeft == 0) {
      return;
    }
    sendsLeft--;
    int mine = life;
    wire.send(
        this,
        to,
        payload,
        outcome -> {
          if (mine == life && online) {
            bench.run(t -> done.accept(t, outcome));
          }
        });
  }

  /** How a payload is answered; null for silence. */
  enum Answer {
    ACCEPTED,
    REFUSED,
    LOCKED,
    SILENT
  }

  Answer arrive(NodeId from, byte[] payload) {
    if (locked) {
      return Answer.LOCKED;
    }
    if (starting) {
      return Answer.REFUSED;
    }
    return bench.turn(t ->
        switch (sessions.open(t, from, payload)) {
          case Opened.Content c -> {
            if (!notebook.got(t, c.device(), c.bytes())) {
              again++;
            }
            outbox.heard(t, c.device());
            yield Answer.ACCEPTED;
          }
          case Opened.Done d -> {
            outbox.heard(t, d.device());
            yield Answer.ACCEPTED;
          }
          case Opened.Duplicate d -> Answer.ACCEPTED;
          case Opened.Unreadable u -> Answer.REFUSED;
          case Opened.Stranger s -> Answer.SILENT;
        });
  }

  /** What a room above does now and then: nothing is under way, and something is missing. */
  void lookForGaps() {
    bench.run(t -> {
      Device other = device(Two.FRIEND, t);
      if (notebook.hasGap(t, other)) {
        sessions.lost(t, other);
      }
    });
  }

  void seen(NodeId node) {
    if (online) {
      bench.run(t -> outbox.seen(t, node));
    }
  }

  @Override
  public void send(Turn t, Device to, Control kind, byte[] payload) {
    outbox.control(t, to, kind, payload);
  }

  @Override
  public void withdraw(Turn t, Device to, Control kind) {
    outbox.withdraw(t, to, kind);
  }

  @Override
  public void ready(Turn t, Device device, @Nullable Held theirs, boolean renewed) {
    if (renewed) {
      renewals++;
    }
    outbox.ready(t, device, theirs, renewed);
  }

  @Override
  public Held held(Turn t, Device device) {
    return notebook.held(t, device);
  }

  @Override
  public void devices(Turn t, DevicesUpdate.Updated update) {
    deviceChanges++;
    outbox.devices(t, update);
  }

  // What a person does.

  EventId say(long friend, String text) {
    return say(friend, text, null);
  }

  EventId say(long friend, String text, byte @Nullable [] replaces) {
    return bench.turn(t -> {
      EventId id = EventId.draw(t.random());
      byte[] bytes = notebook.say(t, friend, id, text);
      Friend to = people.friend(t, friend).orElseThrow();
      outbox.post(t, id, bytes, devices(to), replaces);
      return id;
    });
  }

  Device device(long friend, Turn t) {
    return devices(people.friend(t, friend).orElseThrow()).getFirst();
  }

  private static List<Device> devices(Friend friend) {
    return friend.devices().devices().stream().map(d -> new Device(friend.number(), d)).toList();
  }

  <T> T ask(Function<Turn, T> job) {
    return bench.turn(job);
  }

  List<Delivery> deliveries(EventId id) {
    return bench.read((tx, vault) -> outbox.deliveries(tx, id));
  }

  List<EventId> said() {
    return bench.read((tx, vault) -> notebook.events(tx));
  }

  /** What came from the friend, by sequence. */
  List<String> texts() {
    return bench.read((tx, vault) -> notebook.texts(tx, Two.FRIEND));
  }

  boolean has(EventId id) {
    return bench.read((tx, vault) -> notebook.has(tx, id));
  }

  // What machines do.

  /** Power goes, at once; nothing that was not committed is there later. */
  void crash() {
    life++;
    online = false;
    bench.later.clear();
  }

  /** Comes back from what is on its disk. */
  void restart() {
    restart(null);
  }

  /** Comes back from an older image of its disk. */
  void restart(@Nullable Image image) {
    life++;
    sendsLeft = -1;
    bench.reopen(() -> {
      if (image != null) {
        write(image);
      }
    });
    sessions = new Sessions(people, crypto, this);
    outbox = new Outbox(people, sessions, this::carry, notebook);
    online = true;
    begin();
  }

  Image image() {
    try {
      bench.store().checkpoint();
      return new Image(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Image image) {
    try {
      Files.write(file, image.bytes);
      for (String suffix : new ArrayList<>(List.of("-wal", "-shm"))) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void pass(Duration time) {
    if (online) {
      bench.pass(time);
    } else {
      bench.later.clear();
      bench.pass(time);
    }
  }

  @Override
  public void close() {
    bench.close();
  }
}
