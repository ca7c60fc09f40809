package org.wayfolk.routing;

import java.util.Set;
import org.wayfolk.peer.Cost;
import org.wayfolk.protocol.Defence;

/**
 * What may differ between nodes.
 *
 * @param maxInbound accepted links that are kept; siblings come on top of it. 0: none
 * @param seenCopies copies remembered for a minute, a power of two; 49 bytes each
 * @param carry how much is carried for others
 * @param cost what it costs its user that it is there for others
 * @param without defences that are off, for proofs; immutable
 */
public record RoutingSettings(
    int maxInbound, int seenCopies, CarrySettings carry, Set<Defence> without, Cost cost) {
  /** 256 inbound links; 65,536 copies, a thousand a second. */
  public static final RoutingSettings DEFAULT =
      new RoutingSettings(256, 65_536, CarrySettings.DEFAULT, Set.of(), Cost.MAINS);

  /** The same with another number of inbound links. */
  public RoutingSettings withMaxInbound(int links) {
    return new RoutingSettings(links, seenCopies, carry, without, cost);
  }

  /** The same with room for another number of copies: a simulation of thousands of nodes. */
  public RoutingSettings withSeenCopies(int copies) {
    return new RoutingSettings(maxInbound, copies, carry, without, cost);
  }

  /** The same carrying as much for others as this says. */
  public RoutingSettings withCarry(CarrySettings value) {
    return new RoutingSettings(maxInbound, seenCopies, value, without, cost);
  }

  /** The same in another cost class. */
  public RoutingSettings withCost(Cost value) {
    return new RoutingSettings(maxInbound, seenCopies, carry, without, value);
  }

  /** The same with these defences off. */
  public RoutingSettings without(Set<Defence> defences) {
    return new RoutingSettings(maxInbound, seenCopies, carry, Set.copyOf(defences), cost);
  }

  /** Whether a defence is on. */
  boolean on(Defence defence) {
    return !without.contains(defence);
  }
}
