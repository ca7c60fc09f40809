package org.wayfolk.messenger.conversation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.Event;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Hash32;
import org.wayfolk.messenger.event.ListMark;
import org.wayfolk.messenger.work.Bench;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.SearchIndex;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;
import org.wayfolk.wire.Malformed;

/** One device of one person over a real store; what it sends is kept for the test to carry. */
final class Side implements AutoCloseable {
  static final long FRIEND = 5;

  final Hash32 card;
  final int device;
  final Bench bench;
  final Conversations conversations;

  /** Everything that went to friends' devices, in order. */
  final List<Out> out = new ArrayList<>();

  /** Everything that went to our own other devices. */
  final List<Out> toOwn = new ArrayList<>();

  /** Numbers of our own other devices. */
  final List<Integer> others = new ArrayList<>();

  /** How far events have come; those not named are queued. */
  final Map<EventId, State> carried = new HashMap<>();

  /** What this device itself posted. */
  private final Set<EventId> sent = new HashSet<>();

  /** Events that can still be taken back. */
  final Set<EventId> waiting = new HashSet<>();

  final Map<Long, Around.Other> friends = new HashMap<>();

  /** An event on its way. */
  record Out(EventId id, byte[] bytes) {
    Event event() {
      try {
        return Event.decode(bytes);
      } catch (Malformed e) {
        throw new AssertionError(e);
      }
    }
  }

  Side(Path dir, int name, int device) {
    this.card = hash(name);
    this.device = device;
    SearchIndex search = new SearchIndex();
    this.conversations = new Conversations(new World(), search);
    this.bench = new Bench(dir, 31L * name + device, search, conversations.shelf());
  }

  static Hash32 hash(int name) {
    byte[] bytes = new byte[Hash32.BYTES];
    Arrays.fill(bytes, (byte) name);
    return Hash32.of(bytes);
  }

  /** Makes two people know each other. */
  static void meet(Side one, Side other) {
    one.friends.put(FRIEND, new Around.Other(other.card, false));
    other.friends.put(FRIEND, new Around.Other(one.card, false));
  }

  private final class World implements Around {
    @Override
    public Self self(Tx tx, Vault vault) {
      return new Self(card, device, new ListMark(1, hash(9)), others);
    }

    @Override
    public Other friend(Tx tx, Vault vault, long number) {
      Other other = friends.get(number);
      if (other == null) {
        throw new Trouble(Trouble.Reason.UNKNOWN, "friend " + number);
      }
      return other;
    }

    @Override
    public List<Long> friends(Tx tx, Vault vault) {
      return List.copyOf(friends.keySet());
    }

    @Override
    public void post(Turn turn, long friend, EventId id, byte[] event, byte @Nullable [] replaces) {
      if (friend != 0) {
        sent.add(id);
        out.add(new Out(id, event));
      }
      toOwn.add(new Out(id, event));
    }

    @Override
    public void retry(Turn turn, long friend, EventId id, byte[] event) {
      out.add(new Out(id, event));
    }

    @Override
    public boolean withdraw(Turn turn, EventId id) {
      boolean was = waiting.remove(id);
      if (was) {
        carried.put(id, State.FAILED);
        out.removeIf(o -> o.id().equals(id));
      }
      return was;
    }

    @Override
    public Optional<State> carried(Tx tx, long friend, EventId id) {
      return sent.contains(id)
          ? Optional.of(carried.getOrDefault(id, State.QUEUED))
          : Optional.empty();
    }
  }

  // ---- commands, each in a turn of its own

  EventId write(String text) {
    return write(FRIEND, text, null);
  }

  EventId write(long friend, String text, @Nullable EventId replyTo) {
    return bench.turn(t -> conversations.write(t, friend, text, replyTo));
  }

  void edit(EventId message, String text) {
    bench.run(t -> conversations.edit(t, message, text));
  }

  void delete(EventId message, boolean forAll) {
    bench.run(t -> conversations.delete(t, message, forAll));
  }

  void react(EventId message, String emoji, boolean on) {
    bench.run(t -> conversations.react(t, message, emoji, on));
  }

  void read(EventId upTo) {
    bench.run(t -> conversations.read(t, FRIEND, upTo));
  }

  /** Takes what another side sent. */
  Accepted take(Hash32 from, byte[] bytes) {
    return bench.turn(t -> conversations.accept(t, from.equals(card) ? 0 : FRIEND, from, bytes));
  }

  /** Takes everything that another side has sent up to now; then it is sent no more. */
  void takeAll(Side other) {
    List<Out> all = List.copyOf(other.card.equals(card) ? other.toOwn : other.out);
    all.forEach(o -> take(other.card, o.bytes));
    (other.card.equals(card) ? other.toOwn : other.out).clear();
  }

