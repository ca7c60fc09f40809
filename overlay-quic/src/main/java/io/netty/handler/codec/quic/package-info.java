/**
 * The one place of ours inside Netty's package: the bridge to the natives, which Netty keeps
 * package-private.
 *
 * <p>Nothing else may live here, and nothing outside may name Netty. Threat: these calls take raw
 * addresses of one pinned version, where a wrong one ends the process; so the bridge checks the
 * version and tries itself at every start.
 */
@NullMarked
package io.netty.handler.codec.quic;

import org.jspecify.annotations.NullMarked;
