/**
 * The production transport: one UDP socket that listens and dials, one thread, QUIC by the quiche
 * library.
 *
 * <p>It knows nothing of frames but their length and nothing of nodes but their key. Java moves
 * addresses of native memory and counts; quiche does the protocol and BoringSSL the cryptography.
 * {@code io.netty.handler.codec.quic.QuicheBridge} is the only class that knows the library.
 *
 * <p>Threats that shape it: a peer that sends anything at all, at any rate, from any address
 * (nothing it sends throws past the loop, allocates past a named limit or goes uncounted); a peer
 * that stops reading (every outbox has a byte limit and every turn of the loop an upper bound); a
 * forger of source addresses (a connection's address moves only after a packet from the new one was
 * authentic). A wrong native address would end the process, so all native memory comes from {@code
 * NativeMemory} and bounds are asserted where it is handed out.
 */
@NullMarked
package org.wayfolk.quic;

import org.jspecify.annotations.NullMarked;
