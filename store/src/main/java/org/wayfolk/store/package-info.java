/**
 * Durable data: one SQLite file a home, with migrations, one writer, secrets and texts encrypted
 * under a profile key. Knows no tables of its users.
 *
 * <p>Threats: power loss at any instant; a stolen disk.
 */
@NullMarked
package org.wayfolk.store;

import org.jspecify.annotations.NullMarked;
