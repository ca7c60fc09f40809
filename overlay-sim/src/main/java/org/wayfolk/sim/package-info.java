/**
 * A deterministic twin of the world: one thread, a virtual clock, and a network whose faults are
 * set by the test.
 *
 * <p>For authors of applications as much as for us: the same node that runs over QUIC runs here on
 * {@link org.wayfolk.sim.SimTransport}, and a network of hundreds lives in one test. Everything
 * that happens is a function of one seed; a failure prints it. It is not a model of congestion
 * control or of a kernel: {@link org.wayfolk.sim.WireShape} says what is modelled and what is not.
 *
 * <p>Law: nothing here reads a real clock, an ambient generator, an identity hash code or the order
 * of a hash table.
 */
@NullMarked
package org.wayfolk.sim;

import org.jspecify.annotations.NullMarked;
