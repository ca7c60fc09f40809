package org.wayfolk.messenger.conversation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.Event;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Hash32;
import org.wayfolk.store.Row;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;
import org.wayfolk.wire.Malformed;

/** The rows of conversations and events, and what is sealed in them. */
record Rows(Tx tx, Vault vault) {
  static final String SELECT =
      "SELECT number, id, talk, author, device, sequence, kind, place, line, flags, at, received,"
          + " read_at, piece, target, note, bytes, text FROM conversation_event ";

  /** Lines that are counted as unread: whoever has more does not read the number. */
  private static final int MAX_UNREAD = 10_000;

  private static final String BYTES = "conversation_event.bytes";
  private static final String TEXT = "conversation_event.text";
  private static final String NAME = "conversation_talk.name";
  private static final String DRAFT = "conversation_talk.draft";

  // ---- conversations

  Optional<Talk> talk(long number) {
    return tx.one(Rows::talk, TALK + "WHERE number = ?", number);
  }

  Optional<Talk> talkNamed(Hash32 name) {
    return tx.one(Rows::talk, TALK + "WHERE name_tag = ?", (Object) nameTag(name.bytes()));
  }

  boolean isNamed(Talk talk, Hash32 name) {
    return tx.one(
            row -> row.i64("number"),
            "SELECT number FROM conversation_talk WHERE name_tag = ? AND number = ?",
            nameTag(name.bytes()),
            talk.number())
        .isPresent();
  }

  private static final String TALK =
      "SELECT number, kind, mine, theirs, lamport, skewed_at FROM conversation_talk ";

  private static Talk talk(Row row) {
    return new Talk(
        row.i64("number"),
        row.i32("kind"),
        row.i32("mine"),
        row.i32("theirs"),
        row.i64("lamport"),
        row.i64("skewed_at"));
  }

  Talk add(Talk talk, Hash32 name) {
    tx.run(
        "INSERT INTO conversation_talk"
            + " (number, kind, name, name_tag, mine, theirs, lamport, skewed_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        talk.number(),
        talk.kind(),
        vault.seal(NAME, Vault.row(talk.number()), name.bytes()),
        nameTag(name.bytes()),
        talk.mine(),
        talk.theirs(),
        talk.lamport(),
        talk.skewedAt());
    return talk;
  }

  Hash32 name(Talk talk) {
    return tx.one(
            row -> Hash32.of(vault.open(NAME, Vault.row(talk.number()), row.blob("name"))),
            "SELECT name FROM conversation_talk WHERE number = ?",
            talk.number())
        .orElseThrow();
  }

  void tagTalk(long number) {
    tx.run(
        "UPDATE conversation_talk SET name_tag = ? WHERE number = ?",
        nameTag(name(new Talk(number, 0, 0, 0, 0, 0)).bytes()),
        number);
  }

  void lamport(Talk talk, long time) {
    tx.run("UPDATE conversation_talk SET lamport = ? WHERE number = ?", time, talk.number());
  }

  void skewed(Talk talk, long now) {
    tx.run("UPDATE conversation_talk SET skewed_at = ? WHERE number = ?", now, talk.number());
  }

  String draft(long talk) {
    return tx.one(
            row -> row.blob("draft"),
            "SELECT draft FROM conversation_talk WHERE number = ? AND draft IS NOT NULL",
            talk)
        .map(sealed -> text(vault.open(DRAFT, Vault.row(talk), sealed)))
        .orElse("");
  }

  void draft(long talk, String text) {
    byte[] sealed =
        text.isEmpty()
            ? null
            : vault.seal(DRAFT, Vault.row(talk), text.getBytes(StandardCharsets.UTF_8));
    tx.run("UPDATE conversation_talk SET draft = ? WHERE number = ?", sealed, talk);
  }

  // ---- events

  Optional<Kept> kept(long number) {
    return tx.one(Rows::kept, SELECT + "WHERE number = ?", number);
  }

  Optional<Kept> kept(EventId id) {
    return tx.one(Rows::kept, SELECT + "WHERE id = ?", (Object) id.bytes());
  }

  /** Lines whose id lies between two, at most {@code count}. */
  List<Kept> between(byte[] low, byte[] high, int count) {
    return tx.list(
        Rows::kept, SELECT + "WHERE id >= ? AND id <= ? AND line = 1 LIMIT ?", low, high, count);
  }

  /** The last lines, newest first. */
  List<Kept> last(long talk, int count) {
    return tx.list(
        Rows::kept,
        SELECT + "WHERE line = 1 AND talk = ? ORDER BY place DESC LIMIT ?",
        talk,
        count);
  }

