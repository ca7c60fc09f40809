/**
 * Where the program logs: a capped file in the home of a running node, nowhere for commands.
 *
 * <p>The only place that knows which logger stands behind SLF4J. Law: a log never grows without
 * limit, and never holds keys, payloads or texts.
 */
@NullMarked
package org.wayfolk.daemon.log;

import org.jspecify.annotations.NullMarked;
