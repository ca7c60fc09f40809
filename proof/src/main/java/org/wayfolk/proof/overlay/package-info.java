/**
 * The rows of overlay.md 9: each is a command of {@code ./wayfolk sim} with the bounds that its
 * figures must keep. A row runs in a process of its own, its JSON is kept under docs/proof/overlay,
 * and a row that is kept is not run again; the table in docs/proof.md is made from those files
 * alone. It judges nothing that is not in them, and says so of what was not run.
 */
@NullMarked
package org.wayfolk.proof.overlay;

import org.jspecify.annotations.NullMarked;
