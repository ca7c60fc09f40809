/** Each attack, with its defence and without. */
@NullMarked
package org.wayfolk.simulator.hostile;

import org.jspecify.annotations.NullMarked;
