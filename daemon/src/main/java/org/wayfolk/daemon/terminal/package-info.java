/**
 * How the program speaks: exit statuses, failures that say what to do, colours, tables, times.
 *
 * <p>It knows nothing of nodes or sockets. Law: an error is one line, what happened and what to do,
 * and a peer can never write a control character to the user's terminal through us.
 */
@NullMarked
package org.wayfolk.daemon.terminal;

import org.jspecify.annotations.NullMarked;
