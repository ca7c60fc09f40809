package org.wayfolk.messenger.conversation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.Author;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.Event;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Head;
import org.wayfolk.messenger.event.Lamport;
import org.wayfolk.messenger.event.Part;
import org.wayfolk.messenger.event.Stamp;
import org.wayfolk.messenger.event.Texts;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.SearchIndex;

/** Makes events of ours, keeps them, and sends them on their way. */
final class Saying {
  private final Turn turn;
  private final Around around;
  private final Around.Self self;
  private final Rows rows;
  private final Writers writers;
  private final Settling settling;
  private final Map<Long, Around.Other> others = new HashMap<>();

  Saying(Turn turn, Around around, SearchIndex search) {
    this.turn = turn;
    this.around = around;
    this.self = around.self(turn.tx(), turn.vault());
    this.rows = new Rows(turn.tx(), turn.vault());
    this.writers = new Writers(turn.tx());
    this.settling = new Settling(turn, search);
  }

  /** Says a text, in as many parts as it needs; answers the id of the first. */
  EventId parts(long friend, String text, Function<Piece, Body> body) {
    List<String> pieces = Texts.split(text);
    EventId first = EventId.draw(turn.random());
    for (int i = 0; i < pieces.size(); i++) {
      Part part = new Part(i, pieces.size(), i == 0 ? null : first);
      EventId id = i == 0 ? first : EventId.draw(turn.random());
      say(friend, id, body.apply(new Piece(part, pieces.get(i))), friend);
    }
    return first;
  }

  /** One piece of a text. */
  record Piece(Part part, String text) {}

  /** Says one thing to a friend and to our other devices. */
  EventId say(long friend, Body body) {
    EventId id = EventId.draw(turn.random());
    say(friend, id, body, friend);
    return id;
  }

  /** Says one thing about a conversation to our other devices alone. */
  void sayToOwn(long friend, Body body) {
    say(friend, EventId.draw(turn.random()), body, Talk.NOTES_NUMBER);
  }

  private void say(long friend, EventId id, Body body, long to) {
    Talk talk = new Talks(turn.tx(), turn.vault(), around).with(friend);
    boolean counted = body.counted();
    long sequence = counted ? writers.of(talk, 0, self.device()).highest() + 1 : 0;
    long lamport = counted ? Lamport.next(talk.lamport()) : talk.lamport();
    Event event =
        new Event(
            id,
            rows.name(talk),
            new Author(self.card(), self.device()),
            new Stamp(sequence, lamport, turn.now()),
            self.list(),
            heads(talk),
            body);
    byte[] bytes = event.encode();
    if (counted) {
      rows.lamport(talk, lamport);
    }
    if (Keeping.isKept(body)) {
      new Keeping(turn, settling).keep(talk, 0, event, lamport, bytes);
    }
    around.post(turn, to, id, bytes, body instanceof Body.Read ? replaces(talk) : null);
  }

  /** A newer mark says more than one that waits. */
  private static byte[] replaces(Talk talk) {
    return ("read " + talk.number()).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * What waits of a message is not to be sent: takes it back, and puts events without content under
   * the same sequences, so that the other side misses nothing.
   *
   * @return whether it was all taken back; else nothing was
   */
  boolean withdraw(Kept message) {
    List<EventId> pieces = pieces(rows, message);
    for (int i = 0; i < pieces.size(); i++) {
      if (!around.withdraw(turn, pieces.get(i))) {
        if (i > 0) {
          // The rest of it is on its way: the job is undone, so that it goes whole.
          throw new Trouble(Trouble.Reason.NOT_POSSIBLE, "some of it may have arrived already");
        }
        return false;
      }
    }
    pieces.forEach(id -> rows.kept(id).ifPresent(this::fill));
    return true;
  }

  private void fill(Kept taken) {
    rows.flags(taken, taken.flags() | Kept.CANCELLED);
    Event event = rows.event(taken);
    EventId id = EventId.draw(turn.random());
    Event filler =
        new Event(
            id,
            event.conversation(),
            event.author(),
            event.stamp(),
            event.list(),
            event.heads(),
            new Body.Gone(false));
    Talk talk = rows.talk(taken.talk()).orElseThrow();
    byte[] bytes = filler.encode();
    new Keeping(turn, settling).keep(talk, 0, filler, event.stamp().lamport(), bytes);
    around.post(turn, taken.talk(), id, bytes, null);
  }

  /**
   * The friend, looked up once: opening and checking a list of devices costs more than the rest.
   *
   * @throws Trouble UNKNOWN, BLOCKED
   */
  void mayWrite(long friend) {
    if (friend != Talk.NOTES_NUMBER && other(friend).blocked()) {
      throw new Trouble(Trouble.Reason.BLOCKED);
    }
  }

  private Around.Other other(long friend) {
    return others.computeIfAbsent(friend, f -> around.friend(turn.tx(), turn.vault(), f));
  }

  private List<Head> heads(Talk talk) {
    long theirs = talk.kind() == Talk.TWO ? other(talk.number()).card().prefix() : 0;
    return writers.heads(talk, self.device(), new Writers.Cards(self.card().prefix(), theirs));
  }

  /** The ids of all events that make one message. */
  static List<EventId> pieces(Rows rows, Kept message) {
    boolean whole = message.kind() == Kinds.TEXT && !message.gone();
    return pieces(rows, message, whole ? rows.event(message).body() : null);
  }

  /** {@link #pieces(Rows, Kept)} of an event that is open already; null if its content is gone. */
  static List<EventId> pieces(Rows rows, Kept message, @Nullable Body body) {
    List<EventId> ids = new ArrayList<>();
    ids.add(message.id());
    if (message.kind() == Kinds.TEXT && body instanceof Body.Text text) {
      for (int i = 1; i < text.part().count(); i++) {
        rows.further(message, i).ifPresent(k -> ids.add(k.id()));
      }
    }
    return ids;
  }
}
