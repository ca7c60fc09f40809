/** Tests of the trace room. */
@NullMarked
package org.wayfolk.trace;

import org.jspecify.annotations.NullMarked;
