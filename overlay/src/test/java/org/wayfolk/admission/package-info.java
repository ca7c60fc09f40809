/** Tests of this room. */
@NullMarked
package org.wayfolk.admission;

import org.jspecify.annotations.NullMarked;
