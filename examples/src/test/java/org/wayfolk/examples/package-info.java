/** An application's own test, as its author would write it. */
@NullMarked
package org.wayfolk.examples;

import org.jspecify.annotations.NullMarked;
