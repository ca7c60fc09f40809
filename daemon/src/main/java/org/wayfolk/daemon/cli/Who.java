package org.wayfolk.daemon.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;

/**
 * A peer as a user writes it: {@code <id-hex>[@host:port]}.
 *
 * @param id who
 * @param host name or address of a host; null if none was written
 * @param port 1..65535; 0 without a host
 */
record Who(NodeId id, @Nullable String host, int port) {
  private static final String FORM = "write ID or ID@HOST:PORT, an ID is 64 hex digits";

  /**
   * Reads a peer. Resolves nothing.
   *
   * @throws Failure with status 2 if it is none
   */
  static Who parse(String text) throws Failure {
    int at = text.indexOf('@');
    NodeId id = id(at < 0 ? text : text.substring(0, at), text);
    if (at < 0) {
      return new Who(id, null, 0);
    }
    String place = text.substring(at + 1);
    int colon = place.lastIndexOf(':');
    if (colon <= 0) {
      throw Failure.usage("'" + text + "' has no port", FORM);
    }
    String host = place.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (bracketed) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty() || bracketed != host.indexOf(':') >= 0 || !host.matches("[\\w.:%-]+")) {
      throw Failure.usage("'" + text + "' has no valid host", FORM);
    }
    return new Who(id, host, port(place.substring(colon + 1), text));
  }

  private static NodeId id(String hex, String text) throws Failure {
    try {
      return NodeId.parse(hex);
    } catch (IllegalArgumentException e) {
      boolean likeName = !hex.isEmpty() && hex.length() < 40 && !hex.matches("[0-9a-fA-F]+");
      throw likeName
          ? Failure.usage(
              "'" + text + "' is no node id; names of friends are for `send` and `chat`", FORM)
          : Failure.usage("'" + text + "': " + e.getMessage(), FORM);
    }
  }

  private static int port(String digits, String text) throws Failure {
    if (digits.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    throw Failure.usage("'" + text + "': a port is a number from 1 to 65535", FORM);
  }

  /**
   * Where the peer is said to be; asks the system's resolver for names, which may block for
   * seconds.
   *
   * @throws UnknownHostException if the name has no address
   */
  Address resolve() throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    // IPv4 first: the node listens there unless it was told otherwise.
    return Arrays.stream(all)
        .min(Comparator.comparingInt((InetAddress a) -> a.getAddress().length))
        .map(a -> Address.of(a.getAddress(), port))
        .orElseThrow(() -> new UnknownHostException(host));
  }

  /** As its user wrote it, but with a short id. */
  String brief() {
    return host == null ? id.shortHex() : id.shortHex() + "@" + host + ":" + port;
  }
}
