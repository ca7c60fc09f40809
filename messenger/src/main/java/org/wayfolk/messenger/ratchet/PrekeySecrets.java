package org.wayfolk.messenger.ratchet;

import java.util.random.RandomGenerator;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.MlKem768;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The private half of the signed prekeys of one {@link PrekeyBundle}.
 *
 * <p>Encoded: {@code version 1 = 1 ‖ id 4 ‖ created 8 ‖ X25519 scalar 32 ‖ ML-KEM seed 64}.
 *
 * @param id above 0; never reused by this device
 * @param created milliseconds since the epoch
 * @param scalar X25519 private key, 32 bytes
 * @param kemSeed seed of the ML-KEM-768 key pair, 64 bytes
 */
public record PrekeySecrets(int id, long created, byte[] scalar, byte[] kemSeed) {

  /** How long a bundle is handed out before a new one is made: 7 days. */
  public static final long CURRENT_MILLIS = 7L * 24 * 60 * 60 * 1000;

  /** How long the private half is kept, from its making: 40 days, then it is deleted. */
  public static final long KEPT_MILLIS = 40L * 24 * 60 * 60 * 1000;

  private static final int VERSION = 1;
  private static final int BYTES =
      1 + Integer.BYTES + Long.BYTES + Crypto.KEY_BYTES + MlKem768.SEED_BYTES;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the id is not above 0 or a length is wrong
   */
  public PrekeySecrets {
    if (id <= 0 || scalar.length != Crypto.KEY_BYTES || kemSeed.length != MlKem768.SEED_BYTES) {
      throw new IllegalArgumentException("prekey secrets");
    }
  }

  /** New ones of that id, which must be above 0 and never used before. */
  public static PrekeySecrets generate(int id, RandomGenerator random, long now) {
    byte[] scalar = new byte[Crypto.KEY_BYTES];
    byte[] seed = new byte[MlKem768.SEED_BYTES];
    random.nextBytes(scalar);
    random.nextBytes(seed);
    return new PrekeySecrets(id, now, scalar, seed);
  }

  /** The public half, signed by this device, without a one-time prekey. */
  public PrekeyBundle bundle(Crypto crypto, PrekeyBundle.Signer signer) {
    byte[] curve = crypto.x25519Public(scalar);
    byte[] kem;
    try (MlKem768.KeyPair pair = MlKem768.keyPair(kemSeed)) {
      kem = pair.publicKey();
    }
    return new PrekeyBundle(
        id,
        created,
        PrekeyBundle.sign(signer, PrekeyBundle.CURVE, id, created, curve),
        PrekeyBundle.sign(signer, PrekeyBundle.KEM, id, created, kem),
        null);
  }

  /** The bytes for the store. Secret: to be sealed by the vault. */
  public byte[] encode() {
    return new Writer(BYTES)
        .u8(VERSION)
        .i32(id)
        .i64(created)
        .bytes(scalar)
        .bytes(kemSeed)
        .toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws Malformed if it is of another version or damaged
   */
  public static PrekeySecrets decode(byte[] bytes) throws Malformed {
    Reader in = new Reader(bytes);
    if (in.u8() != VERSION) {
      throw new Malformed("prekey secrets: version");
    }
    int id = Ids.some(in.i32());
    long created = in.i64();
    byte[] scalar = in.copy(Crypto.KEY_BYTES);
    byte[] seed = in.copy(MlKem768.SEED_BYTES);
    in.end();
    return new PrekeySecrets(id, created, scalar, seed);
  }

  /** Nothing secret. */
  @Override
  public String toString() {
    return "PrekeySecrets[id=" + id + "]";
  }
}
