package org.wayfolk.simulator.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.peer.Peer;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimTransport;
import org.wayfolk.sim.SimWorld;

/**
 * One attack in one world. The scenario lets hostile members {@link #join} among the others if the
 * attack is one of members, {@link #begin}s it when the network has settled, waits as long as that
 * says, and calls {@link #step} every {@link #stepMillis} of virtual time from then on.
 */
public abstract class Plot {
  final SimWorld world;
  final SimNetwork net;
  final Gang gang;
  private final List<HostileTransport> transports = new ArrayList<>();

  Plot(SimWorld world, SimNetwork net, String name) {
    this.world = world;
    this.net = net;
    gang = new Gang(net, world.random("hostile " + name));
  }

  /** What a hostile member does, by how many there were before it. */
  abstract Mischief mischief(int hostileBefore);

  /** One more hostile node joins the network. */
  public Member join(List<Peer> through) {
    return join(net.identity(net.members().size()), through);
  }

  final Member join(Identity identity, List<Peer> through) {
    SimTransport beneath = world.transport();
    HostileTransport lies = new HostileTransport(beneath, mischief(transports.size()));
    transports.add(lies);
    gang.enlist(identity.id());
    return net.add(beneath, identity, through, b -> b.transport(lies));
  }

  /** Whether that node is the attacker's. */
  public final boolean hostile(NodeId id) {
    return gang.has(id);
  }

  /**
   * The network has settled: what the attacker had waited for, and what it starts beside the
   * members.
   *
   * @param honest all others, in the order of joining
   * @return what is to be measured now; empty: sends between random honest members
   */
  public abstract Aim begin(List<Member> honest);

  /** Milliseconds between two steps. */
  public int stepMillis() {
    return 100;
  }

  /** Time goes on. */
  public void step() {
    transports.forEach(HostileTransport::step);
  }

  /** What the attacker has done, and how often, in the order of first doing. */
  public Map<String, Long> toll() {
    return gang.toll();
  }

  /**
   * Whom an attack is aimed at.
   *
   * @param victims to whom messages are worth sending; all honest members if it is empty
   * @param settleMillis how long to wait before that
   */
  public record Aim(List<Member> victims, long settleMillis) {
    /** Everybody, at once. */
    static final Aim ALL = new Aim(List.of(), 0);

    /** Keeps the list. */
    public Aim {
      victims = List.copyOf(victims);
    }
  }
}
