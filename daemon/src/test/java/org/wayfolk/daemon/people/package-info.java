/** Tests of {@code people} without processes and without a network. */
@NullMarked
package org.wayfolk.daemon.people;

import org.jspecify.annotations.NullMarked;
