package org.wayfolk.messenger.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.ratchet.OneTimePrekey;
import org.wayfolk.messenger.ratchet.PrekeyBundle;
import org.wayfolk.messenger.ratchet.PrekeySecrets;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Row;
import org.wayfolk.store.Vault;
import org.wayfolk.wire.Malformed;

/**
 * Prekeys: our signed ones, the one-time ones we gave away, and those that devices of friends gave
 * us.
 *
 * <p>Ids are drawn, not counted: a disk that went back would give a counted id to another key.
 */
final class Prekeys {
  /** One-time prekeys of a device kept though a newer session has others: two stocks. */
  private static final int MAX_STALE = 2 * Inside.STOCK;

  /** Prekeys in invitations and answers that nobody has used: beyond, the oldest are of no use. */
  private static final int MAX_LOOSE = 64;

  /**
   * A friend's signed prekeys are not begun with in their last ten days: clocks and mail differ.
   */
  private static final long USE_MILLIS = PrekeySecrets.KEPT_MILLIS - 10L * 24 * 3_600_000;

  private static final String OWN = "session_own.secret";
  private static final String GIVEN = "session_given.secret";
  private static final String THEIRS = "session_theirs.key";
  private static final String BUNDLE = "session_peer.bundle";

  private final Crypto crypto;

  Prekeys(Crypto crypto) {
    this.crypto = crypto;
  }

  /** A one-time prekey of ours; {@code answer} if it stood in a bundle for that device. */
  record Given(OneTimePrekey.Secret secret, @Nullable Long peer, boolean answer) {}

  // Ours, signed.

  PrekeySecrets current(Turn t) {
    Optional<PrekeySecrets> newest =
        t.tx()
            .one(
                r -> own(t, r),
                "SELECT id, secret FROM session_own WHERE made > ? AND made <= ?"
                    + " ORDER BY made DESC LIMIT 1",
                t.now() - PrekeySecrets.CURRENT_MILLIS,
                t.now());
    return newest.orElseGet(() -> make(t));
  }

  /** Id of what {@link #current} would answer; 0 if it would make new ones. */
  int currentId(Turn t) {
    return t.tx()
        .one(
            r -> (int) r.i64("id"),
            "SELECT id FROM session_own WHERE made > ? AND made <= ? ORDER BY made DESC LIMIT 1",
            t.now() - PrekeySecrets.CURRENT_MILLIS,
            t.now())
        .orElse(0);
  }

  private PrekeySecrets make(Turn t) {
    int id = draw(t, "session_own");
    PrekeySecrets made = PrekeySecrets.generate(id, t.random(), t.now());
    t.tx()
        .run(
            "INSERT INTO session_own (id, made, secret) VALUES (?, ?, ?)",
            id,
            t.now(),
            t.vault().seal(OWN, Vault.row(id), made.encode()));
    return made;
  }

  Optional<PrekeySecrets> own(Turn t, int id) {
    return t.tx().one(r -> own(t, r), "SELECT id, secret FROM session_own WHERE id = ?", id);
  }

  private static PrekeySecrets own(Turn t, Row r) {
    try {
      return PrekeySecrets.decode(t.vault().open(OWN, Vault.row(r.i64("id")), r.blob("secret")));
    } catch (Malformed e) {
      throw new IllegalStateException("prekeys of our own that we cannot read", e);
    }
  }

  /**
   * Our signed prekeys with a one-time one, which is known to be an answer if {@code to} is one.
   */
  PrekeyBundle bundle(Turn t, PrekeyBundle.Signer signer, @Nullable Peer to) {
    OneTimePrekey.Secret one = give(t, to == null ? null : to.id(), to != null);
    t.tx()
        .run(
            "DELETE FROM session_given WHERE (answer = 1 OR peer IS NULL) AND id NOT IN (SELECT id"
                + " FROM session_given WHERE answer = 1 OR peer IS NULL ORDER BY at DESC LIMIT ?)",
            MAX_LOOSE);
    return current(t).bundle(crypto, signer).with(one.toPublic(crypto));
  }

  // Ours, one-time.

  /** A whole new stock for a device, as a session begins. */
  List<OneTimePrekey> stock(Turn t, Peer p) {
    t.tx().run("UPDATE session_given SET fresh = 0 WHERE peer = ?", p.id());
    t.tx()
        .run(
            "DELETE FROM session_given WHERE peer = ? AND answer = 0 AND id NOT IN (SELECT id FROM"
                + " session_given WHERE peer = ? AND answer = 0 ORDER BY at DESC LIMIT ?)",
            p.id(),
            p.id(),
            MAX_STALE - Inside.STOCK);
    return giveUp(t, p, Inside.STOCK);
  }

  /** What a device has used of its stock, once it is half of it. */
  List<OneTimePrekey> refill(Turn t, Peer p) {
    long left =
        t.tx()
            .one(
                r -> r.i64("n"),
                "SELECT count(*) AS n FROM session_given WHERE peer = ? AND fresh = 1",
                p.id())
            .orElse(0L);
    return left > Inside.STOCK / 2 ? List.of() : giveUp(t, p, (int) (Inside.STOCK - left));
  }

