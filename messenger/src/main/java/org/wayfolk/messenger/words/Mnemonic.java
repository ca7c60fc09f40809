package org.wayfolk.messenger.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.wayfolk.identity.Crypto;

/**
 * Bytes as words with a checksum (BIP-39, English): 16 bytes are 12 words, 32 bytes are 24. The
 * checksum is the first bit of SHA-256 for each 4 bytes, behind the bytes; each 11 bits of both,
 * the highest first, are the number of a word.
 *
 * <p>Only the mapping: BIP-39's own derivation of a seed from words is not used here.
 */
public final class Mnemonic {

  /** Words of 32 bytes: a recovery phrase. */
  public static final int LONG_WORDS = 24;

  /** Words of 16 bytes: a verification. */
  public static final int SHORT_WORDS = 12;

  // 24 words of 8 letters and what people put between them (numbers, dots, new lines) stay far
  // below it.
  private static final int MAX_TEXT = 2_000;

  private Mnemonic() {}

  /**
   * The 12 words of 16 bytes or the 24 words of 32.
   *
   * @throws IllegalArgumentException if the bytes have another length
   */
  public static List<String> words(byte[] bytes) {
    int count = count(bytes.length);
    byte[] hash = Crypto.best().sha256(bytes);
    byte[] all = Arrays.copyOf(bytes, bytes.length + 1);
    all[bytes.length] = hash[0];
    List<String> out = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      out.add(WordList.english().word(bits(all, i * WordList.BITS)));
    }
    Arrays.fill(all, (byte) 0);
    return List.copyOf(out);
  }

  private static int count(int bytes) {
    return switch (bytes) {
      case 16 -> SHORT_WORDS;
      case 32 -> LONG_WORDS;
      default -> throw new IllegalArgumentException("words stand for 16 or 32 bytes");
    };
  }

  private static int bits(byte[] from, int at) {
    int value = 0;
    for (int i = at; i < at + WordList.BITS; i++) {
      value = (value << 1) | ((from[i >> 3] >> (7 - (i & 7))) & 1);
    }
    return value;
  }

  /**
   * Reads words as a person typed them: of either case, divided by anything but letters (so numbers
   * before them do no harm), each at least by its first four letters.
   *
   * @param count 12 or 24, how many are expected
   */
  public static Reading read(String text, int count) {
    if (count != SHORT_WORDS && count != LONG_WORDS) {
      throw new IllegalArgumentException("12 or 24 words, not " + count);
    }
    if (text.length() > MAX_TEXT) {
      return new Reading.WrongCount(0, count);
    }
    List<String> typed =
        Arrays.stream(text.split("[^\\p{L}]+", -1)).filter(word -> !word.isEmpty()).toList();
    byte[] all = new byte[count * WordList.BITS / 8 + 1];
    for (int i = 0; i < typed.size(); i++) {
      switch (WordList.english().find(typed.get(i))) {
        case WordList.Lookup.Unknown(Optional<String> meant) -> {
          return new Reading.UnknownWord(i + 1, typed.get(i), meant);
        }
        case WordList.Lookup.Word(int index, String word) -> {
          if (i < count) {
            put(all, i * WordList.BITS, index);
          }
        }
      }
    }
    return typed.size() == count
        ? checked(all, count)
        : new Reading.WrongCount(typed.size(), count);
  }

  private static void put(byte[] into, int at, int index) {
    for (int i = 0; i < WordList.BITS; i++) {
      int bit = (index >> (WordList.BITS - 1 - i)) & 1;
      into[(at + i) >> 3] |= (byte) (bit << (7 - ((at + i) & 7)));
    }
  }

  private static Reading checked(byte[] all, int count) {
    int length = count * WordList.BITS * 32 / 33 / 8;
    byte[] bytes = Arrays.copyOf(all, length);
    int checkBits = length / 4;
    int mask = (0xff << (8 - checkBits)) & 0xff;
    boolean right = ((Crypto.best().sha256(bytes)[0] ^ all[length]) & mask) == 0;
    return right ? new Reading.Bytes(bytes) : new Reading.WrongChecksum();
  }

  /** What became of typed words. {@link #problem} says it to the one who typed. */
  public sealed interface Reading {

    /** What is wrong, as a sentence for the user; empty if nothing is. */
    Optional<String> problem();

    /** The bytes that the words stand for. Its text form shows nothing of them. */
    final class Bytes implements Reading {

      private final byte[] bytes;

      private Bytes(byte[] bytes) {
        this.bytes = bytes;
      }

      /** 16 or 32 bytes, in an array of their own. */
      public byte[] bytes() {
        return bytes.clone();
      }

      @Override
      public Optional<String> problem() {
        return Optional.empty();
      }
    }

    /** Fewer or more words than expected; each of them is in the list. */
    record WrongCount(int found, int expected) implements Reading {
      @Override
      public Optional<String> problem() {
        return Optional.of("These are " + found + " words, but there must be " + expected + ".");
      }
    }

    /**
     * A word that is not in the list.
     *
     * @param position counted from 1
     * @param meant what it resembles
     */
    record UnknownWord(int position, String word, Optional<String> meant) implements Reading {
      @Override
      public Optional<String> problem() {
        String hint = meant.map(other -> "; did you mean \"" + other + "\"?").orElse(".");
        return Optional.of("Word " + position + ", \"" + word + "\", is not in the list" + hint);
      }
    }

    /** All words are in the list, but they do not belong together in this order. */
    record WrongChecksum() implements Reading {
      @Override
      public Optional<String> problem() {
        return Optional.of(
            "Each word is in the list, but together they are not right: one is another word of the"
                + " list, or two are swapped.");
      }
    }
  }
}
