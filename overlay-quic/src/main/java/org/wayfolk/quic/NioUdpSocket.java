package org.wayfolk.quic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import org.wayfolk.transport.Address;

/** UDP by java.nio: one system call a packet, on every platform. */
final class NioUdpSocket implements UdpSocket {
  /** Datagrams taken in one turn, so that timers and senders get theirs. */
  private static final int PER_TURN = 64;

  private static final int BUFFER_BYTES = 65_536;
  private static final int SOCKET_BUFFER = 1 << 20;

  private final DatagramChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Path bound;
  private final boolean v6;
  private final NativeMemory memory;
  private final long buffer;
  private final ByteBuffer view;
  private @Nullable Path lastTo;
  private @Nullable InetSocketAddress lastSocket;
  private @Nullable InetSocketAddress lastFrom;
  private @Nullable Path lastFromPath;
  private long sendBase;
  private @Nullable ByteBuffer sendView;

  NioUdpSocket(NativeMemory memory, Address at) throws IOException {
    this.memory = memory;
    buffer = memory.take(BUFFER_BYTES);
    view = memory.buffer(buffer, BUFFER_BYTES);
    v6 = !at.v4();
    channel =
        DatagramChannel.open(at.v4() ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
      channel.bind(Path.of(at).socket());
      bound = Path.of(at.withPort(((InetSocketAddress) channel.getLocalAddress()).getPort()));
      selector = Selector.open();
      key = channel.register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      channel.close();
      throw new IOException("cannot listen on " + at + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    String said = String.valueOf(e.getMessage());
    return e instanceof BindException && said.contains("in use") ? LinuxCalls.IN_USE : said;
  }

  @Override
  public Path bound() {
    return bound;
  }

  @Override
  public int receive(Sink sink) {
    int datagrams = 0;
    while (datagrams < PER_TURN) {
      view.clear();
      InetSocketAddress from;
      try {
        from = (InetSocketAddress) channel.receive(view);
      } catch (IOException e) {
        // Some systems report an earlier send's refusal here; the datagrams behind it are still
        // there.
        return datagrams;
      }
      if (from == null) {
        return datagrams;
      }
      datagrams++;
      Path path = pathOf(from);
      sink.datagram(buffer, view.position(), path.hi(), path.lo(), path.port());
    }
    return datagrams;
  }

  private Path pathOf(InetSocketAddress from) {
    Path path = lastFromPath;
    if (path == null || !from.equals(lastFrom)) {
      path = Path.of(from);
      lastFromPath = path;
      lastFrom = from;
    }
    return path;
  }

  @Override
  public int maxSegments(int segment) {
    // Sent one by one, but still as a batch: receiving after every single packet halves the speed.
    return Math.clamp(MAX_BATCH / segment, 1, 45);
  }

  @Override
  public Sent send(long at, int length, int segment, Path to) {
    if (to.v4() ? v6 && !bound.address().wildcard() : !v6) {
      return Sent.FAILED;
    }
    InetSocketAddress socket = lastSocket;
    if (socket == null || !to.equals(lastTo)) {
      socket = to.socket();
      lastSocket = socket;
      lastTo = to;
    }
    boolean any = false;
    for (int offset = 0; offset < length; offset += segment) {
      try {
        if (channel.send(slice(at + offset, Math.min(segment, length - offset)), socket) == 0) {
          return any ? Sent.FAILED : Sent.BLOCKED;
        }
        any = true;
      } catch (IOException e) {
        if (!any) {
          return Sent.FAILED;
        }
      }
    }
    return Sent.ALL;
  }

  /** The bytes as java.nio wants them; one view over the batch buffer serves nearly all calls. */
  private ByteBuffer slice(long at, int length) {
    ByteBuffer all = sendView;
    if (all == null || at < sendBase || at + length > sendBase + all.capacity()) {
      int room = memory.owns(at, MAX_BATCH) ? MAX_BATCH : length;
      all = memory.buffer(at, room);
      sendView = all;
      sendBase = at;
    }
    int from = (int) (at - sendBase);
    return all.clear().position(from).limit(from + length);
  }

  @Override
  public void await(long nanos, boolean writable) {
    try {
      key.interestOps(
          writable ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
      long millis = (nanos + 999_999) / 1_000_000;
      if (millis <= 0) {
        selector.selectNow();
      } else {
        selector.select(millis);
      }
      selector.selectedKeys().clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void wake() {
    selector.wakeup();
  }

  @Override
  public long segmentationFailures() {
    return 0;
  }

  @Override
  public void close() {
    try {
      selector.close();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
