/** Tests of {@code cli} without processes and without a network. */
@NullMarked
package org.wayfolk.daemon.cli;

import org.jspecify.annotations.NullMarked;
