package org.wayfolk.messenger.session;

import java.util.List;
import org.wayfolk.store.Resealing;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/**
 * The tables of sessions. In clear: local numbers, times, names of sessions and prekeys (hashes and
 * random numbers). Sealed: every ratchet state and every key, a friend's public ones too.
 */
final class SessionShelf implements Shelf {

  private static final String V1 =
      """
      CREATE TABLE session_peer (
        id INTEGER PRIMARY KEY,
        friend INTEGER NOT NULL,
        device INTEGER NOT NULL,
        generation INTEGER NOT NULL DEFAULT 0,
        ask BLOB,
        asked_at INTEGER NOT NULL DEFAULT 0,
        reset_at INTEGER NOT NULL DEFAULT 0,
        request BLOB,
        request_at INTEGER NOT NULL DEFAULT 0,
        last BLOB,
        given_signed INTEGER NOT NULL DEFAULT 0,
        held_of_yours INTEGER,
        held_of_mine INTEGER,
        bundle BLOB,
        UNIQUE (friend, device)
      ) STRICT;
      CREATE TABLE session_state (
        id INTEGER PRIMARY KEY,
        peer INTEGER NOT NULL REFERENCES session_peer (id),
        session BLOB NOT NULL,
        generation INTEGER NOT NULL,
        mine INTEGER NOT NULL,
        confirmed INTEGER NOT NULL,
        renewed INTEGER NOT NULL,
        since INTEGER NOT NULL,
        accepted INTEGER NOT NULL DEFAULT 0,
        arrived INTEGER NOT NULL DEFAULT 0,
        ended INTEGER,
        state BLOB
      ) STRICT;
      CREATE INDEX session_state_peer ON session_state (peer, ended);
      CREATE TABLE session_theirs (
        id INTEGER PRIMARY KEY,
        peer INTEGER NOT NULL REFERENCES session_peer (id),
        prekey INTEGER NOT NULL,
        key BLOB,
        UNIQUE (peer, prekey)
      ) STRICT;
      CREATE TABLE session_own (
        id INTEGER PRIMARY KEY,
        made INTEGER NOT NULL,
        secret BLOB
      ) STRICT;
      CREATE TABLE session_given (
        id INTEGER PRIMARY KEY,
        peer INTEGER,
        answer INTEGER NOT NULL,
        fresh INTEGER NOT NULL,
        at INTEGER NOT NULL,
        secret BLOB
      ) STRICT;
      CREATE INDEX session_given_peer ON session_given (peer);
      CREATE TABLE session_seen (
        id INTEGER PRIMARY KEY,
        peer INTEGER NOT NULL REFERENCES session_peer (id),
        hash BLOB NOT NULL,
        at INTEGER NOT NULL,
        UNIQUE (peer, hash)
      ) STRICT;
      CREATE TABLE session_begun (
        session BLOB PRIMARY KEY,
        peer INTEGER NOT NULL,
        at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      """;

  private static final String V2 =
      "ALTER TABLE session_state ADD COLUMN welcomed INTEGER NOT NULL DEFAULT 0;";

  @Override
  public String name() {
    return "session";
  }

  @Override
  public List<String> migrations() {
    return List.of(V1, V2);
  }

  @Override
  public void rekey(Tx tx, Vault from, Vault to) {
    Resealing.rows(tx, from, to, "session_peer", "id", List.of("bundle"));
    Resealing.rows(tx, from, to, "session_state", "id", List.of("state"));
    Resealing.rows(tx, from, to, "session_theirs", "id", List.of("key"));
    Resealing.rows(tx, from, to, "session_own", "id", List.of("secret"));
    Resealing.rows(tx, from, to, "session_given", "id", List.of("secret"));
  }
}
