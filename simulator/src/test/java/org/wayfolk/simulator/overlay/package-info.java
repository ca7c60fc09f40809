/** Tests of whole networks: scenarios, their judges, and that a seed gives the same in two JVMs. */
@NullMarked
package org.wayfolk.simulator.overlay;

import org.jspecify.annotations.NullMarked;
