package org.wayfolk.daemon.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines over a socket, none longer than a limit. One thread reads; any thread writes, whole lines.
 */
final class Lines implements AutoCloseable {
  private final SocketChannel socket;
  private final int limit;
  private byte[] buffer = new byte[4_096];
  private int from;
  private int to;

  Lines(SocketChannel socket, int limit) {
    this.socket = socket;
    this.limit = limit;
  }

  /**
   * The next line without its end; null if the other side has closed. Blocks.
   *
   * @throws IOException if the line is longer than the limit, or the socket fails
   */
  @Nullable String read() throws IOException {
    int seen = from;
    while (true) {
      for (int i = seen; i < to; i++) {
        if (buffer[i] == '\n') {
          String line = new String(buffer, from, i - from, StandardCharsets.UTF_8);
          from = i + 1;
          return line;
        }
      }
      seen = to;
      if (to - from > limit) {
        throw new IOException("a line longer than " + limit + " bytes");
      }
      seen -= makeRoom();
      int n = socket.read(ByteBuffer.wrap(buffer, to, buffer.length - to));
      if (n < 0) {
        return null;
      }
      to += n;
    }
  }

  /** Moves what is there to the front, or doubles the buffer; answers by how much it moved. */
  private int makeRoom() {
    if (to < buffer.length) {
      return 0;
    }
    int moved = from;
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
    } else {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    to -= moved;
    from = 0;
    return moved;
  }

  /** Writes a line. Blocks while the other side does not read. */
  synchronized void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
