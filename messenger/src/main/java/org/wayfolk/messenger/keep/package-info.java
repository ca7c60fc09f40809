/**
 * Backup, restore and export of what is a person's own: who they are, their friends, their
 * conversations. Never what belongs to a device: its keys, the node's seed, sessions, prekeys, what
 * is on its way. So a backup that is found and opened reads the past and no message to come, and
 * two devices can never go on with one session.
 *
 * <p>Works on tables, not on values of the rooms: what a room keeps stays its own affair, and an
 * old backup goes through the same migrations as an old store.
 */
@NullMarked
package org.wayfolk.messenger.keep;

import org.jspecify.annotations.NullMarked;
