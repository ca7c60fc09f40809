/**
 * How commands talk to the running node: lines of JSON over a Unix socket (docs/control-socket.md).
 *
 * <p>It carries requests and answers and knows what none of them means. Threat: another user of the
 * machine, so the socket is 0600 in a 0700 home; a client that stops reading, so each has threads
 * of its own and the number of clients and the length of lines are bounded.
 */
@NullMarked
package org.wayfolk.daemon.control;

import org.jspecify.annotations.NullMarked;
