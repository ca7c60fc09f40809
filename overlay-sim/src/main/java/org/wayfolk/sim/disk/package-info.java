/**
 * A disk that fails like a disk, under a real SQLite database: what was synced survives a power
 * loss, and of the rest a random part.
 *
 * <p>It is told when the database has committed and when it checkpoints, reads the files itself,
 * and knows no driver: the database's own format says what a commit has written. It is not a file
 * system: it judges one database in WAL mode with automatic checkpoints off.
 *
 * <p>Threat it plays: power that goes at any instant, and a disk that writes what was not synced in
 * any order, in part, or with rubbish in it. Law: what was synced is never touched, or a test would
 * find faults that no disk makes.
 */
@NullMarked
package org.wayfolk.sim.disk;

import org.jspecify.annotations.NullMarked;
