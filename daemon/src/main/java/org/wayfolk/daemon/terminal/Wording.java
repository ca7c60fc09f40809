package org.wayfolk.daemon.terminal;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. */
public final class Wording {
  private Wording() {}

  /** A short time: {@code 0.4 ms}, {@code 12 ms}, {@code 1.3 s}, {@code 75 s}. */
  public static String millis(double millis) {
    if (millis < 10) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    if (millis < 1_000) {
      return String.format(Locale.ROOT, "%.0f ms", millis);
    }
    return seconds(millis / 1_000);
  }

  /** Seconds: {@code 1.3 s}, {@code 75 s}. */
  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  }

  /** An age: {@code 8 s}, {@code 3 min}, {@code 2 h 5 min}, {@code 4 d 1 h}. */
  public static String age(Duration d) {
    long s = d.toSeconds();
    if (s < 60) {
      return s + " s";
    }
    if (s < 3_600) {
      return s / 60 + " min";
    }
    if (s < 86_400) {
      return s / 3_600 + " h " + s / 60 % 60 + " min";
    }
    return s / 86_400 + " d " + s / 3_600 % 24 + " h";
  }

  /** An amount: {@code 812 B}, {@code 4.1 kB}, {@code 23 MB}; powers of a thousand. */
  public static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    double v = bytes;
    int unit = -1;
    while (v >= 999.5 && unit < 4) {
      v /= 1_000;
      unit++;
    }
    return String.format(Locale.ROOT, v < 10 ? "%.1f %cB" : "%.0f %cB", v, "kMGTP".charAt(unit));
  }

  /** {@code 1 link}, {@code 2 links}. */
  public static String count(long n, String one) {
    return n + " " + (n == 1 ? one : one + "s");
  }
}
