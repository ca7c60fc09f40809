/**
 * Keys between two devices: the set-up (PQXDH-shaped) and the Double Ratchet with header
 * encryption, as pure values.
 *
 * <p>Threat: a stolen state must not open the past, must heal, and a state that goes back in time
 * must never use a nonce twice.
 */
@NullMarked
package org.wayfolk.messenger.ratchet;

import org.jspecify.annotations.NullMarked;
