/** Tests of routing, and a small network in memory to run them in. */
@NullMarked
package org.wayfolk.routing;

import org.jspecify.annotations.NullMarked;
