package org.wayfolk.messenger.outbox;

import java.util.List;
import org.wayfolk.store.Resealing;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/**
 * The tables of the outbox. {@code waits} is 1 while a delivery is still to be made, {@code flight}
 * a random number while it is under way, else 0; {@code left_tries} counts the tries of which a
 * byte may have left. Sealed: events, and controls, which name people. A delivery's payload is a
 * ratchet message: sealed for its receiver alone.
 */
final class OutboxShelf implements Shelf {

  private static final String V1 =
      """
      CREATE TABLE outbox_journal (
        id INTEGER PRIMARY KEY,
        event BLOB NOT NULL UNIQUE,
        bytes BLOB
      ) STRICT;
      CREATE TABLE outbox_delivery (
        id INTEGER PRIMARY KEY,
        event BLOB NOT NULL,
        friend INTEGER NOT NULL,
        device INTEGER NOT NULL,
        place INTEGER NOT NULL,
        replaces BLOB,
        waits INTEGER NOT NULL,
        flight INTEGER NOT NULL DEFAULT 0,
        stage TEXT NOT NULL,
        why TEXT NOT NULL,
        queued_at INTEGER NOT NULL,
        sent_at INTEGER NOT NULL DEFAULT 0,
        delivered_at INTEGER NOT NULL DEFAULT 0,
        tries INTEGER NOT NULL DEFAULT 0,
        left_tries INTEGER NOT NULL DEFAULT 0,
        refused INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER NOT NULL DEFAULT 0,
        hops INTEGER NOT NULL DEFAULT 0,
        round_trip INTEGER NOT NULL DEFAULT 0,
        payload BLOB,
        UNIQUE (event, friend, device)
      ) STRICT;
      CREATE INDEX outbox_delivery_waits ON outbox_delivery (friend, device, place)
        WHERE waits = 1;
      CREATE INDEX outbox_delivery_rests ON outbox_delivery (friend, device, next_at)
        WHERE waits = 1 AND next_at > 0;
      CREATE INDEX outbox_delivery_flight ON outbox_delivery (friend, device) WHERE flight <> 0;
      CREATE TABLE outbox_control (
        id INTEGER PRIMARY KEY,
        friend INTEGER NOT NULL,
        device INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        flight INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER NOT NULL DEFAULT 0,
        tries INTEGER NOT NULL DEFAULT 0,
        payload BLOB,
        UNIQUE (friend, device, kind)
      ) STRICT;
      CREATE TABLE outbox_lane (
        friend INTEGER NOT NULL,
        device INTEGER NOT NULL,
        failures INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER NOT NULL DEFAULT 0,
        failed_at INTEGER NOT NULL DEFAULT 0,
        seen_at INTEGER NOT NULL DEFAULT 0,
        deaf INTEGER NOT NULL DEFAULT 0,
        why TEXT NOT NULL DEFAULT 'NOTHING',
        PRIMARY KEY (friend, device)
      ) STRICT, WITHOUT ROWID;
      """;

  /** No lane is deaf: whoever answers, but takes nothing yet, is asked again when it is seen. */
  private static final String V2 = "ALTER TABLE outbox_lane DROP COLUMN deaf;";

  /** How what arrived last came there: asked for each friend that is shown. */
  private static final String V3 =
      """
      ALTER TABLE outbox_lane ADD COLUMN arrived_at INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE outbox_lane ADD COLUMN hops INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE outbox_lane ADD COLUMN round_trip INTEGER NOT NULL DEFAULT 0;
      """;

  /**
   * {@code counts_as}: the sequence that an event counts for where its own was given out twice.
   * {@code renewed_at}, {@code renewed_before}: when the last lost session was made anew, and the
   * one before.
   */
  private static final String V4 =
      """
      ALTER TABLE outbox_delivery ADD COLUMN counts_as INTEGER;
      CREATE INDEX outbox_delivery_counts ON outbox_delivery (friend, device, counts_as)
        WHERE counts_as IS NOT NULL;
      ALTER TABLE outbox_lane ADD COLUMN renewed_at INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE outbox_lane ADD COLUMN renewed_before INTEGER NOT NULL DEFAULT 0;
      """;

  @Override
  public String name() {
    return "outbox";
  }

  @Override
  public List<String> migrations() {
    return List.of(V1, V2, V3, V4);
  }

  @Override
  public void rekey(Tx tx, Vault from, Vault to) {
    Resealing.rows(tx, from, to, "outbox_journal", "id", List.of("bytes"));
    Resealing.rows(tx, from, to, "outbox_control", "id", List.of("payload"));
    // The keys of what replaces what are tags: what waits under an old one is just not replaced.
    tx.run("UPDATE outbox_delivery SET replaces = NULL WHERE replaces IS NOT NULL");
  }
}
