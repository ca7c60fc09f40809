package org.wayfolk.messenger.event;

import java.nio.charset.StandardCharsets;
import org.wayfolk.identity.Crypto;

/** The name of a conversation on every device that takes part in it. */
public final class ConversationName {
  // All providers hash alike, so nothing here depends on which one it is.
  private static final Crypto CRYPTO = Crypto.best();
  private static final byte[] LABEL =
      "wayfolk/1 conversation\0".getBytes(StandardCharsets.US_ASCII);

  private ConversationName() {}

  /**
   * Of two people, the same whoever asks: SHA-256 of a label and both cards, the lower one first.
   * Notes to self are the conversation of a card with itself.
   */
  public static Hash32 ofTwo(Hash32 one, Hash32 other) {
    boolean inOrder = one.compareTo(other) <= 0;
    byte[] first = (inOrder ? one : other).bytes();
    byte[] second = (inOrder ? other : one).bytes();
    return Hash32.of(CRYPTO.sha256(LABEL, first, second));
  }
}
