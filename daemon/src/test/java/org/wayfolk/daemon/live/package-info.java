/**
 * Tests with real processes, real sockets and real time. Each is tagged {@code process}; {@code
 * .ci/run} runs them. Ports are always 0, and nodes bind 127.i.j.1 so that diversity caps stay on.
 */
@NullMarked
package org.wayfolk.daemon.live;

import org.jspecify.annotations.NullMarked;
