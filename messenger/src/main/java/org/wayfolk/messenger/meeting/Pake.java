package org.wayfolk.messenger.meeting;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.agreement.jpake.JPAKEParticipant;
import org.bouncycastle.crypto.agreement.jpake.JPAKEPrimeOrderGroup;
import org.bouncycastle.crypto.agreement.jpake.JPAKEPrimeOrderGroups;
import org.bouncycastle.crypto.agreement.jpake.JPAKERound1Payload;
import org.bouncycastle.crypto.agreement.jpake.JPAKERound2Payload;
import org.bouncycastle.crypto.agreement.jpake.JPAKERound3Payload;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.wire.Malformed;

/**
 * One side of J-PAKE (Hao and Ryan; RFC 8236, over the 3072-bit group of NIST with its 256-bit
 * subgroup, SHA-256): two who know the same short password get the same key, and who guesses wrong
 * learns nothing but that. The mathematics are Bouncy Castle's; here are the bytes. Every number
 * has the full length of its group, big-endian and unsigned:
 *
 * <pre>
 *   round 1:       384 g^x1 ‖ 384 g^x2 ‖ proof of x1 ‖ proof of x2
 *   round 2:       384 A ‖ proof of x2*s
 *   confirmation:  32 tag
 *   proof:         384 g^v ‖ 32 r
 * </pre>
 *
 * Some 20 to 50 ms of computing a step on one core of a laptop: for a worker, never for a turn.
 * Used by one thread at a time; lives in memory only. Steps must be taken in the order of the
 * methods.
 */
final class Pake {
  private static final JPAKEPrimeOrderGroup GROUP = JPAKEPrimeOrderGroups.NIST_3072;
  private static final int ELEMENT = 384;
  private static final int SCALAR = 32;
  private static final int PROOF = ELEMENT + SCALAR;

  /** Bytes of a first round. */
  static final int ROUND1_BYTES = 2 * ELEMENT + 2 * PROOF;

  /** Bytes of a second round. */
  static final int ROUND2_BYTES = ELEMENT + PROOF;

  /** Bytes of a confirmation. */
  static final int TAG_BYTES = 32;

  private static final byte[] LABEL = "wayfolk/1 spoken code key".getBytes(StandardCharsets.UTF_8);

  private final JPAKEParticipant self;
  private final String peer;
  private @Nullable BigInteger material;

  /**
   * A side that has not begun.
   *
   * @param me who we are: bound into every proof, different from {@code peer}
   * @param peer who the other side must be
   * @param password the short secret
   * @param seed 32 random bytes that nobody else knows, used once
   */
  Pake(String me, String peer, char[] password, byte[] seed) {
    this.peer = peer;
    self =
        new JPAKEParticipant(
            me, password, GROUP, SHA256Digest.newInstance(), new SeededRandom(seed));
  }

  /** Our first round. */
  byte[] round1() {
    JPAKERound1Payload mine = self.createRound1PayloadToSend();
    byte[] out = new byte[ROUND1_BYTES];
    element(mine.getGx1(), out, 0);
    element(mine.getGx2(), out, ELEMENT);
    proof(mine.getKnowledgeProofForX1(), out, 2 * ELEMENT);
    proof(mine.getKnowledgeProofForX2(), out, 2 * ELEMENT + PROOF);
    return out;
  }

  /**
   * Takes the other side's first round, after ours was made.
   *
   * @throws Malformed if a number is out of bounds or a proof is wrong
   */
  void takeRound1(byte[] theirs) throws Malformed {
    need(theirs, ROUND1_BYTES);
    JPAKERound1Payload payload =
        new JPAKERound1Payload(
            peer,
            element(theirs, 0),
            element(theirs, ELEMENT),
            proof(theirs, 2 * ELEMENT),
            proof(theirs, 2 * ELEMENT + PROOF));
    try {
      self.validateRound1PayloadReceived(payload);
    } catch (CryptoException e) {
      throw new Malformed("first round of a code");
    }
  }

