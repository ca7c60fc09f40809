package org.wayfolk.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis: which values stand where, and at which round ones a mark stands.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}
 * @param from the place of the lowest, in units of the drawing
 * @param to the place of the highest
 */
record Scale(double low, double high, double from, double to) {
  /** From nothing to a round value that is not below {@code most}. */
  static Scale fromZero(double most, double from, double to) {
    if (most <= 0) {
      return new Scale(0, 1, from, to);
    }
    double step = step(most, 5);
    return new Scale(0, Math.max(step, Math.ceil(most / step - 1e-9) * step), from, to);
  }

  double place(double value) {
    return high == low ? from : from + (to - from) * (value - low) / (high - low);
  }

  /** Round values along it, both ends included. */
  List<Double> marks(int about) {
    double step = step(high - low, about);
    List<Double> marks = new ArrayList<>();
    for (double v = Math.ceil(low / step - 1e-9) * step; v <= high + step * 1e-6; v += step) {
      marks.add(v);
    }
    return marks;
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double step(double length, int parts) {
    double rough = length / Math.max(1, parts);
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(rough)));
    double lead = rough / power;
    return (lead <= 1.0000001 ? 1 : lead <= 2.0000001 ? 2 : lead <= 5.0000001 ? 5 : 10) * power;
  }

  /** A number as people write it: no more digits than it needs, thousands apart. */
  static String words(double value) {
    if (Math.abs(value - Math.rint(value)) < 1e-9) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    String text = String.format(Locale.ROOT, "%,.4f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
