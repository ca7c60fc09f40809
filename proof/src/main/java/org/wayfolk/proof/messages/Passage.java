package org.wayfolk.proof.messages;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Time as the scenario lets it pass. */
interface Passage {
  /** True time since the beginning. */
  Duration now();

  /** Lets the world go on until a condition holds, at most for so long. */
  void run(BooleanSupplier until, Duration most);
}
