package org.wayfolk.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The sealing keys of a node: one current pair a suite, and the older ones that late messages may
 * still need. Independent of the master seed, so that who steals the seed reads nothing of before.
 * A pair is current for a day and is wiped after three: that is the node's forward secrecy at rest.
 *
 * <p>Pure state: time is an argument, in milliseconds since the epoch, and so is randomness. Safe
 * for many threads. The owner writes {@link #encode} to the home's file {@code sealing} whenever
 * {@link #rotate} returned true, before the new key is published.
 *
 * <p>The file: {@code "wfsk" ‖ version 1 ‖ uvarint count ‖ count × (suite code 1 ‖ made 8 ‖ seed
 * 32) ‖ SHA-256 of all before 32}, oldest first.
 */
public final class SealingKeys implements AutoCloseable {

  /** How long a pair is the one that others are told. */
  public static final long CURRENT_MILLIS = 24L * 60 * 60 * 1000;

  /** How long a pair can open, from its making; then its private half is wiped. */
  public static final long KEPT_MILLIS = 3 * CURRENT_MILLIS;

  // Three days of two suites are eight; a clock that jumps about makes more, and then the oldest
  // go.
  static final int MAX_PAIRS = 32;

  private static final byte[] MAGIC = {'w', 'f', 's', 'k', 1};
  private static final int ENTRY_BYTES = 1 + Long.BYTES + HpkeSuite.SEED_BYTES;
  private static final int MAX_FILE =
      MAGIC.length + 1 + MAX_PAIRS * ENTRY_BYTES + Crypto.HASH_BYTES;

  private final Crypto crypto;
  private final List<Made> pairs = new ArrayList<>(); // oldest first; guarded by this

  private record Made(long at, byte[] id, SealingKeyPair pair) {}

  /** Keys of a node that has none yet: {@link #rotate} makes the first. */
  public SealingKeys(Crypto crypto) {
    this.crypto = crypto;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws Malformed if it is of another version, damaged or cut; the caller may then start with
   *     new keys, at the price that messages under way are sealed again by their senders
   */
  public static SealingKeys decode(Crypto crypto, byte[] file) throws Malformed {
    int body = file.length - Crypto.HASH_BYTES;
    if (body < MAGIC.length || file.length > MAX_FILE) {
      throw new Malformed("sealing keys: size");
    }
    if (!Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new Malformed("sealing keys: version");
    }
    byte[] sum = crypto.sha256(Arrays.copyOf(file, body));
    if (!Arrays.equals(sum, Arrays.copyOfRange(file, body, file.length))) {
      throw new Malformed("sealing keys: damaged");
    }
    SealingKeys keys = new SealingKeys(crypto);
    Reader in = new Reader(file, MAGIC.length, body - MAGIC.length);
    int count = in.count(MAX_PAIRS);
    for (int i = 0; i < count; i++) {
      HpkeSuite suite = HpkeSuite.ofCode(in.u8());
      long at = in.i64();
      byte[] seed = in.copy(HpkeSuite.SEED_BYTES);
      keys.add(at, suite.keyPair(crypto, seed));
      Arrays.fill(seed, (byte) 0);
    }
    in.end();
    return keys;
  }

  /** The file's bytes. They are secret: 0600, and the array wiped after use. */
  public synchronized byte[] encode() {
    byte[] whole = new byte[MAX_FILE];
    Writer out = new Writer(whole, 0);
    out.bytes(MAGIC).uvarint(pairs.size());
    for (Made made : pairs) {
      byte[] seed = made.pair.seed();
      out.u8(made.pair.suite().code()).i64(made.at).bytes(seed);
      Arrays.fill(seed, (byte) 0);
    }
    byte[] body = out.toBytes();
    byte[] file = Nodenet.concat(body, crypto.sha256(body));
    Arrays.fill(body, (byte) 0);
    Arrays.fill(whole, (byte) 0);
    return file;
  }

  /**
   * Brings the keys up to date: makes a pair for each suite whose newest is a day old or from the
   * future by more than a day, and wipes those older than three days. Call it at start and every
   * few minutes.
   *
   * @return whether anything changed, so that the file must be written
   */
  public synchronized boolean rotate(long nowMillis, RandomGenerator random, HpkeSuite... suites) {
    boolean changed = dropOld(nowMillis);
    for (HpkeSuite suite : suites) {
      Made newest = newest(suite);
      if (newest == null || Math.abs(nowMillis - newest.at) >= CURRENT_MILLIS) {
        byte[] seed = new byte[HpkeSuite.SEED_BYTES];
        random.nextBytes(seed);
        add(nowMillis, suite.keyPair(crypto, seed));
        Arrays.fill(seed, (byte) 0);
        changed = true;
      }
    }
    return changed;
  }

  // A pair from the future (the clock was set back) counts its age the other way round, so that it
  // goes too.
  private boolean dropOld(long nowMillis) {
    boolean dropped = false;
    for (Iterator<Made> i = pairs.iterator(); i.hasNext(); ) {
      Made made = i.next();
      if (Math.abs(nowMillis - made.at) >= KEPT_MILLIS) {
        made.pair.close();
        i.remove();
        dropped = true;
      }
    }
    return dropped;
  }

  private synchronized void add(long at, SealingKeyPair pair) {
    if (pairs.size() == MAX_PAIRS) {
      pairs.removeFirst().pair.close();
    }
    pairs.add(new Made(at, pair.id(crypto), pair));
  }

  private @Nullable Made newest(HpkeSuite suite) {
    for (Made made : pairs.reversed()) {
      if (made.pair.suite() == suite) {
        return made;
      }
    }
    return null;
  }

  /**
   * The pair of a suite that others are told; empty before the first {@link #rotate} with that
   * suite.
   */
  public synchronized Optional<SealingKeyPair> current(HpkeSuite suite) {
    return Optional.ofNullable(newest(suite)).map(Made::pair);
  }

  /** The pair of an 8-byte key id at {@code offset} of a message, while we have it. */
  public synchronized Optional<SealingKeyPair> find(byte[] from, int offset) {
    for (Made made : pairs.reversed()) {
      if (Arrays.equals(
          from, offset, offset + SealingKeyPair.ID_BYTES, made.id, 0, SealingKeyPair.ID_BYTES)) {
        return Optional.of(made.pair);
      }
    }
    return Optional.empty();
  }

  /** How many pairs are kept. */
  public synchronized int size() {
    return pairs.size();
  }

  /** Wipes every private half. */
  @Override
  public synchronized void close() {
    for (Made made : pairs) {
      made.pair.close();
    }
    pairs.clear();
  }
}
