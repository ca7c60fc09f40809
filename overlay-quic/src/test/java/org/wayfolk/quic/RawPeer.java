package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dialler that does on its streams whatever a test wants: quiche without our rules, over a real
 * socket.
 */
final class RawPeer implements AutoCloseable {
  private static final int ROOM = 1_452;

  private final NativeMemory memory = new NativeMemory();
  private final QuicheBridge bridge;
  private final QuicheBridge.Engine engine;
  private final long configuration;
  private final DatagramChannel channel;
  private final Selector selector;
  private final long buffer = memory.take(65_536);
  private final long data = memory.take(1 << 20);
  private final ByteBuffer view = memory.buffer(buffer, 65_536);

  RawPeer(TestCredentials me, TestNode to) throws Exception {
    X509Certificate leaf =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(me.leaf()));
    bridge =
        new QuicheBridge(
            memory.take(QuicheBridge.SCRATCH_BYTES),
            memory::owns,
            leaf,
            me.leafKey(),
            List.of(QuicTransport.ALPN));
    configuration =
        QuicheBridge.newConfiguration(
            new QuicheBridge.Settings(30_000, 65_527, 1350, 1 << 20, 1 << 20, 8, 2));
    long id = memory.take(8);
    NativeMemory.i64(id, System.identityHashCode(this));
    engine = Objects.requireNonNull(bridge.dial(configuration, id));
    channel = DatagramChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    channel.bind(any).configureBlocking(false);
    channel.connect(to.path().socket());
    selector = Selector.open();
    channel.register(selector, java.nio.channels.SelectionKey.OP_READ);
    while (!engine.established()) {
      turn();
    }
  }

  /** Sends, waits a moment for an answer, receives. */
  private void turn() throws IOException {
    do {
      for (int n = engine.send(buffer, ROOM); n > 0; n = engine.send(buffer, ROOM)) {
        channel.write(view.clear().limit(n));
      }
    } while (engine.handshakeTasks(leaf -> true));
    selector.select(20);
    selector.selectedKeys().clear();
    for (int n = receive(); n > 0; n = receive()) {
      engine.receive(buffer, n);
      engine.handshakeTasks(leaf -> true);
    }
    if (engine.timeoutNanos() == 0) {
      engine.expire();
    }
  }

  private int receive() throws IOException {
    view.clear();
    try {
      return channel.read(view);
    } catch (java.net.PortUnreachableException e) {
      return 0;
    }
  }

  /** Puts bytes on a stream; answers quiche's verdict. */
  int write(long stream, byte[] bytes) throws IOException {
    NativeMemory.copyIn(bytes, 0, data, bytes.length);
    int taken = engine.streamSend(stream, data, bytes.length);
    turn();
    return taken;
  }

  /** Waits for the other end to close and answers how. */
  QuicheBridge.PeerError closedWith() throws IOException {
    QuicheBridge.@Nullable PeerError e = engine.peerError();
    while (e == null) {
      turn();
      e = engine.peerError();
    }
    return e;
  }

  @Override
  public void close() throws IOException {
    engine.free();
    QuicheBridge.freeConfiguration(configuration);
    bridge.close();
    selector.close();
    channel.close();
    memory.close();
  }
}
