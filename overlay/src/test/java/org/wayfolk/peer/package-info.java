/** Tests of what is known of others. */
@NullMarked
package org.wayfolk.peer;

import org.jspecify.annotations.NullMarked;
