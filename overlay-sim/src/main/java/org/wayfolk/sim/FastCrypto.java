package org.wayfolk.sim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.wayfolk.identity.Crypto;
import org.wayfolk.wire.Malformed;

/**
 * <strong>Protects nothing.</strong> Stands in for cryptography where ten thousand nodes are to be
 * simulated in an afternoon: every signature is a keyed hash whose key everybody in this process
 * has, a shared secret is a product of two numbers, and what is sealed lies open beside a checksum.
 * Sizes, and who accepts what, are those of real cryptography as long as nobody forges on purpose.
 *
 * <p>It cannot reach a network: a node refuses it on any machine that is not {@link
 * org.wayfolk.transport.Host#simulated simulated}. Its hash is that of SplitMix64 (Steele, Lea,
 * Flood 2014) over words; the same in every JVM.
 */
public final class FastCrypto implements Crypto {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** The "generator": any odd number. */
  private static final long G = 0xd1342543de82ef95L;

  private static final int MAX_EXPAND = 255 * HASH_BYTES;

  private final long secret;

  /**
   * @param seed of the world; nodes of one network need the same
   */
  public FastCrypto(long seed) {
    secret = Seeds.mix(seed, "fast crypto", 0, 0);
  }

  @Override
  public boolean protects() {
    return false;
  }

  @Override
  public String name() {
    return "fast (simulated, protects nothing)";
  }

  @Override
  public byte[] sha256(byte[]... parts) {
    return bytes(hash(1, parts), HASH_BYTES);
  }

  @Override
  public byte[] blake2b256(byte[]... parts) {
    return bytes(hash(2, parts), HASH_BYTES);
  }

  @Override
  public byte[] hmacSha256(byte[] key, byte[]... parts) {
    return bytes(hash(hash(3, key), parts), HASH_BYTES);
  }

  @Override
  public byte[] hkdfExtract(byte[] salt, byte[]... keyMaterial) {
    return bytes(hash(hash(4, salt), keyMaterial), HASH_BYTES);
  }

  @Override
  public byte[] hkdfExpand(byte[] pseudoRandomKey, int length, byte[]... info) {
    if (length < 1 || length > MAX_EXPAND) {
      throw new IllegalArgumentException("HKDF gives 1 to " + MAX_EXPAND + " bytes, not " + length);
    }
    return bytes(hash(hash(5, pseudoRandomKey), info), length);
  }

  @Override
  public byte[] ed25519Public(byte[] seed) {
    require(seed, KEY_BYTES);
    return publicKey(hash(6, seed));
  }

  @Override
  public SigningKey signingKey(byte[] seed) {
    return new Key(ed25519Public(seed));
  }

