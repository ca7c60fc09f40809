/** Tests of the routing-only models. */
@NullMarked
package org.wayfolk.simulator.routing;

import org.jspecify.annotations.NullMarked;
