/**
 * How two people become friends: invitations, spoken codes, and the handshake over them.
 * Strangers get silence.
 */
@NullMarked
package org.wayfolk.messenger.meeting;

import org.jspecify.annotations.NullMarked;
