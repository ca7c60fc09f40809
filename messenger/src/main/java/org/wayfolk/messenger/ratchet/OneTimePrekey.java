package org.wayfolk.messenger.ratchet;

import java.util.random.RandomGenerator;
import org.wayfolk.identity.Crypto;

/**
 * A prekey that is used for one set-up and then forgotten. It is not signed: it travels inside a
 * session, or in a bundle that its carrier signs as a whole; a false one makes the set-up fail and
 * nothing worse.
 *
 * @param id above 0; never reused by its owner
 * @param key X25519 public key, 32 bytes
 */
public record OneTimePrekey(int id, byte[] key) {

  /** Bytes of one in a codec: id, key. */
  public static final int BYTES = Integer.BYTES + Crypto.KEY_BYTES;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the id is not above 0 or the key has another length
   */
  public OneTimePrekey {
    if (id <= 0 || key.length != Crypto.KEY_BYTES) {
      throw new IllegalArgumentException("one-time prekey");
    }
  }

  /**
   * The private half, kept by its owner until it is used or 40 days old.
   *
   * @param id as the public one's
   * @param scalar X25519 private key, 32 bytes
   */
  public record Secret(int id, byte[] scalar) {

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the id is not above 0 or the key has another length
     */
    public Secret {
      if (id <= 0 || scalar.length != Crypto.KEY_BYTES) {
        throw new IllegalArgumentException("one-time prekey");
      }
    }

    /** A new one of that id, which must be above 0 and never used before. */
    public static Secret generate(int id, RandomGenerator random) {
      byte[] scalar = new byte[Crypto.KEY_BYTES];
      random.nextBytes(scalar);
      return new Secret(id, scalar);
    }

    /** What the other side is given. */
    public OneTimePrekey toPublic(Crypto crypto) {
      return new OneTimePrekey(id, crypto.x25519Public(scalar));
    }

    /** Nothing secret. */
    @Override
    public String toString() {
      return "Secret[id=" + id + "]";
    }
  }
}
