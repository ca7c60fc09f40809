package org.wayfolk.simulator.hostile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.wayfolk.id.NodeId;
import org.wayfolk.sim.SimNetwork;

/** What the hostile nodes of one world know together, and what they have done. */
final class Gang {
  final RandomGenerator dice;
  private final SimNetwork net;
  private final Set<NodeId> own = new LinkedHashSet<>();
  private final Map<String, Long> toll = new LinkedHashMap<>();

  Gang(SimNetwork net, RandomGenerator dice) {
    this.net = net;
    this.dice = dice;
  }

  void enlist(NodeId id) {
    own.add(id);
  }

  boolean has(NodeId id) {
    return own.contains(id);
  }

  /** All others of the network, in the order of joining. */
  List<NodeId> others() {
    List<NodeId> out = new ArrayList<>();
    net.members()
        .forEach(m -> {
          if (!own.contains(m.identity().id())) {
            out.add(m.identity().id());
          }
        });
    return out;
  }

  void count(String what) {
    toll.merge(what, 1L, Long::sum);
  }

  /** What was done so often. */
  Map<String, Long> toll() {
    return new LinkedHashMap<>(toll);
  }
}
