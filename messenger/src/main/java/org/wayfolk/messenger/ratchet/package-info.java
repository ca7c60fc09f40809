/**
 * Keys between two devices: the set-up (PQXDH-shaped) and the Double Ratchet with header
 * encryption, as pure values. Own code, written from Signal's published specifications: PQXDH
 * revision 3 (2024-01-23) and The Double Ratchet Algorithm revision 1 (2016-11-20; section 4,
 * header encryption; section 6.5, deferred ratchet keys); what differs is said in {@code
 * docs/protocol/ratchet.md}.
 *
 * <p>Not here: which session is used, storage, duplicates, repair (room {@code session}). No clock
 * and no randomness: both are arguments.
 *
 * <p>Threat: a stolen state must not open the past, must heal, and a state that goes back in time
 * must never use a nonce twice.
 */
@NullMarked
package org.wayfolk.messenger.ratchet;

import org.jspecify.annotations.NullMarked;
