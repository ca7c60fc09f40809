/**
 * Shows by which nodes a message goes: asks toward a target that each end one hop later than the
 * one before, and a line from the node where each ended (docs/protocol/trace.md).
 *
 * <p>Only for our own links: a node of the older protocol drops what ends there. A node may decline
 * to answer; it answers one ask a second, seals its line to the asker, and says nothing of its
 * links to those whom its user knows. Not a measurement of hops: forwarders may lie, and the way of
 * the next message may be another.
 */
@NullMarked
package org.wayfolk.trace;

import org.jspecify.annotations.NullMarked;
