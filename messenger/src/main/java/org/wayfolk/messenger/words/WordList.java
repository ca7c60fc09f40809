package org.wayfolk.messenger.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The 2,048 English words of BIP-39: 11 bits a word, lower-case ASCII, 3 to 8 letters, sorted, and
 * each known by its first four letters. Immutable, for all threads.
 */
public final class WordList {

  /** Words in the list. */
  public static final int SIZE = 2_048;

  /** Bits that a word stands for. */
  public static final int BITS = 11;

  /** By so many letters each word is known; shorter beginnings can be several words. */
  public static final int PREFIX = 4;

  // What somebody typed for a word; none has more than 8 letters, and comparing costs its square.
  private static final int MAX_TYPED = 32;

  // Two slips in a word of up to 8 letters; with three nearly everything resembles something.
  private static final int MAX_SLIPS = 2;

  private static final WordList ENGLISH = load();

  private final String[] words;

  private WordList(String[] words) {
    this.words = words;
  }

  /** The list. */
  public static WordList english() {
    return ENGLISH;
  }

  private static WordList load() {
    try (InputStream in = WordList.class.getResourceAsStream("english.txt")) {
      if (in == null) {
        throw new IllegalStateException("the word list is missing from the program");
      }
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
      if (lines.size() != SIZE) {
        throw new IllegalStateException("the word list is damaged");
      }
      return new WordList(lines.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The word of a number.
   *
   * @throws IndexOutOfBoundsException if it is not 0..2047
   */
  public String word(int index) {
    return words[index];
  }

  /**
   * What a typed word stands for. Case and space around it do not matter; the first four letters or
   * more are enough.
   */
  public Lookup find(String typed) {
    String text = typed.strip().toLowerCase(Locale.ROOT);
    int at = Arrays.binarySearch(words, text);
    if (at >= 0) {
      return new Lookup.Word(at, words[at]);
    }
    int next = -at - 1;
    if (text.length() >= PREFIX && next < SIZE && words[next].startsWith(text)) {
      return new Lookup.Word(next, words[next]);
    }
    return new Lookup.Unknown(nearest(text));
  }

  private Optional<String> nearest(String text) {
    if (text.isEmpty() || text.length() > MAX_TYPED) {
      return Optional.empty();
    }
    // A short word has few neighbours by one slip and hundreds by two.
    int most = Math.min(MAX_SLIPS, (text.length() + 1) / 3);
    int least = Integer.MAX_VALUE;
    String best = null;
    for (String word : words) {
      int slips = slips(text, word);
      // Of two that are as near, the one that begins alike: first letters are seldom wrong.
      int distance = 2 * slips + (word.charAt(0) == text.charAt(0) ? 0 : 1);
      if (slips <= most && distance < least) {
        least = distance;
        best = word;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * Letters left out, added, changed, or swapped with their neighbour (optimal string alignment).
   */
  private static int slips(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        d[i][j] = swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
      }
    }
    return d[a.length()][b.length()];
  }

  /** What became of a typed word. */
  public sealed interface Lookup {

    /**
     * A word of the list.
     *
     * @param index 0..2047
     */
    record Word(int index, String word) implements Lookup {}

    /**
     * None of the list.
     *
     * @param meant the word that it most resembles, at most two slips away
     */
    record Unknown(Optional<String> meant) implements Lookup {}
  }
}
