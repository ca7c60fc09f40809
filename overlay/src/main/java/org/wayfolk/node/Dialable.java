package org.wayfolk.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /**
   * The addresses to give to somebody in person, at most {@link Introduction#MAX_OWN}: the same
   * machine first, then the same house, then outside, and one of each kind before a second of any,
   * so that the bridges of virtual machines do not push out the one that works.
   *
   * @param bound what the transport is bound to
   * @param local addresses of this machine's interfaces, any port; used when bound to a wildcard
   */
  List<Address> introduced(Network network, List<Address> bound, List<Address> local) {
    if (this == NO) {
      return List.of();
    }
    Map<Kind, List<Address>> byKind = new TreeMap<>();
    for (Address b : bound) {
      List<Address> all = new ArrayList<>();
      if (b.wildcard()) {
        local.stream().filter(a -> a.v4() == b.v4()).forEach(a -> all.add(a.withPort(b.port())));
        all.add(Address.parse(b.v4() ? "127.0.0.1:0" : "[::1]:0").withPort(b.port()));
      } else {
        all.add(b);
      }
      for (Address a : all) {
        Kind kind = new Kind(a.scope(), !a.v4());
        List<Address> same = byKind.computeIfAbsent(kind, k -> new ArrayList<>());
        if (network.reachable(a) && !needsZone(a) && !same.contains(a)) {
          same.add(a);
        }
      }
    }
    List<Address> out = new ArrayList<>();
    for (int i = 0; out.size() < Introduction.MAX_OWN; i++) {
      int before = out.size();
      for (List<Address> same : byKind.values()) {
        if (i < same.size() && out.size() < Introduction.MAX_OWN) {
          out.add(same.get(i));
        }
      }
      if (out.size() == before) {
        break;
      }
    }
    return List.copyOf(out);
  }

  /** What is tried with like success. */
  private record Kind(Address.Scope scope, boolean v6) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind o) {
      int byScope = scope.compareTo(o.scope);
      return byScope != 0 ? byScope : Boolean.compare(v6, o.v6);
    }
  }

  /** IPv6 link-local: means nothing without the name of an interface of whoever dials. */
  private static boolean needsZone(Address a) {
    return !a.v4() && a.hi() >>> 54 == 0xfe80 >>> 6;
  }
}
