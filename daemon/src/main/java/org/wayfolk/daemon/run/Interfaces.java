package org.wayfolk.daemon.run;

import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.transport.Address;

/** The addresses of this machine. */
final class Interfaces {
  private static final Logger LOG = LoggerFactory.getLogger(Interfaces.class);

  private Interfaces() {}

  /** All of them that are up, with port 0; none if the system does not tell. */
  static List<Address> addresses() {
    List<Address> out = new ArrayList<>();
    try {
      for (NetworkInterface i : NetworkInterface.networkInterfaces().toList()) {
        if (i.isUp()) {
          for (InterfaceAddress a : i.getInterfaceAddresses()) {
            out.add(Address.of(a.getAddress().getAddress(), 0));
          }
        }
      }
    } catch (SocketException e) {
      LOG.warn("the addresses of this machine are not known: {}", e.toString());
    }
    return out;
  }

  /**
   * How others may best reach what listens at {@code bound}: itself, or, where that is a wildcard,
   * the widest-known address of this machine.
   */
  static Address seen(Address bound) {
    return bound.wildcard() ? seen(bound, addresses()) : bound;
  }

  static Address seen(Address bound, List<Address> local) {
    return local.stream()
        .filter(a -> a.v4() == bound.v4() && a.scope() != Address.Scope.NONE)
        .max(Comparator.comparing(Address::scope))
        .map(a -> a.withPort(bound.port()))
        .orElse(bound);
  }
}
