package org.wayfolk.simulator.overlay;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wayfolk.simulator.figures.Figures;

/**
 * A bound that a figure must keep, such as {@code delivered >= 0.999}.
 *
 * @param key the figure's name; one of a named send begins with its name and an underscore
 * @param least whether the bound is a least value, else it is the most
 * @param bound the value itself is allowed
 */
public record Expectation(String key, boolean least, double bound) {
  private static final Pattern FORM =
      Pattern.compile("([a-z][a-z0-9_]*) *(>=|<=) *([0-9]+(?:\\.[0-9]+)?)");

  /**
   * Reads {@code KEY >= NUMBER} or {@code KEY <= NUMBER}.
   *
   * @throws IllegalArgumentException with words for a user
   */
  public static Expectation of(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "expected KEY >= NUMBER or KEY <= NUMBER, not \"" + text + "\"");
    }
    return new Expectation(m.group(1), m.group(2).equals(">="), Double.parseDouble(m.group(3)));
  }

  /** Says in words how the figures miss it; empty if they keep it. */
  public Optional<String> missed(Figures figures) {
    if (!figures.has(key)) {
      return Optional.of(key + " was expected, and there is no such figure");
    }
    double value = figures.number(key);
    boolean kept = least ? value >= bound : value <= bound;
    return kept ? Optional.empty() : Optional.of(this + ", but it is " + value);
  }

  @Override
  public String toString() {
    return key + (least ? " >= " : " <= ") + bound;
  }
}
