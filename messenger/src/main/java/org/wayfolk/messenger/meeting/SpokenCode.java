package org.wayfolk.messenger.meeting;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.words.WordList;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.wire.Writer;

/**
 * Five words of 2,048 that are spoken: 55 bits, the highest first.
 *
 * <pre>
 *   30  of the inviter's NodeId, behind the zero bits that its network's difficulty asks for
 *   22  password
 *   3   first bits of SHA-256 over "wayfolk/1 spoken code" 0x00 and the 52 bits as 8 bytes
 * </pre>
 *
 * The first part finds the inviter and is no secret; the password never leaves a machine (see
 * {@link Pake}). Seven of eight mistakes are found by the check bits before anything is sent.
 *
 * @param prefix the 30 bits
 * @param password the 22 bits
 */
record SpokenCode(int prefix, int password) {
  /** Words of a code. */
  static final int WORDS = 5;

  /** Bits of the NodeId: in a network of a million nodes no other one has them by chance. */
  static final int PREFIX_BITS = 30;

  /** Bits of the password: three tries guess it once in 1.4 million codes. */
  static final int PASSWORD_BITS = 22;

  private static final int CHECK_BITS = 3;

  // Five words of eight letters and what people put between them stay far below it.
  private static final int MAX_TEXT = 500;
  private static final byte[] LABEL = "wayfolk/1 spoken code\0".getBytes(StandardCharsets.US_ASCII);

  SpokenCode {
    if (prefix >>> PREFIX_BITS != 0 || password >>> PASSWORD_BITS != 0) {
      throw new IllegalArgumentException("bits of a spoken code");
    }
  }

  /** The code by which a node is found. */
  static SpokenCode of(NodeId node, int difficulty, int password) {
    return new SpokenCode(prefix(node, difficulty), password);
  }

  private static int prefix(NodeId node, int difficulty) {
    int bits = 0;
    for (int i = 0; i < PREFIX_BITS; i++) {
      bits = 2 * bits + node.bit(difficulty + i);
    }
    return bits;
  }

  /** Whether that node can be meant. */
  boolean matches(NodeId node, int difficulty) {
    return node.leadingZeros() >= difficulty && prefix(node, difficulty) == prefix;
  }

  /** Where to look for the nodes that can be meant: the lowest id of them. */
  NodeId target(int difficulty) {
    NodeId id = new NodeId(0, 0, 0, 0);
    for (int i = 0; i < PREFIX_BITS; i++) {
      if ((prefix >>> (PREFIX_BITS - 1 - i)) % 2 != 0) {
        id = id.flip(difficulty + i);
      }
    }
    return id;
  }

  /** The password as J-PAKE takes it: seven decimal digits. */
  char[] secret() {
    String digits = Integer.toString(password + 10_000_000);
    return digits.substring(1).toCharArray();
  }

  /** The five words, with spaces between them. */
  String words() {
    long all = bits() * (1 << CHECK_BITS) + check();
    return IntStream.range(0, WORDS)
        .mapToObj(i -> word(all >>> (WordList.BITS * (WORDS - 1 - i))))
        .collect(Collectors.joining(" "));
  }

  private static String word(long bits) {
    return WordList.english().word((int) (bits % WordList.SIZE));
  }

  private long bits() {
    return (long) prefix * (1 << PASSWORD_BITS) + password;
  }

  private int check() {
    byte[] bytes = new Writer(Long.BYTES).i64(bits()).toBytes();
    return Byte.toUnsignedInt(Crypto.best().sha256(LABEL, bytes)[0]) >>> (Byte.SIZE - CHECK_BITS);
  }

  /**
   * Reads what a person typed: of either case, divided by anything but letters, each word at least
   * by its first four letters.
   *
   * @throws Trouble MALFORMED, with a sentence that can be shown
   */
  static SpokenCode parse(String text) {
    if (text.length() > MAX_TEXT) {
      throw malformed("this is too long to be a code of five words");
    }
    List<String> typed =
        Arrays.stream(text.split("[^\\p{L}]+", -1)).filter(w -> !w.isEmpty()).toList();
    if (typed.size() != WORDS) {
      throw malformed(
          "a spoken code has five words, and a link begins with wayfolk:; this has "
              + typed.size()
              + (typed.size() == 1 ? " word" : " words"));
    }
    long all = 0;
    for (int i = 0; i < WORDS; i++) {
      int index =
          switch (WordList.english().find(typed.get(i))) {
            case WordList.Lookup.Word(int at, String word) -> at;
            case WordList.Lookup.Unknown(Optional<String> meant) ->
                throw malformed(
                    "word "
                        + (i + 1)
                        + ", \""
                        + typed.get(i)
                        + "\", is not in the list"
                        + meant.map(m -> "; did you mean \"" + m + "\"?").orElse(""));
          };
      all = all * WordList.SIZE + index;
    }
    long bits = all >>> CHECK_BITS;
    SpokenCode code =
        new SpokenCode((int) (bits >>> PASSWORD_BITS), (int) (bits % (1L << PASSWORD_BITS)));
    if (code.check() != all % (1 << CHECK_BITS)) {
      throw malformed(
          "each word is in the list, but together they are not right: one is another word of the"
              + " list, or two are swapped; listen again");
    }
    return code;
  }

  private static Trouble malformed(String how) {
    return new Trouble(Trouble.Reason.MALFORMED, how);
  }

  /** Nothing of the password: it may reach a log. */
  @Override
  public String toString() {
    return "SpokenCode[..]";
  }
}
