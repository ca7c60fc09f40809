package org.wayfolk.messenger.ratchet;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.MlKem768;
import org.wayfolk.identity.Purpose;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * What one needs to begin a session with a device: its signed prekeys of both kinds and, if it gave
 * one, a one-time prekey.
 *
 * <pre>
 * bundle   suite 1 = 1 ‖ id 4 ‖ created 8 (ms) ‖ X25519 key 32 ‖ its signature 64
 *          ‖ ML-KEM-768 key 1184 ‖ its signature 64 ‖ one-time id 4 (0: none) [‖ one-time key 32]
 * signed   Purpose "ratchet prekey" over fields: type 1 (1 X25519, 2 ML-KEM-768), id 4, created 8, key
 * </pre>
 *
 * <p>The type inside each signature keeps one kind of key from being passed off as the other.
 *
 * @param id above 0, of both signed keys together
 * @param created when its owner made it, in milliseconds since the epoch
 * @param curve the X25519 prekey, 32 bytes
 * @param kem the ML-KEM-768 prekey, 1184 bytes
 * @param oneTime the one-time prekey, or null
 */
public record PrekeyBundle(
    int id, long created, Signed curve, Signed kem, @Nullable OneTimePrekey oneTime) {

  /** The largest encoded bundle, in bytes. */
  public static final int MAX_BYTES =
      1
          + Integer.BYTES
          + Long.BYTES
          + Crypto.KEY_BYTES
          + MlKem768.PUBLIC_BYTES
          + 2 * Crypto.SIGNATURE_BYTES
          + OneTimePrekey.BYTES;

  static final byte SUITE = 1;
  static final byte CURVE = 1;
  static final byte KEM = 2;

  private static final Purpose PREKEY = new Purpose("ratchet prekey");

  /**
   * A prekey and its owner's signature.
   *
   * @param key its bytes
   * @param signature 64 bytes, by the owner's device key
   */
  public record Signed(byte[] key, byte[] signature) {}

  /** Signs with a device key: {@code purpose.signedBytes(fields)}. */
  @FunctionalInterface
  public interface Signer {

    /** The 64-byte Ed25519 signature. */
    byte[] sign(Purpose purpose, byte[]... fields);
  }

  /**
   * Checks lengths.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  public PrekeyBundle {
    if (id <= 0
        || curve.key.length != Crypto.KEY_BYTES
        || curve.signature.length != Crypto.SIGNATURE_BYTES
        || kem.key.length != MlKem768.PUBLIC_BYTES
        || kem.signature.length != Crypto.SIGNATURE_BYTES) {
      throw new IllegalArgumentException("prekey bundle");
    }
  }

  static Signed sign(Signer signer, byte type, int id, long created, byte[] key) {
    return new Signed(key, signer.sign(PREKEY, fields(type, id, created, key)));
  }

  /**
   * Refuses a bundle that the device did not sign, and an ML-KEM key that is none (FIPS 203, 7.2).
   * {@link Handshake#initiate} does it by itself; a bundle that is kept for later is checked on
   * arrival.
   *
   * @param deviceKey the device's Ed25519 key, 32 bytes
   */
  public void verify(Crypto crypto, byte[] deviceKey) throws Malformed {
    verify(crypto, deviceKey, CURVE, curve);
    verify(crypto, deviceKey, KEM, kem);
    MlKem768.checkKey(kem.key);
  }

  private void verify(Crypto crypto, byte[] deviceKey, byte type, Signed prekey) throws Malformed {
    byte[] signed = PREKEY.signedBytes(fields(type, id, created, prekey.key));
    if (!crypto.ed25519Verify(deviceKey, signed, prekey.signature)) {
      throw new Malformed("prekey not signed by its device");
    }
  }

  private static byte[][] fields(byte type, int id, long created, byte[] key) {
    return new byte[][] {
      {type},
      ByteBuffer.allocate(Integer.BYTES).putInt(id).array(),
      ByteBuffer.allocate(Long.BYTES).putLong(created).array(),
      key
    };
  }

  /** The same signed prekeys with that one-time prekey, or without one. */
  public PrekeyBundle with(@Nullable OneTimePrekey other) {
    return new PrekeyBundle(id, created, curve, kem, other);
  }

  /** The bytes, as drawn above. */
  public byte[] encode() {
    Writer out = new Writer(MAX_BYTES);
    out.u8(SUITE).i32(id).i64(created);
    out.bytes(curve.key).bytes(curve.signature).bytes(kem.key).bytes(kem.signature);
    if (oneTime == null) {
      return out.i32(0).toBytes();
    }
    return out.i32(oneTime.id()).bytes(oneTime.key()).toBytes();
  }

  /**
   * Reads a whole bundle.
   *
   * @throws Malformed if it is of another suite, cut or longer; whether it is signed, {@link
   *     #verify} tells
   */
  public static PrekeyBundle decode(byte[] bytes) throws Malformed {
    Reader in = new Reader(bytes);
    if (in.u8() != SUITE) {
      throw new Malformed("prekey bundle: suite");
    }
    int id = Ids.some(in.i32());
    long created = in.i64();
    Signed curve = new Signed(in.copy(Crypto.KEY_BYTES), in.copy(Crypto.SIGNATURE_BYTES));
    Signed kem = new Signed(in.copy(MlKem768.PUBLIC_BYTES), in.copy(Crypto.SIGNATURE_BYTES));
    int oneTimeId = Ids.orNone(in.i32());
    OneTimePrekey oneTime =
        oneTimeId == 0 ? null : new OneTimePrekey(oneTimeId, in.copy(Crypto.KEY_BYTES));
    in.end();
    return new PrekeyBundle(id, created, curve, kem, oneTime);
  }
}
