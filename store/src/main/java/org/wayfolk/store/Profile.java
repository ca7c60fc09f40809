package org.wayfolk.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How the profile key lies in the file: in clear, or sealed under the key of a passphrase.
 *
 * @param key 32 bytes in clear if {@code lock} is null, else nonce (24), ciphertext (32), tag (16)
 * @param lock the passphrase's parameters, or null
 * @param scrub whether traces of an earlier key may still be in free pages or in the log
 */
record Profile(byte[] key, @Nullable PassphraseKey lock, boolean scrub) {

  /** The store's own shelf. */
  static final String SHELF = "store";

  static final List<String> MIGRATIONS =
      List.of(
          """
          CREATE TABLE store_profile (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            key BLOB NOT NULL,
            salt BLOB,
            memory INTEGER,
            passes INTEGER,
            lanes INTEGER,
            scrub INTEGER NOT NULL
          ) STRICT;
          """);

  private static final int WRAPPED = XChaCha.NONCE + XChaCha.KEY + XChaCha.TAG;

  static Profile inClear(byte[] profileKey, boolean scrub) {
    return new Profile(profileKey.clone(), null, scrub);
  }

  static Profile locked(
      byte[] profileKey, byte[] passphrase, RandomGenerator random, boolean scrub) {
    byte[] salt = new byte[PassphraseKey.SALT];
    byte[] nonce = new byte[XChaCha.NONCE];
    synchronized (random) {
      random.nextBytes(salt);
      random.nextBytes(nonce);
    }
    PassphraseKey lock = PassphraseKey.today(salt);
    byte[] wrapping = lock.derive(passphrase);
    byte[] wrapped = Arrays.copyOf(nonce, WRAPPED);
    XChaCha.seal(wrapping, nonce, bound(lock), profileKey, wrapped, XChaCha.NONCE);
    Arrays.fill(wrapping, (byte) 0);
    return new Profile(wrapped, lock, scrub);
  }

  Profile scrubbed() {
    return new Profile(key, lock, false);
  }

  /** Forgets a key that lay here in clear. */
  void wipe() {
    if (lock == null) {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The profile key in clear. */
  byte[] unwrap(PassphraseKey with, byte[] passphrase) throws WrongPassphrase {
    byte[] wrapping = with.derive(passphrase);
    byte[] nonce = Arrays.copyOf(key, XChaCha.NONCE);
    byte[] profileKey = XChaCha.open(wrapping, nonce, bound(with), key, XChaCha.NONCE);
    Arrays.fill(wrapping, (byte) 0);
    if (profileKey == null) {
      throw new WrongPassphrase();
    }
    return profileKey;
  }

  void write(Tx tx) {
    tx.run(
        "INSERT INTO store_profile (one, key, salt, memory, passes, lanes, scrub)"
            + " VALUES (1, ?, ?, ?, ?, ?, ?) ON CONFLICT (one) DO UPDATE SET key = excluded.key,"
            + " salt = excluded.salt, memory = excluded.memory, passes = excluded.passes,"
            + " lanes = excluded.lanes, scrub = excluded.scrub",
        key,
        lock == null ? null : lock.salt(),
        lock == null ? null : lock.memoryKib(),
        lock == null ? null : lock.passes(),
        lock == null ? null : lock.lanes(),
        scrub);
  }

  static @Nullable Profile read(Tx tx) throws IOException {
    Profile profile =
        tx.one(
                row ->
                    new Profile(
                        row.blob("key"),
                        row.isNull("salt")
                            ? null
                            : new PassphraseKey(
                                row.blob("salt"),
                                row.i32("memory"),
                                row.i32("passes"),
                                row.i32("lanes")),
                        row.i64("scrub") != 0),
                "SELECT key, salt, memory, passes, lanes, scrub FROM store_profile")
            .orElse(null);
    if (profile != null && !profile.sane()) {
      throw new IOException("the profile key's row is damaged: restore your backup");
    }
    return profile;
  }

  private boolean sane() {
    return lock == null ? key.length == XChaCha.KEY : key.length == WRAPPED && lock.sane();
  }

  private static byte[] bound(PassphraseKey lock) {
    byte[] label = "wayfolk store 1 profile key".getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(label.length + lock.salt().length + 12)
        .put(label)
        .put(lock.salt())
        .putInt(lock.memoryKib())
        .putInt(lock.passes())
        .putInt(lock.lanes())
        .array();
  }
}
