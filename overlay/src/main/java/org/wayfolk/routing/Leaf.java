package org.wayfolk.routing;

import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.transport.CloseReason;

/**
 * Keeps a node that pays by volume small: beyond 8 links the farthest go, those that carry for
 * others last. {@link Upkeep} sees to the nearest 8 that carry; what is for us comes over any of
 * them.
 */
final class Leaf {
  /** How long links may be too many: entry nodes are left once nearer ones are found. */
  static final long LOOK_NANOS = 10_000_000_000L;

  /** Timer: count them. */
  private record Look() implements Input.Timer {}

  /** Who closes a link. */
  interface Closer {
    void close(Slot slot, CloseReason why, Effects out);
  }

  private final LinkTable table;
  private final Closer closer;
  private boolean waiting;

  Leaf(LinkTable table, Closer closer) {
    this.table = table;
    this.closer = closer;
  }

  /** A link is up, or we have become a leaf. */
  void changed(Effects out) {
    if (table.leaf && !waiting && table.size() > LinkTable.LEAF_LINKS) {
      waiting = true;
      out.timer(Dials.jitter(LOOK_NANOS, out), new Look());
    }
  }

  /** A timer fired. False if it is not of this part. */
  boolean timer(Input.Timer timer, Effects out) {
    if (!(timer instanceof Look)) {
      return false;
    }
    waiting = false;
    while (table.leaf && table.size() > LinkTable.LEAF_LINKS) {
      closer.close(victim(), CloseReason.FULL, out);
    }
    return true;
  }

  /** The farthest that carries nothing, else the farthest, but of kept ones only if all are. */
  private Slot victim() {
    Slot worst = table.at(table.size() - 1);
    for (int i = table.size() - 2; i >= 0; i--) {
      Slot s = table.at(i);
      if (rank(s) > rank(worst)) {
        worst = s;
      }
    }
    return worst;
  }

  private static int rank(Slot s) {
    return s.kept ? 0 : s.carries() ? 1 : 2;
  }
}
