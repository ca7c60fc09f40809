package org.wayfolk.proof.messages;

import java.util.SplittableRandom;

/**
 * What people write: text that names its message and its version, so that a judge knows all of it.
 */
final class Texts {
  /** Longest of a text, characters; under the messenger's 64 KiB. */
  static final int LONGEST = 60_000;

  /** Shorter ones travel whole. */
  private static final int ONE_PART = 20_000;

  private static final String ALPHABET = "etaoinshrdlu cmfwypvbgk jqxz, ETAOIN.";

  private Texts() {}

  /** Message number {@code n} in its {@code version}, from 0. */
  static String of(int n, int version) {
    SplittableRandom dice = new SplittableRandom(n * 31L + version);
    int kind = dice.nextInt(1_000);
    int length;
    if (kind < 985) {
      length = 1 + dice.nextInt(kind < 700 ? 80 : 400);
    } else {
      length = kind < 999 ? 400 + dice.nextInt(5_000) : dice.nextInt(LONGEST);
    }
    StringBuilder s = new StringBuilder(length + 20);
    s.append('#').append(n).append('.').append(version).append(' ');
    for (int i = 0; i < length; i++) {
      s.append(ALPHABET.charAt(dice.nextInt(ALPHABET.length())));
    }
    return s.append('!').toString();
  }

  /** Whether it is so long that a messenger may send it in parts. */
  static boolean mayTravelInParts(int n) {
    return of(n, 0).length() > ONE_PART;
  }

  /** The number of the message that a text is of; -1 if it is of none. */
  static int number(String text) {
    int dot = text.indexOf('.');
    return text.startsWith("#") && dot > 1 ? parse(text.substring(1, dot)) : -1;
  }

  /** The version that a text is of; -1 if it is not one, to the last character. */
  static int version(String text) {
    int dot = text.indexOf('.');
    int space = text.indexOf(' ');
    int version = dot > 0 && space > dot ? parse(text.substring(dot + 1, space)) : -1;
    return version >= 0 && text.equals(of(number(text), version)) ? version : -1;
  }

  private static int parse(String digits) {
    if (digits.isEmpty() || digits.length() > 9) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    return Integer.parseInt(digits);
  }
}
