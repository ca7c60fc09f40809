/**
 * Five nodes on one machine, shown to a newcomer.
 *
 * <p>It is no test harness, though it fails loudly if what it shows is not so: real processes, real
 * sockets, nothing staged. Law: it leaves nothing behind, neither processes nor files, however it
 * ends.
 */
@NullMarked
package org.wayfolk.daemon.demo;

import org.jspecify.annotations.NullMarked;
