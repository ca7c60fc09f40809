package org.wayfolk.daemon.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.transport.Address;

/**
 * Where a node is to listen.
 *
 * @param tries addresses to try in order; the first that can be bound is taken
 * @param chosen whether the user named the port, so that it is kept for the home from now on
 */
public record Listening(List<Address> tries, boolean chosen) {
  private static final String FORM = "write it as HOST:PORT, or HOST:0 for any port";

  /**
   * Decides where.
   *
   * @param asked what the user asked for, if anything
   * @param kept the port of this home, 0 if it has none yet
   * @param loopback whether the network is one of this machine alone
   */
  static Listening of(@Nullable Address asked, int kept, boolean loopback) {
    if (asked == null) {
      // On a network of one machine nobody else is to be let in; else all interfaces.
      Address any = Address.parse(loopback ? "127.0.0.1:0" : "0.0.0.0:0");
      return new Listening(List.of(any.withPort(kept)), false);
    }
    if (asked.port() != 0) {
      return new Listening(List.of(asked), true);
    }
    // Any port will do, so the one by which others may remember us comes first.
    return new Listening(kept == 0 ? List.of(asked) : List.of(asked.withPort(kept), asked), false);
  }

  /**
   * Reads where to listen as a user writes it; asks the resolver for the name of a host.
   *
   * @throws Failure with status 2 if it is no address
   */
  public static Address parse(String text) throws Failure {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw Failure.usage("--listen '" + text + "' has no host or no port", FORM);
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    String host = text.substring(0, colon);
    if (port > 65_535 || host.indexOf(':') >= 0 != host.startsWith("[")) {
      throw Failure.usage("--listen '" + text + "' is no address", FORM);
    }
    try {
      return Address.of(InetAddress.getByName(host).getAddress(), port);
    } catch (UnknownHostException e) {
      throw Failure.usage("--listen '" + text + "': no host is known by that name", FORM);
    }
  }
}
