package org.wayfolk.daemon.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One port of this machine's loopback, bound on both its addresses. Browsers try both for a name
 * under localhost, so whoever had the other one would be given our visitors.
 *
 * @param port the port
 * @param sockets bound, listening; connections wait there until somebody accepts them
 */
record Loopback(int port, List<ServerSocketChannel> sockets) {
  /**
   * Ports to choose from lie below those that systems hand out by themselves: a kept port must not
   * be taken by some program's outgoing connection while the node is away.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;

  /** Tries for a free one before the system chooses: with half of all taken, one in 10^9 fails. */
  private static final int TRIES = 30;

  /** Connections that may wait: those of a few pages that load while the server starts. */
  private static final int BACKLOG = 64;

  private static final byte[] FOUR = {127, 0, 0, 1};
  static final byte[] SIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  /** Binds a port; empty if somebody has it on either address, or it may not be bound. */
  static Optional<Loopback> bind(int port) {
    List<ServerSocketChannel> sockets = new ArrayList<>();
    try {
      ServerSocketChannel four = open(FOUR, port);
      sockets.add(four);
      int bound = four.socket().getLocalPort();
      if (hasSix()) {
        sockets.add(open(SIX, bound));
      }
      return Optional.of(new Loopback(bound, List.copyOf(sockets)));
    } catch (IOException e) {
      close(sockets);
      return Optional.empty();
    }
  }

  /**
   * Binds some free port.
   *
   * @throws IOException if there is none
   */
  static Loopback any(RandomGenerator random) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<Loopback> some = bind(random.nextInt(LOWEST, HIGHEST));
      if (some.isPresent()) {
        return some.get();
      }
    }
    return bind(0).orElseThrow(() -> new IOException("no free port on loopback"));
  }

  private static ServerSocketChannel open(byte[] address, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(InetAddress.getByAddress(address), port), BACKLOG);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether this machine has an IPv6 loopback: many containers have none. */
  private static boolean hasSix() throws IOException {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getByAddress(SIX)) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  void close() {
    close(sockets);
  }

  private static void close(List<ServerSocketChannel> sockets) {
    for (ServerSocketChannel s : sockets) {
      try {
        s.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }
}
