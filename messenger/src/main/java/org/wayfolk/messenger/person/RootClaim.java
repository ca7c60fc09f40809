package org.wayfolk.messenger.person;

import java.util.Arrays;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.PublicIdentity;
import org.wayfolk.identity.Purpose;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

/**
 * What a card is the hash of: a root key and the hash of the root key that will follow it
 * (pre-rotation: who steals the first cannot choose the second). Layout, {@value #BYTES} bytes:
 *
 * <pre>
 *   32  Ed25519 public key of the root
 *   32  SHA-256 over a label and the next root's public key
 * </pre>
 *
 * Having one proves nothing; a device list signed under it does. Immutable; equal if the bytes are.
 */
public final class RootClaim {

  /** Bytes of a claim. */
  public static final int BYTES = Crypto.KEY_BYTES + Crypto.HASH_BYTES;

  private final byte[] root;
  private final byte[] nextHash;
  private final Card card;

  private RootClaim(byte[] root, byte[] nextHash) {
    this.root = root;
    this.nextHash = nextHash;
    card = Card.of(Labels.CRYPTO.sha256(Labels.CARD, root, nextHash));
  }

  /** The claim of a root whose successor is prepared. */
  public static RootClaim of(RootKey root, RootKey next) {
    return new RootClaim(root.publicKey(), nextHash(next.publicKey()));
  }

  /**
   * Reads the next {@value #BYTES} bytes.
   *
   * @throws Malformed if fewer remain, or the key is not canonical or of small order
   */
  public static RootClaim read(Reader from) throws Malformed {
    byte[] root = PublicIdentity.of(from.copy(Crypto.KEY_BYTES)).key();
    return new RootClaim(root, from.copy(Crypto.HASH_BYTES));
  }

  /**
   * Decodes exactly {@value #BYTES} bytes.
   *
   * @throws Malformed as {@link #read}, or if more remain
   */
  public static RootClaim decode(byte[] bytes) throws Malformed {
    Reader reader = new Reader(bytes);
    RootClaim claim = read(reader);
    reader.end();
    return claim;
  }

  /** The bytes, in an array of their own. */
  public byte[] encode() {
    byte[] out = Arrays.copyOf(root, BYTES);
    System.arraycopy(nextHash, 0, out, root.length, nextHash.length);
    return out;
  }

  /** The name that it has. */
  public Card card() {
    return card;
  }

  /** The root's Ed25519 public key, 32 bytes, in an array of its own. */
  public byte[] root() {
    return root.clone();
  }

  /**
   * Whether this claim has announced that public key as its successor. A root that is renewed shows
   * its next key; everyone else's key is refused, also one that the present root would sign.
   */
  public boolean announces(byte[] nextRootPublic) {
    return Arrays.equals(nextHash, nextHash(nextRootPublic));
  }

  private static byte[] nextHash(byte[] publicKey) {
    return Labels.CRYPTO.sha256(Labels.NEXT, publicKey);
  }

  boolean verify(Purpose purpose, byte[] signature, byte[]... fields) {
    return Labels.CRYPTO.ed25519Verify(root, purpose.signedBytes(fields), signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RootClaim that
        && Arrays.equals(root, that.root)
        && Arrays.equals(nextHash, that.nextHash);
  }

  @Override
  public int hashCode() {
    return card.hashCode();
  }

  @Override
  public String toString() {
    return "RootClaim[" + card.shortHex() + "]";
  }
}