  /** Our second round. */
  byte[] round2() {
    JPAKERound2Payload mine = self.createRound2PayloadToSend();
    byte[] out = new byte[ROUND2_BYTES];
    element(mine.getA(), out, 0);
    proof(mine.getKnowledgeProofForX2s(), out, ELEMENT);
    return out;
  }

  /**
   * Takes the other side's second round, after ours was made.
   *
   * @throws Malformed if a number is out of bounds or the proof is wrong
   */
  void takeRound2(byte[] theirs) throws Malformed {
    need(theirs, ROUND2_BYTES);
    JPAKERound2Payload payload =
        new JPAKERound2Payload(peer, element(theirs, 0), proof(theirs, ELEMENT));
    try {
      self.validateRound2PayloadReceived(payload);
      material = self.calculateKeyingMaterial();
    } catch (CryptoException e) {
      throw new Malformed("second round of a code");
    }
  }

  /** Our confirmation that we hold the key. */
  byte[] confirmation() {
    BigInteger tag = self.createRound3PayloadToSend(material()).getMacTag();
    byte[] out = new byte[TAG_BYTES];
    byte[] number = tag.toByteArray();
    Arrays.fill(out, (byte) (tag.signum() < 0 ? -1 : 0));
    System.arraycopy(number, 0, out, TAG_BYTES - number.length, number.length);
    return out;
  }

  /** Whether the other side holds the same key, which is whether it knows the password. */
  boolean confirms(byte[] tag) {
    if (tag.length != TAG_BYTES) {
      return false;
    }
    try {
      self.validateRound3PayloadReceived(
          new JPAKERound3Payload(peer, new BigInteger(tag)), material());
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }

  /** The key of both, 32 bytes; means nothing before the other side has confirmed. */
  byte[] key() {
    return key(material());
  }

  /** HKDF-SHA256 of the element that both have. */
  static byte[] key(BigInteger material) {
    Crypto crypto = Crypto.best();
    byte[] number = new byte[ELEMENT];
    element(material, number, 0);
    return crypto.hkdfExpand(crypto.hkdfExtract(LABEL, number), Crypto.KEY_BYTES, LABEL);
  }

  /** The element that both have, if they know the same password. */
  BigInteger material() {
    BigInteger known = material;
    if (known == null) {
      throw new IllegalStateException("no second round yet");
    }
    return known;
  }

  private static void need(byte[] bytes, int length) throws Malformed {
    if (bytes.length != length) {
      throw new Malformed("length of a round of a code");
    }
  }

  private static void element(BigInteger value, byte[] out, int at) {
    number(value, out, at, ELEMENT);
  }

  private static void proof(BigInteger[] proof, byte[] out, int at) {
    number(proof[0], out, at, ELEMENT);
    number(proof[1], out, at + ELEMENT, SCALAR);
  }

  private static void number(BigInteger value, byte[] out, int at, int length) {
    byte[] bytes = value.toByteArray();
    int from = bytes.length > length ? 1 : 0;
    int count = bytes.length - from;
    System.arraycopy(bytes, from, out, at + length - count, count);
  }

  /** An element of the group but 1, as far as its size tells; the proofs tell the rest. */
  private static BigInteger element(byte[] from, int at) throws Malformed {
    BigInteger value = new BigInteger(1, from, at, ELEMENT);
    if (value.compareTo(BigInteger.ONE) <= 0
        || value.compareTo(GROUP.getP().subtract(BigInteger.ONE)) >= 0) {
      throw new Malformed("element of a code");
    }
    return value;
  }

  private static BigInteger[] proof(byte[] from, int at) throws Malformed {
    BigInteger r = new BigInteger(1, from, at + ELEMENT, SCALAR);
    if (r.compareTo(GROUP.getQ()) >= 0) {
      throw new Malformed("proof of a code");
    }
    return new BigInteger[] {element(from, at), r};
  }
}
