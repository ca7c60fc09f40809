/**
 * Neighbours and the way to everybody else: the table of live links, what keeps it right, lookup
 * and join, the decision where a routed frame goes next, dead ends, keepalive and leave.
 *
 * <p>It opens no payload, verifies no envelope and never dials by itself: it wishes for dials. Law:
 * every populated level of the keyspace has a live link and the 16 nearest nodes are live links, so
 * that greedy forwarding has no dead end; a transit frame is passed on in the buffer it came in and
 * allocates nothing. Threat: every neighbour may lie about whom it knows, hand frames back or say
 * nothing; what it says only orders choices that are sound without it.
 */
@NullMarked
package org.wayfolk.routing;

import org.jspecify.annotations.NullMarked;
