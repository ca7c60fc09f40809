package org.wayfolk.simulator.overlay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.wayfolk.id.NodeId;
import org.wayfolk.node.LinkInfo;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Histogram;
import org.wayfolk.transport.TrafficClass;

/** What is read off the members without asking them to do anything. */
final class Measures {
  /**
   * What IP, UDP and QUIC put around a frame that travels alone: 28 bytes, a short header with a
   * connection id of 20 and a packet number of 2, a tag of 16, a stream header of 6.
   */
  private static final int DATAGRAM = 73;

  /** A datagram that only acknowledges; one for every second frame, as RFC 9000 13.2.2 has it. */
  private static final int ACKNOWLEDGEMENT = 73;

  private static final int KIBIBYTES_A_BAR = 1_024;
  private static final int SHOWN = 5;

  private Measures() {}

  /** Links as they are now, and whether the invariant holds. */
  static Figures links(Population people, int difficulty) {
    Truth truth = truth(people, difficulty);
    Histogram links = new Histogram();
    List<Long> byLevel = new ArrayList<>();
    int broken = 0;
    List<String> examples = new ArrayList<>();
    for (Inhabitant i : people.here()) {
      List<LinkInfo> all = i.node().links();
      links.add(all.size());
      for (LinkInfo l : all) {
        while (byLevel.size() <= l.level()) {
          byLevel.add(0L);
        }
        byLevel.set(l.level(), byLevel.get(l.level()) + 1);
      }
      List<String> missing = truth.missing(i.member().identity().id(), all);
      if (!missing.isEmpty() && broken++ < SHOWN) {
        examples.add("node " + i.number() + ": " + String.join(", ", missing));
      }
    }
    int n = people.here().size();
    Figures f = new Figures();
    f.put("links_mean", links.mean(), 2);
    f.put("links_p99", links.quantile(0.99));
    f.put("links_most", links.max());
    f.put("without_links", links.counts().isEmpty() ? 0 : links.counts().getFirst());
    f.put("links_by_level", byLevel.stream().map(l -> Math.round(100.0 * l / n) / 100.0).toList());
    f.put("invariant_broken", broken);
    f.put("invariant_broken_examples", examples);
    return f;
  }

  /** Whether the invariant holds at one member. */
  static boolean holds(Population people, Inhabitant one, int difficulty) {
    return truth(people, difficulty)
        .missing(one.member().identity().id(), one.node().links())
        .isEmpty();
  }

  private static Truth truth(Population people, int difficulty) {
    List<NodeId> living = new ArrayList<>();
    for (Inhabitant i : people.everybody()) {
      if (i.here()) {
        living.add(i.member().identity().id());
      }
    }
    return new Truth(living, difficulty);
  }

  /** Frames and bytes that each member has sent, by class, to be compared later. */
  static long[][] sent(Population people) {
    int classes = TrafficClass.values().length;
    long[][] out = new long[people.everybody().size()][2 * classes + 1];
    for (Inhabitant i : people.everybody()) {
      out[i.number()][2 * classes] = i.lives();
      for (TrafficClass kind : TrafficClass.values()) {
        out[i.number()][kind.rank()] = i.member().transport().framesSent(kind);
        out[i.number()][classes + kind.rank()] = i.member().transport().bytesSent(kind);
      }
    }
    return out;
  }

  /**
   * IP bytes a day, both ways, from what was sent within a time in which nobody came or went. What
   * one sends another receives, so both ways are twice what was sent, in the mean.
   */
  static Figures traffic(Population people, long[][] before, Duration within) {
    long[][] after = sent(people);
    double days = (double) within.toNanos() / Duration.ofDays(1).toNanos();
    int classes = TrafficClass.values().length;
    double[] byClass = new double[classes];
    Histogram each = new Histogram();
    int n = 0;
    for (Inhabitant i : people.here()) {
      if (before[i.number()][2 * classes] != i.lives()) {
        continue; // it came back within that time, and counted anew
      }
      n++;
      double all = 0;
      for (int k = 0; k < classes; k++) {
        long frames = after[i.number()][k] - before[i.number()][k];
        long bytes = after[i.number()][classes + k] - before[i.number()][classes + k];
        double ip = 2 * (bytes + frames * (DATAGRAM + ACKNOWLEDGEMENT / 2.0)) / days;
        byClass[k] += ip;
        all += ip;
      }
      each.add((int) (all / 1_024 / KIBIBYTES_A_BAR));
    }
    Figures classed = new Figures();
    double sum = 0;
    for (TrafficClass kind : TrafficClass.values()) {
      sum += byClass[kind.rank()];
      classed.put(
          kind.name().toLowerCase(Locale.ROOT), Math.round(byClass[kind.rank()] / Math.max(1, n)));
    }
    Figures f = new Figures();
    f.put("bytes_per_node_per_day", Math.round(sum / Math.max(1, n)));
    f.put("bytes_by_class", classed);
    f.put("bytes_per_node_histogram", each.counts());
    return f;
  }

  /** A counter of all members that are there, together. */
  static long counter(Population people, String name) {
    return people.here().stream().mapToLong(i -> i.node().stats().get(name)).sum();
  }
}
