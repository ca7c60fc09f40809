/** Tests of this room. */
@NullMarked
package org.wayfolk.rendezvous;

import org.jspecify.annotations.NullMarked;
