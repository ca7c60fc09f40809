package org.wayfolk.node;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.wayfolk.protocol.Tally;

/** One number for each {@link Tally}. Any thread. */
final class Counters {
  private final EnumMap<Tally, LongAdder> values = new EnumMap<>(Tally.class);

  Counters() {
    for (Tally t : Tally.values()) {
      values.put(t, new LongAdder());
    }
  }

  void add(Tally what, long n) {
    Objects.requireNonNull(values.get(what)).add(n);
  }

  long get(Tally what) {
    return Objects.requireNonNull(values.get(what)).sum();
  }

  /** Those that are not zero, by their public names, in order of declaration. */
  Map<String, Long> nonZero(boolean drops) {
    Map<String, Long> out = new LinkedHashMap<>();
    for (Tally t : Tally.values()) {
      long v = get(t);
      if (v != 0 && t.drop() == drops) {
        out.put(t.key(), v);
      }
    }
    return Collections.unmodifiableMap(out);
  }
}
