/** Tests of the QUIC transport: real sockets on loopback, both UDP layers. */
@NullMarked
package org.wayfolk.quic;

import org.jspecify.annotations.NullMarked;
