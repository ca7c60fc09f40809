/** Tests of what a spectator sees, and of the page that shows it. */
@NullMarked
package org.wayfolk.simulator.watch;

import org.jspecify.annotations.NullMarked;
