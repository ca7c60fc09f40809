package org.wayfolk.simulator.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Delivery over virtual time: the share of the messages of each slice that was delivered, and at
 * the first try; under it how many were sent.
 *
 * @param at when each slice began, seconds
 * @param sent messages of each
 * @param first those of them that were delivered at the first try
 * @param delivered those that were delivered at all
 */
record Course(List<Double> at, List<Double> sent, List<Double> first, List<Double> delivered) {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 320;
  private static final int LEFT = 64;
  private static final int RIGHT = 104;
  private static final int TOP = 30;

  /** The strip of what was sent, under the chart of shares. */
  private static final int STRIP = 44;

  private static final int BOTTOM = 46;

  /** Where nothing of any share lies below, the axis begins there, and says so. */
  private static final double[] FLOORS = {99, 90, 50, 0};

  private double percent(List<Double> of, int i) {
    return 100 * of.get(i) / sent.get(i);
  }

  private double floor() {
    double least = 100;
    for (int i = 0; i < at.size(); i++) {
      least = Math.min(least, Math.min(percent(first, i), percent(delivered, i)));
    }
    for (double floor : FLOORS) {
      if (least >= floor) {
        return floor;
      }
    }
    return 0;
  }

  Markup draw(String label) {
    Markup m = new Markup();
    m.tag("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, label);
    int base = HEIGHT - BOTTOM - STRIP - 14;
    double floor = floor();
    Scale y = new Scale(floor, 100, base, TOP);
    for (double v : y.marks(4)) {
      m.tag("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y.place(v), WIDTH - RIGHT);
      m.tag(
          "<text class=\"n\" x=\"%d\" y=\"%.1f\">%s %%</text>",
          LEFT - 8, y.place(v) + 4, Scale.words(v));
    }
    double step = at.size() > 1 ? (at.getLast() - at.getFirst()) / (at.size() - 1) : 1;
    Scale x = new Scale(at.getFirst(), at.getLast() + step, LEFT, WIDTH - RIGHT);
    line(m, "first", first, x, y, step);
    line(m, "all", delivered, x, y, step);
    ends(m, y);
    strip(m, x, step);
    for (double v : x.marks(8)) {
      m.tag(
          "<text class=\"c\" x=\"%.1f\" y=\"%d\">%s</text>",
          x.place(v), HEIGHT - BOTTOM + 18, Scale.words(v));
    }
    m.tag("<path class=\"axis\" d=\"M%d %dH%d\"/>", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT);
    m.tag(
        "<text class=\"c a\" x=\"%d\" y=\"%d\">virtual time of the send, seconds</text>",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6);
    String begins = floor == 0 ? "" : ": the axis begins at " + Scale.words(floor) + " %";
    m.tag("<text class=\"a\" x=\"4\" y=\"12\">share of the messages%s</text>", begins);
    return m.tag("</svg>");
  }

  private void line(Markup m, String kind, List<Double> of, Scale x, Scale y, double step) {
    StringBuilder way = new StringBuilder();
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < at.size(); i++) {
      double px = x.place(at.get(i) + step / 2);
      double py = y.place(percent(of, i));
      points.add(new double[] {px, py});
      way.append(i == 0 ? "M" : "L").append(Math.round(px * 10) / 10.0).append(' ');
      way.append(Math.round(py * 10) / 10.0);
    }
    m.tag("<path class=\"line %s\" d=\"%s\"/>", kind, way);
    for (int i = 0; i < points.size(); i++) {
      m.tag(
          "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s s: %s of %s, %.2f"
              + " %%</title></circle>",
          kind,
          points.get(i)[0],
          points.get(i)[1],
          Scale.words(at.get(i)),
          Scale.words(of.get(i)),
          Scale.words(sent.get(i)),
          percent(of, i));
    }
  }

  /** Each line is named where it ends; two that end together stand one under the other. */
  private void ends(Markup m, Scale y) {
    int last = at.size() - 1;
    double all = y.place(percent(delivered, last)) + 4;
    double one = y.place(percent(first, last)) + 4;
    if (one - all < 16) {
      one = all + 16;
    }
    m.tag("<text class=\"all\" x=\"%d\" y=\"%.1f\">delivered</text>", WIDTH - RIGHT + 8, all);
    m.tag(
        "<text class=\"first\" x=\"%d\" y=\"%.1f\">at the first try</text>",
        WIDTH - RIGHT + 8, one);
  }

  private void strip(Markup m, Scale x, double step) {
    double most = sent.stream().mapToDouble(v -> v).max().orElse(1);
    int base = HEIGHT - BOTTOM;
    Scale y = new Scale(0, most, base, base - STRIP);
    for (int i = 0; i < at.size(); i++) {
      double left = x.place(at.get(i)) + 1;
      double width = Math.max(1, x.place(at.get(i) + step) - left - 1);
      double top = y.place(sent.get(i));
      m.tag(
          "<rect class=\"sent\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s s:"
              + " %s sent</title></rect>",
          left, top, width, base - top, Scale.words(at.get(i)), Scale.words(sent.get(i)));
    }
    m.tag(
        "<text class=\"n\" x=\"%d\" y=\"%d\">%s</text>",
        LEFT - 8, base - STRIP + 8, Scale.words(most));
    m.tag("<text class=\"n\" x=\"%d\" y=\"%d\">0</text>", LEFT - 8, base + 2);
    m.tag("<text class=\"q\" x=\"%d\" y=\"%d\">sent</text>", WIDTH - RIGHT + 8, base - STRIP + 10);
  }
}
