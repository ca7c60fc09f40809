/** Tests of {@code terminal} without processes and without a network. */
@NullMarked
package org.wayfolk.daemon.terminal;

import org.jspecify.annotations.NullMarked;
