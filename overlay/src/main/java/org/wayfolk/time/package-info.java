/**
 * The only source of now, deadlines and rates.
 *
 * <p>Nothing else in the library reads a clock, so that a whole network can run on a virtual one
 * and replay from a seed. Monotonic nanoseconds order what happens here; wall-clock milliseconds
 * are only for what is signed and compared with others, whose clocks we do not trust.
 */
@NullMarked
package org.wayfolk.time;

import org.jspecify.annotations.NullMarked;
