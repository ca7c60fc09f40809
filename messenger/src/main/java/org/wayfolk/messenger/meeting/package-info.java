/**
 * How two people become friends: invitations (links and their QR), spoken codes, and the handshake
 * over them, on both sides. Decides nothing about people or sessions: {@code people} keeps them,
 * {@code session} makes them. Layouts and threats: {@code docs/protocol/invitation.md}.
 *
 * <p>Laws: strangers get silence; whoever knows a secret gets an answer in words; every step is
 * stored before it leaves, so that loss, repeats and restarts anywhere end in friends on both sides
 * exactly once, or in words.
 */
@NullMarked
package org.wayfolk.messenger.meeting;

import org.jspecify.annotations.NullMarked;
