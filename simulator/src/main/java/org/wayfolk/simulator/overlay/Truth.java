package org.wayfolk.simulator.overlay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wayfolk.id.NodeId;
import org.wayfolk.node.LinkInfo;

/** Who is there by the world's own books: what no node can know, and all of them should. */
final class Truth {
  /** Links that every node has to those nearest to it (overlay.md 2). */
  static final int SIBLINGS = 16;

  private final NodeId[] sorted;
  private final int difficulty;

  Truth(List<NodeId> living, int difficulty) {
    sorted = living.toArray(new NodeId[0]);
    Arrays.sort(sorted);
    this.difficulty = difficulty;
  }

  /**
   * What is missing of the invariant at one node, in words; empty if it holds: every populated
   * level has a live link, and the 16 nearest are live links.
   */
  List<String> missing(NodeId self, List<LinkInfo> links) {
    List<String> missing = new ArrayList<>();
    Set<NodeId> linked = new HashSet<>();
    long[] levels = new long[4];
    for (LinkInfo l : links) {
      if (Arrays.binarySearch(sorted, l.id()) >= 0) {
        linked.add(l.id());
        int level = l.id().commonPrefix(self);
        levels[level >> 6] |= 1L << level;
      }
    }
    List<NodeId> near = new ArrayList<>();
    int lo = Arrays.binarySearch(sorted, self);
    int hi = lo + 1;
    // From those that share most bits outwards: each level is what the next range adds.
    for (int level = 255; level >= difficulty; level--) {
      int before = hi - lo;
      while (lo > 0 && sorted[lo - 1].commonPrefix(self) >= level) {
        lo--;
      }
      while (hi < sorted.length && sorted[hi].commonPrefix(self) >= level) {
        hi++;
      }
      boolean populated = hi - lo > before;
      if (populated && (levels[level >> 6] & 1L << level) == 0) {
        missing.add("no link in level " + (level - difficulty));
      }
      if (populated && near.size() < SIBLINGS + 1) {
        near = new ArrayList<>(Arrays.asList(sorted).subList(lo, hi));
      }
    }
    near.sort(Comparator.comparing(n -> n, self::compareDistance));
    near.stream()
        .filter(n -> !n.equals(self))
        .limit(SIBLINGS)
        .filter(n -> !linked.contains(n))
        .forEach(n -> missing.add("no link to near " + n.shortHex()));
    return missing;
  }
}
