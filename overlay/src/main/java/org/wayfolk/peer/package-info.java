/**
 * What is known of others: networks, signed peer records, and where they are kept across restarts.
 *
 * <p>Nothing here talks to anybody. Law: nothing unsigned ever overwrites something signed, and of
 * two signed records of one node the later wins. Threat: a record is relayed by strangers, so only
 * what its own key signed counts, and it is bound to one network.
 */
@NullMarked
package org.wayfolk.peer;

import org.jspecify.annotations.NullMarked;
