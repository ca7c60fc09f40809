package org.wayfolk.peer;

/**
 * What it costs a node's user that it is there for others. Stands in its record; of ways that are
 * otherwise equally good the cheaper class is taken, and nothing else follows from it but for
 * {@link #METERED}. In the order of preference.
 */
public enum Cost {
  /** Power and line cost nothing more: the default. */
  MAINS(0),

  /** Runs on a battery. */
  BATTERY(1),

  /** Pays by volume: carries nothing for others, has few links and takes none. */
  METERED(2),

  /** Asked only where nobody else is. */
  LAST_RESORT(3);

  private static final Cost[] ALL = values();
  private static final int SHIFT = 2;
  private static final int MASK = 3;

  private final int rank;

  Cost(int rank) {
    this.rank = rank;
  }

  /** 0 is preferred, 3 comes last. */
  public int rank() {
    return rank;
  }

  /** The class that capability bits name. */
  public static Cost of(int capabilities) {
    return ALL[(capabilities >>> SHIFT) & MASK];
  }

  /** The capability bits of a record that name this class. */
  public int bits() {
    return rank << SHIFT;
  }

  /** Whether such a node carries nothing for others, whatever its user said of bytes a day. */
  public boolean leaf() {
    return this == METERED;
  }
}
