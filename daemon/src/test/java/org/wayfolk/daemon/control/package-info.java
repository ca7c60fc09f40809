/** Tests of {@code control} without processes and without a network. */
@NullMarked
package org.wayfolk.daemon.control;

import org.jspecify.annotations.NullMarked;
