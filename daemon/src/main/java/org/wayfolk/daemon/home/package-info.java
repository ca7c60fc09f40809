/**
 * The directory that a node lives in: its seed, its choices, whom it knew, its lock and its socket.
 *
 * <p>It knows nothing of networks at work. Laws: one process a home; what was acknowledged survives
 * {@code kill -9} and a full disk, so every file is written aside, forced and renamed; a seed is
 * never overwritten; a home that a newer program wrote is left alone. Threat: other users of the
 * machine, so the home is 0700 and every file in it 0600.
 */
@NullMarked
package org.wayfolk.daemon.home;

import org.jspecify.annotations.NullMarked;
