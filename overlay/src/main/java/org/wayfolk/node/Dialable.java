package org.wayfolk.node;

import java.util.ArrayList;
import java.util.List;
import org.wayfolk.peer.Network;
import org.wayfolk.transport.Address;

/** Whether a node says in its record where it can be dialled. */
public enum Dialable {
  /**
   * Yes where it can be told without asking: on a loopback network, or when bound to one concrete
   * address.
   */
  AUTO,
  /** Yes: its user says that others can reach it. */
  YES,
  /** No: it dials, and is reached through others. */
  NO;

  /**
   * The addresses to publish, at most one a bound socket and local address; never a wildcard. Who
   * is told which of them is the network's scope rule, not decided here.
   *
   * @param bound what the transport is bound to
   * @param local addresses of this machine's interfaces, any port; used when bound to a wildcard
   */
  List<Address> published(Network network, List<Address> bound, List<Address> local) {
    List<Address> out = new ArrayList<>();
    if (this == NO) {
      return out;
    }
    for (Address b : bound) {
      if (!b.wildcard()) {
        out.add(b);
      } else if (network.loopback()) {
        out.add(Address.parse(b.v4() ? "127.0.0.1:0" : "[::1]:0").withPort(b.port()));
      }
      if (b.wildcard() && this == YES) {
        local.stream()
            .filter(a -> a.v4() == b.v4() && a.scope() != Address.Scope.NONE)
            .filter(a -> a.scope() != Address.Scope.LOOPBACK)
            .map(a -> a.withPort(b.port()))
            .forEach(out::add);
      }
    }
    return out;
  }
}
