package org.wayfolk.messenger.conversation;

import java.util.Optional;
import org.wayfolk.messenger.conversation.Accepted.Refusal;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.Event;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Hash32;
import org.wayfolk.messenger.event.Head;
import org.wayfolk.messenger.event.Lamport;
import org.wayfolk.messenger.event.Part;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.SearchIndex;
import org.wayfolk.wire.Malformed;

/** Takes events that come from other devices: a friend's, or another of ours. */
final class Arriving {
  /** A clock that differs by less is as good as most. */
  static final long MAX_SKEW_MILLIS = 120_000;

  /** How long nothing more is said about a clock that was said to differ. */
  static final long SKEW_REST_MILLIS = 24 * 3_600_000L;

  /** As many as a device list can name, in use and revoked: each costs a row and a look. */
  static final int MAX_WRITERS = 8 + 64;

  private final Turn turn;
  private final Around around;
  private final Rows rows;
  private final Writers writers;
  private final Marks marks;
  private final Keeping keeping;

  Arriving(Turn turn, Around around, SearchIndex search) {
    this.turn = turn;
    this.around = around;
    this.rows = new Rows(turn.tx(), turn.vault());
    this.writers = new Writers(turn.tx());
    this.marks = new Marks(turn, around);
    this.keeping = new Keeping(turn, new Settling(turn, search));
  }

  /**
   * Who handed over an event.
   *
   * @param friend 0 for another device of ours
   */
  record From(long friend, Hash32 card) {}

  Accepted accept(From from, byte[] bytes) {
    Event event;
    try {
      event = Event.decode(bytes);
    } catch (Malformed e) {
      return new Accepted.Refused(Refusal.MALFORMED);
    }
    // Any device of a person may hand on what another of theirs wrote: after a restored backup a
    // new
    // one does. They all speak for that person.
    if (!event.author().card().equals(from.card)) {
      return new Accepted.Refused(Refusal.NOT_THE_AUTHOR);
    }
    Optional<Talk> talk = talk(from, event);
    if (talk.isEmpty()) {
      return new Accepted.Refused(Refusal.OTHER_CONVERSATION);
    }
    return accept(talk.get(), from, event, bytes);
  }

  private Optional<Talk> talk(From from, Event event) {
    Talks talks = new Talks(turn.tx(), turn.vault(), around);
    if (from.friend == 0) {
      return talks.named(event.conversation());
    }
    Talk talk = talks.with(from.friend);
    return rows.isNamed(talk, event.conversation()) ? Optional.of(talk) : Optional.empty();
  }

  private Accepted accept(Talk talk, From from, Event event, byte[] bytes) {
    if (event.body() instanceof Body.Delete d && !d.forAll() && from.friend != 0) {
      return new Accepted.Refused(Refusal.NOT_OURS);
    }
    if (writers.isOneTooMany(talk, from.friend, event, MAX_WRITERS)) {
      return new Accepted.Refused(Refusal.TOO_MANY_DEVICES);
    }
    heads(talk, from, event);
    if (!Keeping.isKept(event.body())) {
      if (event.body() instanceof Body.Read read) {
        marks.heard(talk, from, read);
      }
      return new Accepted.Taken(event);
    }
    Optional<Kept> before = rows.kept(event.id());
    if (before.isPresent()) {
      boolean same = before.get().talk() == talk.number() && before.get().author() == from.friend;
      return same ? new Accepted.Known(event) : new Accepted.Refused(Refusal.ID_TAKEN);
    }
    if (isPartTaken(talk, from, event)) {
      return new Accepted.Refused(Refusal.PART_TAKEN);
    }
    long lamport = Lamport.counted(talk.lamport(), event.stamp().lamport());
    Talk after = talk;
    if (lamport > talk.lamport()) {
      rows.lamport(talk, lamport);
      after = talk.at(lamport);
    }
    keeping.keep(after, from.friend, event, lamport, bytes);
    skew(after, from, event);
    return isSuperseded(event) ? new Accepted.Known(event) : new Accepted.Taken(event);
  }

  /**
   * Whether a further part of a text is here: one byte in its place would have all of a long text
   * put together and indexed again, as often as its writer likes.
   */
  private boolean isPartTaken(Talk talk, From from, Event event) {
    Part part =
        switch (event.body()) {
          case Body.Text b -> b.part();
          case Body.Edit b -> b.part();
          default -> Part.WHOLE;
        };
    EventId first = part.first();
    return first != null
        && rows.further(talk, from.friend, event.body().kind(), first, part.index()).isPresent();
  }

  /** A name that is not the last one of its writer is none any more. */
  private boolean isSuperseded(Event event) {
    if (!(event.body() instanceof Body.Name)) {
      return false;
    }
    Kept row = rows.kept(event.id()).orElseThrow();
    return rows.about(Kinds.WRITER, row, Kinds.NAME, row.author(), 1)
        .filter(last -> last.number() != row.number())
        .isPresent();
  }

  /** What the other side has of ours: what they say that they have seen. */
  private void heads(Talk talk, From from, Event event) {
    if (from.friend == 0) {
      return;
    }
    for (Head head : event.heads()) {
      if (head.card() != from.card.prefix()) {
        Writers.Writer w = writers.of(talk, 0, head.device());
        long seen = Math.min(head.sequence(), w.highest());
        if (seen > w.theirs()) {
          writers.theirs(talk, w, seen);
        }
      }
    }
  }

  /**
   * A message may have waited for days, so an early time says nothing about a clock; but a time to
   * come does, and one before something of ours that its writer had already seen.
   */
  private void skew(Talk talk, From from, Event event) {
    long now = turn.now();
    if (from.friend == 0 || Math.abs(now - talk.skewedAt()) < SKEW_REST_MILLIS) {
      return;
    }
    long sent = event.stamp().sent();
    boolean ahead = sent > now + MAX_SKEW_MILLIS;
    if (ahead || isBehind(talk, from, event)) {
      rows.skewed(talk, now);
      new Notes(turn, around).note(talk.number(), Note.CLOCK_DIFFERS);
    }
  }

  private boolean isBehind(Talk talk, From from, Event event) {
    for (Head head : event.heads()) {
      if (head.card() != from.card.prefix()) {
        Optional<Long> at = writers.writtenAt(talk, head.device(), head.sequence());
        if (at.isPresent() && event.stamp().sent() < at.get() - MAX_SKEW_MILLIS) {
          return true;
        }
      }
    }
    return false;
  }
}
