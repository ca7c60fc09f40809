package org.wayfolk.quic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.Writer;

/**
 * Where packets of a connection go and come from: an IP as the 128 bits of IPv6, IPv4 in its mapped
 * form (RFC 4291 2.5.5.2), so that three numbers compare for both families.
 *
 * @param hi high 8 bytes of the IP
 * @param lo low 8 bytes
 * @param port UDP port
 */
record Path(long hi, long lo, int port) {
  private static final long MAPPED = 0xffffL << 32;

  static Path of(Address a) {
    return new Path(a.hi(), a.v4() ? MAPPED | a.lo() : a.lo(), a.port());
  }

  static Path of(InetSocketAddress a) {
    return of(Address.of(a.getAddress().getAddress(), a.getPort()));
  }

  /** The low half of the mapped form of an IPv4 address. */
  static long mapped(int ip) {
    return MAPPED | (ip & 0xffff_ffffL);
  }

  boolean is(long otherHi, long otherLo, int otherPort) {
    return lo == otherLo && port == otherPort && hi == otherHi;
  }

  boolean v4() {
    return hi == 0 && lo >>> 32 == 0xffff;
  }

  boolean loopback() {
    return v4() ? (lo >>> 24 & 0xff) == 127 : hi == 0 && lo == 1;
  }

  Address address() {
    return v4() ? Address.ofV4((int) lo, port) : new Address(hi, lo, false, port);
  }

  /**
   * What inbound counts are kept by: an IPv4 address, or a /64 of IPv6, which is one host's to use
   * as it likes.
   */
  Path host() {
    return v4() ? new Path(hi, lo, 0) : new Path(hi, 0, 0);
  }

  /** As java.nio wants it. */
  InetSocketAddress socket() {
    try {
      byte[] ip =
          v4() ? new Writer(4).i32((int) lo).toBytes() : new Writer(16).i64(hi).i64(lo).toBytes();
      return new InetSocketAddress(InetAddress.getByAddress(ip), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an IP", e);
    }
  }
}
