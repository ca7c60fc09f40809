/**
 * A network that is looked at while it runs: what a spectator of a run sees, and a page on this
 * machine that draws it. It changes nothing of a run: the same seed gives the same figures, watched
 * or not. The page is served to loopback alone, under a name of loopback alone (a foreign name that
 * was bound to this machine gets nothing), it can only be read, and its policy lets in nothing but
 * its own files.
 */
@NullMarked
package org.wayfolk.simulator.watch;

import org.jspecify.annotations.NullMarked;
