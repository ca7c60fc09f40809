/**
 * The sealed channel to each device of a friend: keeps ratchet states, makes sessions anew when
 * they are lost.
 */
@NullMarked
package org.wayfolk.messenger.session;

import org.jspecify.annotations.NullMarked;
