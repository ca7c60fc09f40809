package org.wayfolk.messenger.conversation;

import java.util.HexFormat;
import java.util.Optional;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.store.Tx;

/**
 * Under which key of its asker's a message was sent: whoever asks again, since the answer was lost,
 * gets the same message and sends none.
 */
record SentKeys(Tx tx) {
  /** Bytes of a key: random, so that no two askers meet. */
  static final int BYTES = 16;

  /** Who was away for longer and asks again writes a new message. */
  static final long KEPT_MILLIS = 30 * 86_400_000L;

  Optional<EventId> message(byte[] key) {
    return tx.one(
        row -> EventId.of(row.blob("message")),
        "SELECT message FROM conversation_key WHERE key = ?",
        (Object) key);
  }

  Optional<String> key(EventId message) {
    return tx.one(
        row -> HexFormat.of().formatHex(row.blob("key")),
        "SELECT key FROM conversation_key WHERE message = ? LIMIT 1",
        (Object) message.bytes());
  }

  void keep(byte[] key, EventId message, long now) {
    tx.run(
        "INSERT INTO conversation_key (key, message, at) VALUES (?, ?, ?)",
        key,
        message.bytes(),
        now);
  }

  void purge(long now) {
    tx.run("DELETE FROM conversation_key WHERE at < ?", now - KEPT_MILLIS);
  }
}