  @Override
  public boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
    return publicKey.length == KEY_BYTES
        && signature.length == SIGNATURE_BYTES
        && signed(publicKey, 0, signature, 0, message);
  }

  @Override
  public boolean ed25519Verify(byte[] from, int keyAt, int signatureAt, byte[] message) {
    return signed(from, keyAt, from, signatureAt, message);
  }

  @Override
  public byte[] x25519Public(byte[] scalar) {
    require(scalar, KEY_BYTES);
    return times(scalar, G, 0, 0, 0);
  }

  @Override
  public byte[] x25519Agree(byte[] scalar, byte[] peer) throws Malformed {
    require(scalar, KEY_BYTES);
    if (peer.length != KEY_BYTES) {
      throw new Malformed("x25519 key length");
    }
    return times(scalar, word(peer, 0), 0, 0, 0);
  }

  @Override
  public byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    byte[] out = Arrays.copyOf(plaintext, plaintext.length + TAG_BYTES);
    tag(hash(hash(hash(7, key), nonce), aad), out, 0, plaintext.length, out, plaintext.length);
    return out;
  }

  @Override
  public byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int at, int length)
      throws Malformed {
    if (length < TAG_BYTES) {
      throw new Malformed("sealed bytes shorter than a tag");
    }
    byte[] tag = new byte[TAG_BYTES];
    int end = at + length - TAG_BYTES;
    tag(hash(hash(hash(7, key), nonce), aad), sealed, at, end - at, tag, 0);
    if (!Arrays.equals(sealed, end, end + TAG_BYTES, tag, 0, TAG_BYTES)) {
      throw new Malformed("seal does not open");
    }
    return Arrays.copyOfRange(sealed, at, end);
  }

  private static void tag(long keyed, byte[] from, int at, int length, byte[] to, int tagAt) {
    long h = hash(keyed, from, at, length);
    LONG.set(to, tagAt, h);
    LONG.set(to, tagAt + 8, mix(h + GOLDEN));
  }

  private boolean signed(byte[] key, int keyAt, byte[] signature, int at, byte[] message) {
    long h = mac(key, keyAt, message);
    for (int i = 0; i < SIGNATURE_BYTES; i += 8) {
      if (word(signature, at + i) != h) {
        return false;
      }
      h = mix(h + GOLDEN);
    }
    return true;
  }

  private long mac(byte[] key, int keyAt, byte[] message) {
    return hash(hash(secret, key, keyAt, KEY_BYTES), message, 0, message.length);
  }

  /** A number times a scalar, so that two who multiply in either order get the same. */
  private static byte[] times(byte[] scalar, long factor, long b, long c, long d) {
    byte[] out = new byte[KEY_BYTES];
    LONG.set(out, 0, (word(scalar, 0) | 1) * factor);
    LONG.set(out, 8, b);
    LONG.set(out, 16, c);
    LONG.set(out, 24, d);
    return out;
  }

  /** Below the field's prime, so that it passes as a key. */
  private static byte[] publicKey(long h) {
    byte[] key = bytes(h, KEY_BYTES);
    key[KEY_BYTES - 1] &= 0x3f;
    return key;
  }

  private static byte[] bytes(long h, int length) {
    byte[] out = new byte[length];
    long word = h;
    for (int i = 0; i < length; i += 8) {
      if (i + 8 <= length) {
        LONG.set(out, i, word);
      } else {
        for (int j = i; j < length; j++) {
          out[j] = (byte) (word >>> (8 * (j - i)));
        }
      }
      word = mix(word + GOLDEN);
    }
    return out;
  }

  /** Of the parts one after the other: where they were cut does not show. */
  private static long hash(long start, byte[]... parts) {
    if (parts.length == 1) {
      return hash(start, parts[0], 0, parts[0].length);
    }
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return hash(start, whole, 0, length);
  }

  private static long hash(long start, byte[] from, int at, int length) {
    long h = mix(start + GOLDEN * (length + 1L));
    int i = at;
    for (int end = at + length; i < end; i += 8) {
      h = mix((h ^ (i + 8 <= end ? word(from, i) : rest(from, i, end))) + GOLDEN);
    }
    return h;
  }

  private static long rest(byte[] from, int at, int end) {
    long word = 0;
    for (int i = at; i < end; i++) {
      word |= (from[i] & 0xffL) << (8 * (i - at));
    }
    return word;
  }

  private static long word(byte[] from, int at) {
    return (long) LONG.get(from, at);
  }

  private static long mix(long z) {
    long v = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    v = (v ^ (v >>> 27)) * 0x94d049bb133111ebL;
    return v ^ (v >>> 31);
  }

  private static void require(byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(length + " bytes, not " + bytes.length);
    }
  }

  private final class Key implements SigningKey {
    private final byte[] publicKey;

    Key(byte[] publicKey) {
      this.publicKey = publicKey;
    }

    @Override
    public byte[] publicKey() {
      return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
      return bytes(mac(publicKey, 0, message), SIGNATURE_BYTES);
    }

    @Override
    public void close() {
      // There is no secret of its own.
    }
  }
}
