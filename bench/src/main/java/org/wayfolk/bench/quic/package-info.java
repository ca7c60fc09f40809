/**
 * How fast links over QUIC are, between two processes on loopback. Scripted rather than JMH: both
 * ends count.
 *
 * <p>Not a test: figures depend on the machine and on what else runs there, so every result says
 * the load.
 */
@NullMarked
package org.wayfolk.bench.quic;

import org.jspecify.annotations.NullMarked;
