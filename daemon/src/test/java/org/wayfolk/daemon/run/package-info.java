/** Tests of {@code run} without processes and without a network. */
@NullMarked
package org.wayfolk.daemon.run;

import org.jspecify.annotations.NullMarked;
