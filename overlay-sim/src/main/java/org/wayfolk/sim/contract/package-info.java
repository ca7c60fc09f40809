/**
 * What every transport and every host must do, as JUnit suites: a second one may not exist without
 * passing the suite of the first. Subclass and give the factories.
 *
 * <p>Nothing here sleeps or reads a clock; a wait is a future that {@link
 * org.wayfolk.transport.Host#await} waits for, so that the same cases run on virtual and on real
 * time. Needs JUnit and AssertJ, which are optional dependencies of this artifact.
 */
@NullMarked
package org.wayfolk.sim.contract;

import org.jspecify.annotations.NullMarked;
