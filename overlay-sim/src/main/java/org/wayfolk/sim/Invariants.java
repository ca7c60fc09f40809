package org.wayfolk.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.wayfolk.id.NodeId;
import org.wayfolk.node.LinkInfo;

/**
 * What must hold in a network that has settled, seen from above: every node has live links to the
 * 16 nearest others, and one in every stratum in which there is anybody (docs/protocol/routing.md,
 * section 1). Then greedy forwarding has no dead end.
 *
 * <p>The others are those that can be dialled, or have dialled us. Who cannot be dialled must
 * itself be linked to the nearest who can, and that is enough: what is for it gets as far as to
 * these.
 */
public final class Invariants {
  /** The nearest that must be links. */
  public static final int SIBLINGS = 16;

  private Invariants() {}

  /** What is missing among all living members: one line each; empty if nothing is. */
  public static List<String> broken(SimNetwork net) {
    return broken(net.members(), m -> m.transport().acceptsLinks());
  }

  /**
   * What is missing among these members, those that have crashed left out: one line each.
   *
   * @param dialable who can be dialled by the others
   */
  public static List<String> broken(List<Member> members, Predicate<Member> dialable) {
    List<Member> alive = members.stream().filter(Member::alive).toList();
    List<String> out = new ArrayList<>();
    for (Member m : alive) {
      List<NodeId> others = new ArrayList<>();
      boolean open = dialable.test(m);
      Set<NodeId> links = links(m);
      for (Member o : alive) {
        // Whom we cannot dial counts if it has dialled us.
        boolean counts = dialable.test(o) || (open && links.contains(o.node().id()));
        if (o.number() != m.number() && counts) {
          others.add(o.node().id());
        }
      }
      check(m.number(), m.node().id(), links, others, out);
    }
    return out;
  }

  private static Set<NodeId> links(Member m) {
    return m.node().links().stream()
        .map(LinkInfo::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void check(
      int number, NodeId self, Set<NodeId> links, List<NodeId> others, List<String> out) {
    String name = "member " + number + " " + self.shortHex();
    Set<Integer> served = new TreeSet<>();
    links.forEach(l -> served.add(stratum(self, l)));
    others.sort(self::compareDistance);
    for (int i = 0; i < Math.min(SIBLINGS, others.size()); i++) {
      if (!links.contains(others.get(i))) {
        out.add(name + " has no link to " + others.get(i).shortHex() + ", its nearest " + i);
      }
    }
    for (NodeId o : others) {
      if (served.add(stratum(self, o))) {
        out.add(name + " has no link in stratum " + stratum(self, o));
      }
    }
  }

  /** Twice the bits two ids share, and one more in the upper half of that sub-tree. */
  private static int stratum(NodeId self, NodeId other) {
    int prefix = self.commonPrefix(other);
    return 2 * prefix + (prefix + 1 < NodeId.BITS ? other.bit(prefix + 1) : 0);
  }
}
