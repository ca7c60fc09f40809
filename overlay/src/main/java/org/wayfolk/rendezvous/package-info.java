/**
 * Learns a peer's current sealing key through the overlay, verified against its id, and tells ours
 * to who asks.
 *
 * <p>Not here: sealing itself (delivery), making and keeping the node's own sealing keys on disk
 * (identity, daemon). Law: no record, no key, no send; a key counts only if it came in an envelope
 * that its owner signed, with the owner's own record, and that record names it. Threat: whoever is
 * asked can lie about itself only; whoever carries the answer can only drop it; whoever floods us
 * with asks gets answers at a rate that we set.
 */
@NullMarked
package org.wayfolk.rendezvous;

import org.jspecify.annotations.NullMarked;
