package org.wayfolk.messenger.person;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.wayfolk.messenger.words.Mnemonic;

/**
 * The 24 words from which a person's roots come again when everything else is lost.
 *
 * <p>PRK = HKDF-Extract(salt = label {@code phrase}, 32 bytes of entropy); seed of root i =
 * HKDF-Expand(PRK, "root" ‖ i as 4 bytes, 32). Root 0 is in use, root 1 is announced by its hash,
 * and its private half is nowhere but in these words. Its text form shows nothing secret.
 */
public final class Phrase implements AutoCloseable {

  /** Bytes that the words stand for. */
  public static final int ENTROPY_BYTES = 32;

  private final byte[] entropy;

  private Phrase(byte[] entropy) {
    this.entropy = entropy;
  }

  /**
   * The phrase of 32 random bytes, which are copied; or of those that {@link Mnemonic#read} found
   * in the words.
   *
   * @throws IllegalArgumentException if they are not 32
   */
  public static Phrase of(byte[] entropy) {
    if (entropy.length != ENTROPY_BYTES) {
      throw new IllegalArgumentException("a phrase has 32 bytes, not " + entropy.length);
    }
    return new Phrase(entropy.clone());
  }

  /** The 24 words. Whoever reads them is this person. */
  public List<String> words() {
    return Mnemonic.words(entropy);
  }

  /** The entropy, for the vault only; in an array of its own. */
  public byte[] entropy() {
    return entropy.clone();
  }

  /**
   * The root of that number: 0 in use, 1 the next one.
   *
   * @param index 0 or more
   */
  public RootKey root(int index) {
    byte[] prk = Labels.CRYPTO.hkdfExtract(Labels.PHRASE, entropy);
    byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(index).array();
    byte[] seed = Labels.CRYPTO.hkdfExpand(prk, RootKey.SEED_BYTES, Labels.ROOT, number);
    try {
      return RootKey.ofSeed(seed);
    } finally {
      Arrays.fill(prk, (byte) 0);
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** The claim of root 0 with root 1 announced. */
  public RootClaim claim() {
    try (RootKey root = root(0);
        RootKey next = root(1)) {
      return RootClaim.of(root, next);
    }
  }

  /** Overwrites what can be overwritten of it. */
  @Override
  public void close() {
    Arrays.fill(entropy, (byte) 0);
  }

  @Override
  public String toString() {
    return "Phrase";
  }
}