  private List<OneTimePrekey> giveUp(Turn t, Peer p, int count) {
    List<OneTimePrekey> out = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      out.add(give(t, p.id(), false).toPublic(crypto));
    }
    return out;
  }

  private OneTimePrekey.Secret give(Turn t, @Nullable Long peer, boolean answer) {
    int id = draw(t, "session_given");
    OneTimePrekey.Secret secret = OneTimePrekey.Secret.generate(id, t.random());
    t.tx()
        .run(
            "INSERT INTO session_given (id, peer, answer, fresh, at, secret)"
                + " VALUES (?, ?, ?, ?, ?, ?)",
            id,
            peer,
            answer,
            peer != null && !answer,
            t.now(),
            t.vault().seal(GIVEN, Vault.row(id), secret.scalar()));
    return secret;
  }

  Optional<Given> given(Turn t, int id) {
    return t.tx()
        .one(
            r ->
                new Given(
                    new OneTimePrekey.Secret(
                        id, t.vault().open(GIVEN, Vault.row(id), r.blob("secret"))),
                    r.isNull("peer") ? null : (Long) r.i64("peer"),
                    r.i64("answer") != 0),
            "SELECT peer, answer, secret FROM session_given WHERE id = ?",
            id);
  }

  /** Wipes a one-time prekey: it was used. */
  void used(Turn t, int id) {
    t.tx().run("DELETE FROM session_given WHERE id = ?", id);
  }

  private static int draw(Turn t, String table) {
    IntSupplier some = () -> 1 + t.random().nextInt(Integer.MAX_VALUE - 1);
    int id = some.getAsInt();
    while (t.tx().one(r -> true, "SELECT 1 FROM " + table + " WHERE id = ?", id).isPresent()) {
      id = some.getAsInt();
    }
    return id;
  }

  // Theirs.

  /** Takes what a message brought; {@code whole} if it replaces what was there. */
  void take(Turn t, Peer p, Inside inside, boolean whole) throws Malformed {
    PrekeyBundle signed = inside.signed();
    if (signed != null) {
      signed.verify(crypto, p.device().certificate().claim().deviceKey());
      t.tx()
          .run(
              "UPDATE session_peer SET bundle = ? WHERE id = ?",
              t.vault().seal(BUNDLE, Vault.row(p.id()), signed.encode()),
              p.id());
    }
    if (whole) {
      t.tx().run("DELETE FROM session_theirs WHERE peer = ?", p.id());
    }
    for (OneTimePrekey one : inside.oneTime()) {
      t.tx().run("DELETE FROM session_theirs WHERE peer = ? AND prekey = ?", p.id(), one.id());
      long id =
          t.tx()
              .insert("INSERT INTO session_theirs (peer, prekey) VALUES (?, ?)", p.id(), one.id());
      byte[] sealed = t.vault().seal(THEIRS, Vault.row(id), one.key());
      t.tx().run("UPDATE session_theirs SET key = ? WHERE id = ?", sealed, id);
    }
    t.tx()
        .run(
            "DELETE FROM session_theirs WHERE peer = ? AND id NOT IN (SELECT id FROM session_theirs"
                + " WHERE peer = ? ORDER BY id DESC LIMIT ?)",
            p.id(),
            p.id(),
            Inside.STOCK);
  }

  /** Whether a session can be begun with this device at once. */
  boolean any(Turn t, Peer p) {
    return signed(t, p).isPresent()
        && t.tx()
            .one(r -> true, "SELECT 1 FROM session_theirs WHERE peer = ? LIMIT 1", p.id())
            .isPresent();
  }

  /** Takes one out: it is used at once. */
  Optional<PrekeyBundle> use(Turn t, Peer p) {
    Optional<PrekeyBundle> signed = signed(t, p);
    if (signed.isEmpty()) {
      return Optional.empty();
    }
    record Theirs(long id, OneTimePrekey key) {}
    Optional<Theirs> one =
        t.tx()
            .one(
                r -> {
                  byte[] row = Vault.row(r.i64("id"));
                  byte[] key = t.vault().open(THEIRS, row, r.blob("key"));
                  return new Theirs(r.i64("id"), new OneTimePrekey((int) r.i64("prekey"), key));
                },
                "SELECT id, prekey, key FROM session_theirs WHERE peer = ? ORDER BY id LIMIT 1",
                p.id());
    one.ifPresent(o -> t.tx().run("DELETE FROM session_theirs WHERE id = ?", o.id));
    return one.map(o -> signed.get().with(o.key));
  }

  private Optional<PrekeyBundle> signed(Turn t, Peer p) {
    return t.tx()
        .one(
            r -> {
              try {
                return PrekeyBundle.decode(
                    t.vault().open(BUNDLE, Vault.row(p.id()), r.blob("bundle")));
              } catch (Malformed e) {
                throw new IllegalStateException("a bundle that was checked when it came", e);
              }
            },
            "SELECT bundle FROM session_peer WHERE id = ? AND bundle IS NOT NULL",
            p.id())
        .filter(b -> Math.abs(t.now() - b.created()) < USE_MILLIS);
  }

  void tidy(Turn t) {
    long before = t.now() - PrekeySecrets.KEPT_MILLIS;
    t.tx().run("DELETE FROM session_own WHERE made < ?", before);
    t.tx().run("DELETE FROM session_given WHERE at < ?", before);
  }
}
