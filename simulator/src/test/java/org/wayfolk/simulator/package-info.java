/** Tests of the command line: the program as a whole, in processes of its own. */
@NullMarked
package org.wayfolk.simulator;

import org.jspecify.annotations.NullMarked;
