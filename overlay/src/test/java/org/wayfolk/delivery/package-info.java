/** Tests of this room. */
@NullMarked
package org.wayfolk.delivery;

import org.jspecify.annotations.NullMarked;
