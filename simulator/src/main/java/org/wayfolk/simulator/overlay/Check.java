package org.wayfolk.simulator.overlay;

import java.util.Locale;

/** Who judges at the end of a scenario, apart from what the scenario itself does and expects. */
public enum Check {
  /** Every member that is there has a link. */
  LINKED,

  /** The invariant of overlay.md 2 holds at every member that is there. */
  INVARIANT,

  /** No message was handed to an application twice. */
  ONCE,

  /** No counter {@code bug} has counted anything. */
  NO_BUG,

  /** Every buffer has come back once all nodes are closed. */
  PACKETS_BACK;

  /** What every scenario is judged by unless it says otherwise: all but the invariant. */
  public static java.util.List<Check> usual() {
    return java.util.List.of(LINKED, ONCE, NO_BUG, PACKETS_BACK);
  }

  /** Its name in files and results. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }
}
