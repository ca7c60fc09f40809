/** Tests of {@code home} without processes and without a network. */
@NullMarked
package org.wayfolk.daemon.home;

import org.jspecify.annotations.NullMarked;