  /** Takes what another side sent, all in one turn. */
  void takeMany(Hash32 from, List<Out> some) {
    long friend = from.equals(card) ? 0 : FRIEND;
    bench.run(t -> some.forEach(o -> conversations.accept(t, friend, from, o.bytes())));
  }

  /** Everything that we wrote and still have. */
  List<Out> everything() {
    return bench.read((tx, vault) -> {
      Rows rows = new Rows(tx, vault);
      return tx
          .list(
              r -> r.i64("number"),
              "SELECT number FROM conversation_event WHERE author = 0 AND note IS NULL"
                  + " ORDER BY number")
          .stream()
          .map(n -> rows.kept(n).orElseThrow())
          .map(k -> new Out(k.id(), rows.original(k)))
          .toList();
    });
  }

  /** What is kept of every event, opened: its bytes, and the text that is shown in their place. */
  List<String> contents() {
    return bench.read((tx, vault) -> {
      List<String> all = new ArrayList<>();
      for (String column : List.of("bytes", "text")) {
        tx.each(
            r ->
                all.add(
                    new String(
                        vault.open(
                            "conversation_event." + column,
                            Vault.row(r.i64("number")),
                            r.blob("sealed")),
                        StandardCharsets.ISO_8859_1)),
            "SELECT number, "
                + column
                + " AS sealed FROM conversation_event WHERE "
                + column
                + " IS NOT NULL");
      }
      return all;
    });
  }

  long readAt(EventId message) {
    return bench.read((tx, vault) -> conversations.readAt(tx, vault, message));
  }

  List<Shown> history() {
    return history(FRIEND, 1_000);
  }

  List<Shown> history(long friend, int count) {
    return bench.read((tx, vault) -> conversations.history(tx, vault, friend, null, count));
  }

  Shown message(EventId id) {
    return bench.read((tx, vault) -> conversations.message(tx, vault, id));
  }

  List<String> texts() {
    return history().stream().filter(s -> s.note() == null).map(Shown::text).toList();
  }

  List<String> found(String query) {
    return bench.read((tx, vault) -> conversations.search(tx, vault, query, null, 100)).stream()
        .map(Shown::text)
        .toList();
  }

  List<Shown> search(String query, @Nullable Long friend) {
    return bench.read((tx, vault) -> conversations.search(tx, vault, query, friend, 100));
  }

  List<Shown> latest(int count) {
    return bench.read((tx, vault) -> conversations.conversations(tx, vault, count));
  }

  String draft() {
    return bench.read((tx, vault) -> conversations.draft(tx, vault, FRIEND));
  }

  List<EventId> pieces(EventId message) {
    return bench.read((tx, vault) -> conversations.pieces(tx, vault, message));
  }

  Optional<EventId> messageOf(EventId piece) {
    return bench.read((tx, vault) -> conversations.messageOf(tx, vault, piece));
  }

  Shown message(String prefix) {
    return bench.read((tx, vault) -> conversations.message(tx, vault, prefix));
  }

  /** Everything of the friend's device up to this is here. */
  long held(int ofDevice) {
    return bench.turn(t -> conversations.heldOf(t, FRIEND, ofDevice));
  }

  /** What a device of the friend may not have. */
  List<Out> above(long theyHold) {
    return above(theyHold, 0);
  }

  List<Out> above(long theyHold, int margin) {
    List<Out> again = new ArrayList<>();
    bench.run(t ->
        conversations.above(
            t, FRIEND, theyHold, margin, (id, bytes) -> again.add(new Out(id, bytes))));
    return again;
  }

  int unread() {
    return bench.read((tx, vault) -> conversations.unread(tx, vault, FRIEND));
  }

  /** What both people must see alike: every line with everything on it. */
  List<String> view() {
    return history().stream().filter(s -> s.note() == null).map(this::view).toList();
  }

  private String view(Shown s) {
    List<String> reactions =
        s.reactions().stream().map(r -> who(r.from()) + r.emoji()).sorted().toList();
    return who(s.from())
        + s.id()
        + "|"
        + s.text()
        + "|"
        + s.edited()
        + s.deleted()
        + "|"
        + s.replyTo()
        + "|"
        + reactions
        + "|"
        + Arrays.toString(s.order());
  }

  private String who(long author) {
    return author == 0
        ? card.toString()
        : Objects.requireNonNull(friends.get(FRIEND)).card().toString();
  }

  @Override
  public void close() {
    bench.close();
  }
}