  /** The last lines before a place, newest first. */
  List<Kept> lastBefore(long talk, byte[] place, int count) {
    return tx.list(
        Rows::kept,
        SELECT + "WHERE line = 1 AND talk = ? AND place < ? ORDER BY place DESC LIMIT ?",
        talk,
        place,
        count);
  }

  /** The first lines from a place on, oldest first. */
  List<Kept> from(long talk, byte[] place, boolean withIt, int count) {
    return tx.list(
        Rows::kept,
        SELECT
            + "WHERE line = 1 AND talk = ? AND place "
            + (withIt ? ">=" : ">")
            + " ? ORDER BY place LIMIT ?",
        talk,
        place,
        count);
  }

  /** The last edits of a message that have all their parts, newest first. */
  List<Kept> wholeEdits(Kept message, int count) {
    return tx.list(
        Rows::kept,
        SELECT
            + "WHERE target = ? AND talk = ? AND kind = ? AND author = ? AND piece = 1"
            + " ORDER BY place DESC LIMIT ?",
        message.id().bytes(),
        message.talk(),
        Kinds.EDIT,
        message.author(),
        count);
  }

  /** The last in order of what a person did to a target: of a kind, and a piece. */
  Optional<Kept> about(EventId target, Kept like, int kind, long author, int piece) {
    return tx.one(
        Rows::kept,
        SELECT
            + "WHERE target = ? AND talk = ? AND kind = ? AND author = ? AND piece = ?"
            + " ORDER BY place DESC LIMIT 1",
        target.bytes(),
        like.talk(),
        kind,
        author,
        piece);
  }

  /** The i-th further part of a text or an edit. */
  Optional<Kept> further(Kept first, int index) {
    return about(first.id(), first, first.kind(), first.author(), -index);
  }

  /** The i-th further part of a text or an edit that may not be here. */
  Optional<Kept> further(Talk talk, long author, int kind, EventId first, int index) {
    return tx.one(
        Rows::kept,
        SELECT + "WHERE target = ? AND talk = ? AND kind = ? AND author = ? AND piece = ? LIMIT 1",
        first.bytes(),
        talk.number(),
        kind,
        author,
        -index);
  }

  /**
   * Some of the edits of a message, or of the further parts of a text, whose content is still
   * there. Not all at once: there may be any number, of 40 KiB each.
   */
  List<Kept> someAbout(EventId target, Kept like, int kind) {
    return tx.list(
        Rows::kept,
        SELECT
            + "WHERE target = ? AND talk = ? AND kind = ? AND author = ? AND flags & ? = 0"
            + " LIMIT 64",
        target.bytes(),
        like.talk(),
        kind,
        like.author(),
        Kept.DELETED | Kept.HIDDEN);
  }

  /** Ours of a device from a sequence on, in its order. */
  List<Kept> oursAbove(long talk, int device, long sequence, int count) {
    return tx.list(
        Rows::kept,
        SELECT
            + "WHERE talk = ? AND author = 0 AND device = ? AND sequence > ? AND sequence > 0"
            + " ORDER BY sequence LIMIT ?",
        talk,
        device,
        sequence,
        count);
  }

  /** The last {@code count} of ours of a device up to a sequence, in its order. */
  List<Kept> oursUpTo(long talk, int device, long sequence, int count) {
    return tx.list(
            Rows::kept,
            SELECT
                + "WHERE talk = ? AND author = 0 AND device = ? AND sequence <= ? AND sequence > 0"
                + " ORDER BY sequence DESC LIMIT ?",
            talk,
            device,
            sequence,
            count)
        .reversed();
  }

  static Kept kept(Row row) {
    byte[] target = row.blobOrNull("target");
    return new Kept(
        row.i64("number"),
        EventId.of(row.blob("id")),
        row.i64("talk"),
        row.i64("author"),
        row.i32("device"),
        row.i64("sequence"),
        row.i32("kind"),
        row.blob("place"),
        row.i64("line") != 0,
        row.i32("flags"),
        row.i64("at"),
        row.i64("received"),
        row.i64("read_at"),
        row.i32("piece"),
        target == null ? null : EventId.of(target),
        row.textOrNull("note"),
        row.blobOrNull("bytes"),
        row.blobOrNull("text"));
  }

  /** Number of the next row: the number is part of what is sealed, so it is needed before. */
  long next() {
    return tx.one(
            row -> row.i64("next"),
            "SELECT COALESCE(MAX(number), 0) + 1 AS next FROM conversation_event")
        .orElseThrow();
  }

