/**
 * Routing alone, for networks too large to run: no time, no frames in flight, no joins. A network
 * is a function of a seed; what is measured is how many links a message crosses and whether it
 * arrives. The geometry {@code xor} is ours and runs the overlay's own table, ranking and forwarder
 * ({@link org.wayfolk.routing.Walk}); {@code ring} and {@code torus8} are others' designs, modelled
 * here, so that what is claimed of them can be checked by anyone.
 *
 * <p>Law: same plan, same figures, for any number of threads: every link and every pair is a pure
 * function of the seed, and threads only add counts. What it does not show: whether a network comes
 * to have these links, which is what the full-protocol runs are for.
 */
@NullMarked
package org.wayfolk.simulator.routing;

import org.jspecify.annotations.NullMarked;
