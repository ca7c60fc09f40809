/**
 * This program as an operating system process: how to start another like it.
 *
 * <p>It is no service manager. Law: a child never outlives the wish for it unless it was detached
 * on purpose.
 */
@NullMarked
package org.wayfolk.daemon.process;

import org.jspecify.annotations.NullMarked;