  void insert(Kept kept, boolean unread, byte @Nullable [] event) {
    EventId target = kept.target();
    tx.run(
        "INSERT INTO conversation_event (number, id, talk, author, device, sequence, kind, place,"
            + " line, unread, flags, at, received, read_at, piece, target, note, bytes)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        kept.number(),
        kept.id().bytes(),
        kept.talk(),
        kept.author(),
        kept.device(),
        kept.sequence(),
        kept.kind(),
        kept.place(),
        kept.line(),
        unread,
        kept.flags(),
        kept.at(),
        kept.received(),
        kept.readAt(),
        kept.piece(),
        target == null ? null : target.bytes(),
        kept.note(),
        event == null ? null : vault.seal(BYTES, Vault.row(kept.number()), event));
    if (kept.line()) {
      latest(kept.talk());
    }
  }

  /** A line was added: its conversation is the newest one now. */
  private void latest(long talk) {
    tx.run(
        "UPDATE conversation_talk SET latest = (SELECT MAX(number) FROM conversation_event)"
            + " WHERE number = ?",
        talk);
  }

  void flags(Kept kept, int flags) {
    tx.run("UPDATE conversation_event SET flags = ? WHERE number = ?", flags, kept.number());
  }

  void piece(Kept kept, int piece) {
    tx.run("UPDATE conversation_event SET piece = ? WHERE number = ?", piece, kept.number());
  }

  /** Shows a message with a text in place of its own; null for its own. */
  void show(Kept kept, int flags, @Nullable String text) {
    byte[] sealed =
        text == null
            ? null
            : vault.seal(TEXT, Vault.row(kept.number()), text.getBytes(StandardCharsets.UTF_8));
    tx.run(
        "UPDATE conversation_event SET line = 1, flags = ?, text = ? WHERE number = ?",
        flags,
        sealed,
        kept.number());
    if (!kept.line()) {
      latest(kept.talk());
    }
  }

  /** Puts another event in the place of one, so that its content is gone. */
  void replace(Kept kept, boolean line, int flags, byte @Nullable [] event) {
    tx.run(
        "UPDATE conversation_event SET line = ?, unread = 0, flags = ?, text = NULL, bytes = ?"
            + " WHERE number = ?",
        line,
        flags,
        event == null ? null : vault.seal(BYTES, Vault.row(kept.number()), event),
        kept.number());
  }

  int unread(long talk) {
    return tx.one(
            row -> row.i32("n"),
            "SELECT COUNT(*) AS n FROM (SELECT 1 FROM conversation_event INDEXED BY"
                + " conversation_event_new WHERE unread = 1 AND line = 1 AND talk = ? LIMIT ?)",
            talk,
            MAX_UNREAD)
        .orElse(0);
  }

  // ---- settings

  boolean setting(String name, boolean unlessSaid) {
    return tx.one(
            row -> row.i64("value") != 0,
            "SELECT value FROM conversation_setting WHERE name = ?",
            name)
        .orElse(unlessSaid);
  }

  void set(String name, boolean value) {
    tx.run("INSERT OR REPLACE INTO conversation_setting (name, value) VALUES (?, ?)", name, value);
  }

  // ---- what is sealed

  /** The event; a note has none. */
  Event event(Kept kept) {
    try {
      return Event.decode(original(kept));
    } catch (Malformed e) {
      throw new IllegalStateException("authentic bytes of ours do not decode", e);
    }
  }

  /** The event's bytes, as they came. */
  byte[] original(Kept kept) {
    byte[] bytes = kept.bytes();
    if (bytes == null) {
      throw new IllegalStateException("a note is no event");
    }
    return vault.open(BYTES, Vault.row(kept.number()), bytes);
  }

  /** The text of a line as it is shown; empty if it has none (any more). */
  Optional<String> words(Kept kept) {
    if (!kept.line() || kept.gone() || kept.note() != null) {
      return Optional.empty();
    }
    return kept.text() == null ? own(event(kept).body()) : Optional.of(other(kept, kept.text()));
  }

  /** {@link #words} of an event that is open already. */
  Optional<String> words(Kept kept, Body body) {
    if (!kept.line() || kept.gone()) {
      return Optional.empty();
    }
    return kept.text() == null ? own(body) : Optional.of(other(kept, kept.text()));
  }

  private static Optional<String> own(Body body) {
    return body instanceof Body.Text own ? Optional.of(own.text()) : Optional.empty();
  }

  private String other(Kept kept, byte[] sealed) {
    return text(vault.open(TEXT, Vault.row(kept.number()), sealed));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private byte[] nameTag(byte[] name) {
    return vault.tag(NAME, name);
  }
}
