/**
 * The keyspace: 256-bit node ids and their XOR distance, and nothing else.
 *
 * <p>Knows no keys, no addresses and no I/O. Everything above imports it; it imports nothing of
 * ours. Distances are compared, never subtracted: an attacker chooses ids, so no arithmetic here
 * may overflow or depend on secrets.
 */
@NullMarked
package org.wayfolk.id;

import org.jspecify.annotations.NullMarked;
