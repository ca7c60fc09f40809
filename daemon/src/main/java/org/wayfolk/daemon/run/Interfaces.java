package org.wayfolk.daemon.run;

import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
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
}
