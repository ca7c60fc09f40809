/** Tests of the ratchet: all small worlds, long random ones, hostile peers, vectors. */
@NullMarked
package org.wayfolk.messenger.ratchet;

import org.jspecify.annotations.NullMarked;
