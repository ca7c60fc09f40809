/**
 * Whole networks of real nodes on a virtual clock: a {@link org.wayfolk.simulator.overlay.Scenario}
 * says what happens, a {@link org.wayfolk.simulator.overlay.Run} makes it happen, and figures come
 * out. The nodes are those of the program; only transport, clock and (where asked) cryptography are
 * simulated.
 *
 * <p>Law: everything follows from the scenario and the seed. Nothing here reads a clock, draws
 * ambient chance, or walks a hash table.
 */
@NullMarked
package org.wayfolk.simulator.overlay;

import org.jspecify.annotations.NullMarked;
