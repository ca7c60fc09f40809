package org.wayfolk.messenger.conversation;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.store.Row;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** The list of conversations: their order, and what is chosen for each. */
record Desk(Tx tx, Vault vault) {
  /** Where a conversation stands in the order. */
  private record Spot(long pinned, long latest) {}

  /** A conversation in the list. */
  record Item(long number, Brief.Choices choices) {}

  private static final String SELECT =
      "SELECT number, muted, pinned, archived FROM conversation_talk ";

  private static Item item(Row row) {
    return new Item(
        row.i64("number"),
        new Brief.Choices(row.i64("muted") != 0, row.i64("pinned") != 0, row.i64("archived") != 0));
  }

  Optional<Item> item(long talk) {
    return tx.one(Desk::item, SELECT + "WHERE number = ?", talk);
  }

  /** Pinned ones first, then those with the newest line; behind one of them, or from the first. */
  List<Item> items(@Nullable Long after, int count) {
    Optional<Spot> spot = after == null ? Optional.empty() : spot(after);
    if (spot.isEmpty()) {
      return tx.list(
          Desk::item, SELECT + "ORDER BY pinned DESC, latest DESC, number DESC LIMIT ?", count);
    }
    return tx.list(
        Desk::item,
        SELECT
            + "WHERE (pinned, latest, number) < (?, ?, ?)"
            + " ORDER BY pinned DESC, latest DESC, number DESC LIMIT ?",
        spot.get().pinned(),
        spot.get().latest(),
        after,
        count);
  }

  private Optional<Spot> spot(long talk) {
    return tx.one(
        row -> new Spot(row.i64("pinned"), row.i64("latest")),
        "SELECT pinned, latest FROM conversation_talk WHERE number = ?",
        talk);
  }

  /** Those that ever had a line, the newest first. */
  List<Long> byNewest() {
    return tx.list(
        row -> row.i64("number"),
        "SELECT number FROM conversation_talk WHERE latest > 0 ORDER BY latest DESC, number DESC");
  }

  /** What is chosen, by numbers; those of whom nothing is chosen are left out. */
  Map<Long, Brief.Choices> chosen() {
    Map<Long, Brief.Choices> all = new HashMap<>();
    tx.each(
        row -> all.put(row.i64("number"), item(row).choices()),
        SELECT + "WHERE muted = 1 OR pinned = 1 OR archived = 1");
    return all;
  }

  List<Long> all() {
    return tx.list(row -> row.i64("number"), "SELECT number FROM conversation_talk");
  }

  boolean choose(long talk, Brief.Choice choice, boolean on) {
    String column = choice.name().toLowerCase(Locale.ROOT);
    return tx.run(
            "UPDATE conversation_talk SET %1$s = ? WHERE number = ? AND %1$s <> ?"
                .formatted(column),
            on,
            talk,
            on)
        > 0;
  }

  Optional<EventId> firstUnread(long talk) {
    return tx.one(
        row -> EventId.of(row.blob("id")),
        "SELECT id FROM conversation_event INDEXED BY conversation_event_new"
            + " WHERE unread = 1 AND line = 1 AND talk = ? ORDER BY place LIMIT 1",
        talk);
  }

  /** Conversations that are looked at for what is unread: nobody reads a greater number. */
  private static final int MAX_UNREAD = 1_000;

  /** How many conversations have lines that are not read, without those that are muted. */
  int unread() {
    // One step for each such conversation, however many lines wait in it.
    return tx.one(
            row -> row.i32("n"),
            "WITH RECURSIVE t (x) AS (SELECT MIN(talk) FROM conversation_event"
                + " INDEXED BY conversation_event_new WHERE unread = 1 AND line = 1"
                + " UNION ALL SELECT (SELECT MIN(talk) FROM conversation_event"
                + " INDEXED BY conversation_event_new"
                + " WHERE unread = 1 AND line = 1 AND talk > x) FROM t WHERE x IS NOT NULL LIMIT ?)"
                + " SELECT COUNT(*) AS n FROM t JOIN conversation_talk k ON k.number = t.x"
                + " WHERE k.muted = 0",
            MAX_UNREAD)
        .orElse(0);
  }

  /** Lines that can be shown, of all conversations. */
  long lines() {
    return tx.one(
            row -> row.i64("n"), "SELECT COUNT(*) AS n FROM conversation_event WHERE line = 1")
        .orElse(0L);
  }

  int talks() {
    return tx.one(row -> row.i32("n"), "SELECT COUNT(*) AS n FROM conversation_talk").orElse(0);
  }
}
