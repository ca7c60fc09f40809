package org.wayfolk.quic;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Host;

/**
 * How a transport runs; made by {@link QuicTransport.Builder}.
 *
 * @param at where to listen
 * @param host the machine
 * @param alpns what is spoken, the preferred first
 * @param payload largest UDP payload sent, off loopback
 * @param loopbackPayload the same on loopback
 * @param offload whether GSO and GRO are used where there are
 * @param portable whether java.nio is used even on Linux
 * @param alwaysRetry whether every newcomer must prove its address
 * @param paced whether send times are honoured off loopback
 * @param outboxBytes most memory of all outboxes together
 * @param sidePackets takes what is not QUIC, or null
 * @param sockets opens the UDP socket
 */
record QuicOptions(
    Address at,
    Host host,
    List<String> alpns,
    int payload,
    int loopbackPayload,
    boolean offload,
    boolean portable,
    boolean alwaysRetry,
    boolean paced,
    long outboxBytes,
    @Nullable SidePackets sidePackets,
    Sockets sockets) {

  /** Opens the UDP socket; tests put their own network there. */
  interface Sockets {
    /** Binds, or says why not. */
    UdpSocket open(NativeMemory memory, QuicOptions options) throws IOException;
  }

  /** The layer of this machine. */
  static UdpSocket system(NativeMemory memory, QuicOptions o) throws IOException {
    return o.portable()
        ? new NioUdpSocket(memory, o.at())
        : new LinuxUdpSocket(memory, o.at(), o.offload());
  }
}
