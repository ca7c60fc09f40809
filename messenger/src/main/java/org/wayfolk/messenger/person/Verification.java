package org.wayfolk.messenger.person;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.wayfolk.messenger.words.Mnemonic;

/**
 * How two people make sure that nobody stands between them: twelve words that both read to each
 * other, or a QR text that one shows and the other scans.
 */
public final class Verification {

  /** How the text of a QR begins. */
  public static final String PREFIX = "wayfolk:v1.";

  // Argon2id, 16 MiB, 3 passes: about a tenth of a second for us, once for each look. Without it,
  // somebody in the
  // middle who varies the hashes of their own next roots finds two claims that give both ends the
  // same 128 bits in 2^64 cheap hashes; with it each try costs memory and time.
  private static final int MEMORY_KIB = 16 * 1024;
  private static final int PASSES = 3;

  private static final int WORD_BYTES = 16;
  private static final int CHECK_BYTES = 4;
  private static final int QR_BYTES = 2 * Card.BYTES + CHECK_BYTES;
  private static final int QR_TEXT = PREFIX.length() + (QR_BYTES * 4 + 2) / 3;

  private Verification() {}

  /**
   * The 12 words of two people: 128 bits over both claims, in the order of their cards, and 4 bits
   * of checksum. The same at both ends. Takes about a tenth of a second and 16 MiB.
   */
  public static List<String> words(RootClaim one, RootClaim other) {
    boolean ordered = one.card().compareTo(other.card()) <= 0;
    RootClaim first = ordered ? one : other;
    RootClaim second = ordered ? other : one;
    byte[] both = Labels.CRYPTO.sha256(Labels.VERIFICATION, first.encode(), second.encode());
    Argon2BytesGenerator argon = new Argon2BytesGenerator();
    argon.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(PASSES)
            .withParallelism(1)
            .withSalt(Labels.VERIFICATION)
            .build());
    byte[] out = new byte[WORD_BYTES];
    argon.generateBytes(both, out);
    return Mnemonic.words(out);
  }

  /**
   * The text that I show to a friend: {@link #PREFIX}, then base64url without padding of my card,
   * theirs, and the first 4 bytes of SHA-256 over a label and both.
   */
  public static String qr(Card mine, Card theirs) {
    byte[] out = Arrays.copyOf(mine.bytes(), QR_BYTES);
    System.arraycopy(theirs.bytes(), 0, out, Card.BYTES, Card.BYTES);
    System.arraycopy(check(out), 0, out, 2 * Card.BYTES, CHECK_BYTES);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(out);
  }

  private static byte[] check(byte[] cards) {
    byte[] both = Arrays.copyOf(cards, 2 * Card.BYTES);
    return Arrays.copyOf(Labels.CRYPTO.sha256(Labels.VERIFICATION, both), CHECK_BYTES);
  }

  /**
   * What a text that I scanned says about a friend: they must have shown their card, as I know it,
   * and mine.
   */
  public static Answer check(String scanned, Card mine, Card theirs) {
    String text = scanned.strip();
    if (text.length() != QR_TEXT || !text.startsWith(PREFIX)) {
      return Answer.NOT_A_VERIFICATION;
    }
    byte[] bytes;
    try {
      byte[] encoded = text.substring(PREFIX.length()).getBytes(StandardCharsets.ISO_8859_1);
      bytes = Base64.getUrlDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      return Answer.NOT_A_VERIFICATION;
    }
    if (!Arrays.equals(bytes, 2 * Card.BYTES, QR_BYTES, check(bytes), 0, CHECK_BYTES)) {
      return Answer.NOT_A_VERIFICATION;
    }
    boolean shower = Arrays.equals(bytes, 0, Card.BYTES, theirs.bytes(), 0, Card.BYTES);
    boolean shown = Arrays.equals(bytes, Card.BYTES, 2 * Card.BYTES, mine.bytes(), 0, Card.BYTES);
    return shower && shown ? Answer.SAME : Answer.OTHER_PERSON;
  }

  /** What a scanned text says. */
  public enum Answer {
    /** Both hold the same two cards: nobody is between. */
    SAME,
    /** Somebody else's text, or made for somebody else, or somebody is between: do not trust it. */
    OTHER_PERSON,
    /** No such text, or damaged. */
    NOT_A_VERIFICATION
  }
}
