/**
 * A twin of an earlier implementation ("nodenet", in Go): which links its nodes make, how they
 * learn of others and how they route, with its numbers. It is here to be compared with, under
 * {@code sim overlay --policy nearest-only}; none of it is ours and none of ours is in it. How near
 * it comes to the figures of the real code stands in docs/proof/nearest.md.
 *
 * <p>Left out, all to its advantage: latency, loss, NAT, rate limits and subnet caps, which did not
 * bind where the real code was measured either. Law: same plan, same figures: events of one instant
 * happen in the order in which they were set.
 */
@NullMarked
package org.wayfolk.simulator.nearest;

import org.jspecify.annotations.NullMarked;
