/**
 * The seam to the network: authenticated links that move whole frames, and the machine a node runs
 * on.
 *
 * <p>Two transports exist: QUIC over one UDP socket, and the simulated one; both pass the contract
 * suite in {@code overlay-sim}. Nothing here knows what a frame means. Law: no call of this seam
 * blocks; a full queue says so and the caller decides. Threat: a peer that stops reading, so every
 * queue toward a peer has a byte limit.
 */
@NullMarked
package org.wayfolk.transport;

import org.jspecify.annotations.NullMarked;
