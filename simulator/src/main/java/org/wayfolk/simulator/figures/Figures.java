package org.wayfolk.simulator.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The result of a run: named figures in the order in which they were put, which is the order of its
 * JSON. Not thread-safe.
 *
 * <p>Two runs of one command and one seed give the same text, but for keys that begin with {@code
 * wall} or {@code rss}: what is put here from a hash table's order, a clock or a machine breaks
 * that.
 */
public final class Figures {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]*");
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Puts a whole number. */
  public Figures put(String key, long value) {
    return set(key, value);
  }

  /**
   * Puts a measure, rounded to so many digits behind the point, halves up; one that is no number (a
   * mean of nothing) is left out.
   */
  public Figures put(String key, double value, int digits) {
    return Double.isFinite(value)
        ? set(key, BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP))
        : this;
  }

  /** Puts a text. */
  public Figures put(String key, String value) {
    return set(key, value);
  }

  /** Puts a yes or no. */
  public Figures put(String key, boolean value) {
    return set(key, value);
  }

  /** Puts figures within figures; they are copied. */
  public Figures put(String key, Figures value) {
    return set(key, value.map());
  }

  /** Puts a list of numbers, texts or {@link Figures}. */
  public Figures put(String key, List<?> value) {
    return set(key, value.stream().map(v -> v instanceof Figures f ? f.map() : v).toList());
  }

  /** Puts all of another's, in its order, behind what is here. */
  public Figures putAll(Figures other) {
    other.values.forEach(this::set);
    return this;
  }

  /** A number put here, as a double. */
  public double number(String key) {
    Object value = values.get(key);
    if (value instanceof Number n) {
      return n.doubleValue();
    }
    throw new IllegalArgumentException("no figure " + key);
  }

  /** Whether there is such a figure. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The figures, in order; nested ones are maps. Unmodifiable. */
  public Map<String, Object> map() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Indented JSON, one object, no line break at its end. */
  public String json() {
    try {
      return MAPPER.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("figures hold numbers and texts only", e);
    }
  }

  /** The same as {@link #json}. */
  @Override
  public String toString() {
    return json();
  }

  private Figures set(String key, Object value) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("a key is snake_case, not " + key);
    }
    if (values.putIfAbsent(key, value) != null) {
      throw new IllegalArgumentException("put twice: " + key);
    }
    return this;
  }
}
