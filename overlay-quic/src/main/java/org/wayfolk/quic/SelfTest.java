package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;

/**
 * Proves once a process that the natives do what the bridge believes: two connections shake hands
 * in memory and one byte crosses. It also warms the code, so that the first real handshake is not
 * the slowest.
 */
final class SelfTest {
  private static final int ROUNDS = 20;
  private static final int ROOM = 1_500;
  private static boolean passed;

  private SelfTest() {}

  /**
   * Runs the test unless it has passed before.
   *
   * @throws IllegalStateException if the natives are not as expected; the message is fit to show a
   *     user
   */
  static synchronized void once(QuicheBridge bridge, NativeMemory memory) {
    if (!passed) {
      run(bridge, memory);
      passed = true;
    }
  }

  private static void run(QuicheBridge bridge, NativeMemory memory) {
    long buffer = memory.take(ROOM);
    long ids = memory.take(16);
    NativeMemory.i64(ids, 1);
    NativeMemory.i64(ids + 8, 2);
    QuicheBridge.Settings settings =
        new QuicheBridge.Settings(10_000, 65_527, 1350, 1 << 20, 1 << 20, 1, 2);
    long configuration = QuicheBridge.newConfiguration(settings);
    QuicheBridge.Engine client = bridge.dial(configuration, ids);
    QuicheBridge.Engine server = bridge.accept(configuration, ids + 8, 0, 0);
    if (client == null || server == null) {
      throw failed("it makes no connection");
    }
    try {
      for (int i = 0; i < ROUNDS && !(client.established() && server.established()); i++) {
        pass(client, server, buffer);
        pass(server, client, buffer);
      }
      if (!client.established() || !server.established()) {
        throw failed("two connections in memory do not complete a handshake");
      }
      NativeMemory.u8(buffer, 0x57);
      if (client.streamSend(0, buffer, 1) != 1) {
        throw failed("a stream takes no byte");
      }
      NativeMemory.u8(buffer, 0);
      pass(client, server, buffer);
      if (server.streamReceive(0, buffer, ROOM) != 1 || NativeMemory.u8(buffer) != 0x57) {
        throw failed("a byte does not cross");
      }
    } finally {
      client.free();
      server.free();
      QuicheBridge.freeConfiguration(configuration);
    }
  }

  private static void pass(QuicheBridge.Engine from, QuicheBridge.Engine to, long buffer) {
    do {
      for (int n = from.send(buffer, ROOM); n > 0; n = from.send(buffer, ROOM)) {
        to.receive(buffer, n);
        to.handshakeTasks(leaf -> true);
      }
      // Sending drives the handshake, which may want a callback before there is more to send.
    } while (from.handshakeTasks(leaf -> true));
  }

  private static IllegalStateException failed(String how) {
    return new IllegalStateException(
        "the QUIC library (quiche "
            + QuicheBridge.quicheVersion()
            + ") fails its self-test: "
            + how);
  }
}
