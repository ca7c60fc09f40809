package org.wayfolk.messenger.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.wayfolk.store.Resealing;
import org.wayfolk.store.SearchIndex;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/**
 * The tables of conversations.
 *
 * <p>In clear: local numbers, random ids, times, counts, places. Sealed: every event, every text
 * that is shown in place of an event's own, drafts, emoji, names of conversations.
 */
final class Tables implements Shelf {
  /** Rows in memory at once while everything is written anew. */
  private static final int ROWS = 256;

  private static final String V1 =
      """
      CREATE TABLE conversation_talk (
        number INTEGER PRIMARY KEY,
        kind INTEGER NOT NULL,
        name BLOB NOT NULL,
        name_tag BLOB NOT NULL UNIQUE,
        mine INTEGER NOT NULL,
        theirs INTEGER NOT NULL,
        lamport INTEGER NOT NULL,
        skewed_at INTEGER NOT NULL,
        draft BLOB
      ) STRICT;
      CREATE TABLE conversation_event (
        number INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        talk INTEGER NOT NULL,
        author INTEGER NOT NULL,
        device INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        place BLOB NOT NULL,
        line INTEGER NOT NULL,
        unread INTEGER NOT NULL,
        flags INTEGER NOT NULL,
        at INTEGER NOT NULL,
        received INTEGER NOT NULL,
        read_at INTEGER NOT NULL,
        piece INTEGER NOT NULL,
        target BLOB,
        note TEXT,
        bytes BLOB,
        text BLOB
      ) STRICT;
      CREATE UNIQUE INDEX conversation_event_line
        ON conversation_event (talk, place) WHERE line = 1;
      CREATE INDEX conversation_event_unread
        ON conversation_event (talk, place) WHERE unread = 1;
      CREATE INDEX conversation_event_writer
        ON conversation_event (talk, author, device, sequence) WHERE sequence > 0;
      CREATE INDEX conversation_event_target
        ON conversation_event (talk, target, kind, author, piece, place)
        WHERE target IS NOT NULL;
      CREATE TABLE conversation_writer (
        talk INTEGER NOT NULL,
        author INTEGER NOT NULL,
        device INTEGER NOT NULL,
        highest INTEGER NOT NULL,
        contiguous INTEGER NOT NULL,
        seen INTEGER NOT NULL,
        told INTEGER NOT NULL,
        theirs INTEGER NOT NULL,
        PRIMARY KEY (talk, author, device)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE conversation_reaction (
        number INTEGER PRIMARY KEY,
        talk INTEGER NOT NULL,
        target BLOB NOT NULL,
        author INTEGER NOT NULL,
        emoji_tag BLOB NOT NULL,
        emoji BLOB NOT NULL,
        place BLOB NOT NULL,
        active INTEGER NOT NULL,
        UNIQUE (talk, target, author, emoji_tag)
      ) STRICT;
      CREATE INDEX conversation_reaction_shown
        ON conversation_reaction (talk, target, author, place) WHERE active = 1;
      CREATE TABLE conversation_setting (
        name TEXT PRIMARY KEY,
        value INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      """;

  /**
   * The order of conversations is a column: {@code latest} is the row that was the newest of all
   * when the conversation got its last line. Keys of what was sent are random, and in clear.
   */
  private static final String V2 =
      """
      ALTER TABLE conversation_talk ADD COLUMN latest INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE conversation_talk ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE conversation_talk ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE conversation_talk ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
      UPDATE conversation_talk SET latest = COALESCE(
        (SELECT MAX(e.number) FROM conversation_event e
          WHERE e.line = 1 AND e.talk = conversation_talk.number), 0);
      CREATE INDEX conversation_talk_order ON conversation_talk (pinned, latest, number);
      CREATE INDEX conversation_talk_latest ON conversation_talk (latest, number);
      CREATE TABLE conversation_key (
        key BLOB PRIMARY KEY,
        message BLOB NOT NULL,
        at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX conversation_key_message ON conversation_key (message);
      """;

  /**
   * What is unread is counted for each row of the list, without a look at the lines, which lie all
   * over the file.
   */
  private static final String V3 =
      """
      CREATE INDEX conversation_event_new
        ON conversation_event (talk, place) WHERE unread = 1 AND line = 1;
      """;

  private final SearchIndex search;

  Tables(SearchIndex search) {
    this.search = search;
  }

  @Override
  public String name() {
    return "conversation";
  }

  @Override
  public List<String> migrations() {
    return List.of(V1, V2, V3);
  }

  @Override
  public void rekey(Tx tx, Vault from, Vault to) {
    Resealing.rows(tx, from, to, "conversation_talk", "number", List.of("name", "draft"));
    Resealing.rows(tx, from, to, "conversation_event", "number", List.of("bytes", "text"));
    Resealing.rows(tx, from, to, "conversation_reaction", "number", List.of("emoji"));
    Rows rows = new Rows(tx, to);
    each(tx, "conversation_talk", rows::tagTalk);
    each(tx, "conversation_reaction", new Reactions(tx, to)::retag);
    each(
        tx,
        "conversation_event",
        number ->
            rows.kept(number)
                .flatMap(rows::words)
                .ifPresent(text -> search.add(tx, to, number, text)));
  }

  /** Hands over the numbers of all rows, a few at a time, so that the rows may be changed. */
  private static void each(Tx tx, String table, Consumer<Long> row) {
    String select =
        "SELECT number FROM %s WHERE number > ? ORDER BY number LIMIT ?".formatted(table);
    long after = Long.MIN_VALUE;
    List<Long> some;
    do {
      some = new ArrayList<>(tx.list(r -> r.i64("number"), select, after, ROWS));
      some.forEach(row);
      after = some.isEmpty() ? after : some.getLast();
    } while (some.size() == ROWS);
  }
}
