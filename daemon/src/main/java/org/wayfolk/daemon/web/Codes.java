package org.wayfolk.daemon.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.wayfolk.messenger.words.WordList;

/**
 * One-time codes: {@code wayfolk open} makes one, a page gives it back for a token. Any thread.
 *
 * <p>A right code passes even while wrong ones are being refused for their number: else any user of
 * the machine could lock the owner out. Guessing 128 bits needs no limit to be hopeless; the limit
 * makes it cheap for us and visible.
 */
final class Codes {
  /** How long a code works: enough for a slow browser to start. */
  static final Duration LIFE = Duration.ofSeconds(60);

  /** Codes at once; the oldest goes. More than anyone opens within a minute. */
  static final int MAX = 8;

  /** Wrong codes a minute before the answer is only "too many". */
  static final int MAX_WRONG = 10;

  private static final Duration WRONG_WINDOW = Duration.ofMinutes(1);

  private static final int BYTES = 16;

  /** What came of a code that was given back. */
  enum Result {
    RIGHT,
    WRONG,
    TOO_MANY
  }

  private final RandomGenerator random;
  private final LongSupplier nanos;
  private final Map<String, Long> ends = new LinkedHashMap<>();
  private long windowBegan;
  private int wrong;

  /**
   * No codes yet.
   *
   * @param random unpredictable
   * @param nanos a clock that only goes forward
   */
  Codes(RandomGenerator random, LongSupplier nanos) {
    this.random = random;
    this.nanos = nanos;
    windowBegan = nanos.getAsLong();
  }

  /** A new code: 22 signs. */
  synchronized String make() {
    sweep();
    if (ends.size() >= MAX) {
      ends.remove(ends.keySet().iterator().next());
    }
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String code = Secrets.base64(bytes);
    ends.put(name(code), nanos.getAsLong() + LIFE.toNanos());
    return code;
  }

  /** Uses a code up. */
  synchronized Result use(String code) {
    sweep();
    if (ends.remove(name(code)) != null) {
      return Result.RIGHT;
    }
    long now = nanos.getAsLong();
    if (now - windowBegan > WRONG_WINDOW.toNanos()) {
      windowBegan = now;
      wrong = 0;
    }
    return ++wrong > MAX_WRONG ? Result.TOO_MANY : Result.WRONG;
  }

  /** Forgets all codes. */
  synchronized void clear() {
    ends.clear();
  }

  private void sweep() {
    long now = nanos.getAsLong();
    new HashMap<>(ends)
        .forEach((name, end) -> {
          if (now - end >= 0) {
            ends.remove(name);
          }
        });
  }

  /** Codes are looked up by their hash, so that the time a lookup takes says nothing of them. */
  private static String name(String code) {
    return Secrets.hex(Secrets.sha256(code.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The word that terminal and page both show: whoever sees another one has another node's page
   * before them. It says nothing of the code that 11 bits could help with.
   */
  static String word(String code) {
    byte[] hash = Secrets.sha256(("wayfolk page word\0" + code).getBytes(StandardCharsets.UTF_8));
    int index = ((hash[0] & 0xff) << 8 | (hash[1] & 0xff)) >> (16 - WordList.BITS);
    return WordList.english().word(index);
  }
}
