package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.DialFailure;

/** What the codes of a CONNECTION_CLOSE mean to a node (RFC 9000 20.1, RFC 9001 4.8). */
final class Ends {
  private static final long NO_ERROR = 0;
  private static final long INTERNAL_ERROR = 1;
  private static final long CONNECTION_REFUSED = 2;
  private static final long APPLICATION_ERROR = 0xc;
  private static final long CRYPTO_ERROR = 0x100;
  private static final long CRYPTO_ERROR_LAST = 0x1ff;

  /** The TLS alert no_application_protocol. */
  private static final long NO_COMMON_ALPN = 0x178;

  private Ends() {}

  /** Why a link ended, when the peer closed it. */
  static CloseReason reason(QuicheBridge.PeerError error) {
    if (error.application()) {
      return CloseReason.of(error.code());
    }
    if (error.code() >= CRYPTO_ERROR && error.code() <= CRYPTO_ERROR_LAST) {
      // An acceptor judges our certificate after we believe the handshake done.
      return CloseReason.REFUSED;
    }
    return error.code() == NO_ERROR || error.code() == APPLICATION_ERROR
        ? CloseReason.NORMAL
        : error.code() == CONNECTION_REFUSED
            ? CloseReason.FULL
            : error.code() == INTERNAL_ERROR ? CloseReason.INTERNAL : CloseReason.MALFORMED;
  }

  /** Why a dial failed, when the peer closed during the handshake. */
  static DialFailure dialFailure(QuicheBridge.PeerError error) {
    return !error.application() && error.code() == NO_COMMON_ALPN
        ? DialFailure.INCOMPATIBLE
        : DialFailure.REFUSED;
  }
}
