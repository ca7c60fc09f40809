package org.wayfolk.simulator.report;

import java.util.List;

/**
 * A chart of bars that begin at zero, with a value over each that there is room for.
 *
 * @param across what stands along the horizontal axis, and its unit
 * @param up what stands along the vertical one, and its unit
 * @param names what each bar is
 * @param values how high each is
 * @param marks values on the horizontal axis to be marked, with their words
 */
record Bars(String across, String up, List<String> names, List<Double> values, List<Mark> marks) {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 260;
  private static final int LEFT = 64;
  private static final int RIGHT = 16;
  private static final int TOP = 30;
  private static final int BOTTOM = 46;

  /** A bar is no wider. */
  private static final int WIDEST = 64;

  /** So many words fit under the axis, and so many values over the bars. */
  private static final int NAMES = 16;

  private static final int VALUES = 18;

  /** A place between the bars: bar {@code at}, counted from 0 and with a fraction. */
  record Mark(double at, String words) {}

  Markup draw(String label) {
    Markup m = new Markup();
    m.tag("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, label);
    double most = values.stream().mapToDouble(v -> v).max().orElse(0);
    Scale y = Scale.fromZero(most, HEIGHT - BOTTOM, TOP);
    for (double v : y.marks(5)) {
      m.tag("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y.place(v), WIDTH - RIGHT);
      m.tag(
          "<text class=\"n\" x=\"%d\" y=\"%.1f\">%s</text>",
          LEFT - 8, y.place(v) + 4, Scale.words(v));
    }
    int n = Math.max(1, values.size());
    double slot = (double) (WIDTH - LEFT - RIGHT) / n;
    double gap = Math.max(Math.min(6, slot * 0.15), slot - WIDEST);
    int every = (n + NAMES - 1) / NAMES;
    for (int i = 0; i < values.size(); i++) {
      bar(m, i, LEFT + i * slot + gap / 2, slot - gap, y);
      if (i % every == 0) {
        double middle = LEFT + (i + 0.5) * slot;
        m.tag(
            "<text class=\"c\" x=\"%.1f\" y=\"%d\">%s</text>",
            middle, HEIGHT - BOTTOM + 18, names.get(i));
      }
    }
    for (Mark mark : marks) {
      double x = LEFT + (mark.at + 0.5) * slot;
      boolean late = x > WIDTH * 0.75;
      m.tag("<path class=\"mark\" d=\"M%.1f %dV%d\"/>", x, TOP - 12, HEIGHT - BOTTOM);
      m.tag(
          "<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>",
          late ? "n m" : "m", x + (late ? -6 : 6), TOP - 16 + 6, mark.words);
    }
    m.tag("<path class=\"axis\" d=\"M%d %dH%d\"/>", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT);
    m.tag(
        "<text class=\"c a\" x=\"%d\" y=\"%d\">%s</text>",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, across);
    m.tag("<text class=\"a\" x=\"4\" y=\"12\">%s</text>", up);
    return m.tag("</svg>");
  }

  private void bar(Markup m, int i, double x, double width, Scale y) {
    double value = values.get(i);
    double top = y.place(value);
    m.tag(
        "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
            + " rx=\"2\"><title>%s: %s</title></rect>",
        x,
        top,
        Math.max(1, width),
        Math.max(0, HEIGHT - BOTTOM - top),
        names.get(i),
        Scale.words(value));
    if (values.size() <= VALUES && value > 0) {
      m.tag(
          "<text class=\"c v\" x=\"%.1f\" y=\"%.1f\">%s</text>",
          x + width / 2, top - 4, Scale.words(value));
    }
  }
}
