/** Tests of the twin. */
@NullMarked
package org.wayfolk.simulator.nearest;

import org.jspecify.annotations.NullMarked;
