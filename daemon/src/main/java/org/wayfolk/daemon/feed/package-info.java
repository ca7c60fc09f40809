/**
 * What happens, numbered: every reader that follows gets all of it in one order, and after a pause
 * goes on where it stopped, or is told that it has to read everything again.
 *
 * <p>Not a store: the numbers live as long as somebody follows. Law: a reader who was told {@code
 * complete} has missed nothing; and the messenger never waits for a reader.
 */
@NullMarked
package org.wayfolk.daemon.feed;

import org.jspecify.annotations.NullMarked;
