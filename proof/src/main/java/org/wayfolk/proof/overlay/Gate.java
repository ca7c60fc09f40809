package org.wayfolk.proof.overlay;

import java.util.Arrays;
import java.util.List;
import org.wayfolk.simulator.overlay.Expectation;

/**
 * One line of the table of gates.
 *
 * @param what what is asked, in the words of overlay.md 9
 * @param bounds what that means for the figures
 * @param oldReal what the old policy's own code did, or empty: reference/go-baseline.md
 */
record Gate(String what, List<Expectation> bounds, String oldReal) {
  static Gate of(String what, String... bounds) {
    return new Gate(what, Arrays.stream(bounds).map(Expectation::of).toList(), "");
  }

  Gate old(String real) {
    return new Gate(what, bounds, real);
  }
}
