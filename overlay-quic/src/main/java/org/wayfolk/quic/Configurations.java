package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;

/**
 * quiche's settings for each role, on loopback and off it (docs/protocol/link.md has the table).
 */
final class Configurations implements AutoCloseable {
  /** As nodenet: link keepalive and the write stall notice a dead peer long before. */
  static final long IDLE_MILLIS = 300_000;

  /** Any UDP payload is accepted. */
  private static final int MAX_RECEIVE_PAYLOAD = 65_527;

  /**
   * What a peer may have under way on the stream before we read it; quiche widens it for a peer
   * that fills it within two round trips. A hostile peer can hold as much of our memory by leaving
   * a gap.
   */
  private static final long WINDOW = 1 << 20;

  /** Ids kept for a peer: one in use and two spare. */
  private static final int CONNECTION_IDS = 3;

  private final long[] handles = new long[4];
  private final QuicOptions options;

  Configurations(QuicOptions options) {
    this.options = options;
    for (int i = 0; i < handles.length; i++) {
      boolean server = (i & 1) != 0;
      // The dialler opens the only stream there is.
      handles[i] =
          QuicheBridge.newConfiguration(
              new QuicheBridge.Settings(
                  IDLE_MILLIS,
                  MAX_RECEIVE_PAYLOAD,
                  payload((i & 2) != 0),
                  WINDOW,
                  WINDOW,
                  server ? 1 : 0,
                  CONNECTION_IDS));
    }
  }

  long of(boolean server, boolean loopback) {
    return handles[(server ? 1 : 0) | (loopback ? 2 : 0)];
  }

  /** Largest UDP payload we send. */
  int payload(boolean loopback) {
    return loopback ? options.loopbackPayload() : options.payload();
  }

  @Override
  public void close() {
    for (long handle : handles) {
      QuicheBridge.freeConfiguration(handle);
    }
  }
}
