/**
 * {@code ./wayfolk sim}: whole networks on a virtual clock, and what came out as JSON. This room is
 * the command line alone: it parses, hands over, and prints; what is simulated and how it is judged
 * lies in the rooms below. Nothing here is part of the installed program.
 */
@NullMarked
package org.wayfolk.simulator;

import org.jspecify.annotations.NullMarked;
