package org.wayfolk.simulator.hostile;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.wayfolk.protocol.Defence;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimWorld;

/** The attacks, what each is and what stands against it (docs/attacks.md). */
public enum Attack {
  /** Hostile nodes take routed frames and forward nothing. */
  BLACK_HOLE(true),

  /** Hostile nodes forward to a wrong neighbour. */
  MISROUTE(true),

  /** Hostile nodes lie about whom they are linked to, in link tables and answers to finds. */
  LIE(true),

  /** The 16 nodes nearest to a victim are all hostile; their ids were mined for that. */
  ECLIPSE(false),

  /** Very many identities at few addresses take all places of the entry nodes. */
  JOIN_FLOOD(false),

  /** Forged frames in a victim's name, to spend its budgets and to have honest links closed. */
  FORGE(false),

  /** Hostile nodes stop reading, and go on talking. */
  STOP_READING(true),

  /** Records of many identities name the address of a bystander, whom all shall dial. */
  REFLECT(false),

  /** Hostile nodes drop, misroute, lie and stop reading, a quarter each. */
  MIXED(true);

  private final boolean byMembers;

  Attack(boolean byMembers) {
    this.byMembers = byMembers;
  }

  /** What stands against it: switched off, it succeeds. */
  public Set<Defence> defences() {
    return switch (this) {
      case BLACK_HOLE -> EnumSet.of(Defence.COPIES);
      case ECLIPSE -> EnumSet.of(Defence.COPIES, Defence.STAND_OFF);
      case MISROUTE -> EnumSet.of(Defence.COPIES, Defence.RETURNS);
      case LIE -> EnumSet.of(Defence.COPIES, Defence.CLAIM_LIMITS, Defence.DISJOINT_LOOKUP);
      case JOIN_FLOOD -> EnumSet.of(Defence.LINKS_AN_ADDRESS, Defence.EVICTION);
      case FORGE -> EnumSet.of(Defence.CHARGE_THE_PROVEN, Defence.TRANSIT_IS_FREE);
      case STOP_READING -> EnumSet.of(Defence.COPIES, Defence.NEXT_WHEN_FULL);
      case REFLECT -> EnumSet.of(Defence.DIAL_SITES);
      case MIXED ->
          EnumSet.of(Defence.COPIES, Defence.RETURNS, Defence.NEXT_WHEN_FULL, Defence.CLAIM_LIMITS);
    };
  }

  /** Whether a share of the members is hostile; else the attacker comes from outside. */
  public boolean byMembers() {
    return byMembers;
  }

  /** Its name on a command line: {@code black-hole}. */
  public String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The attack of that name. */
  public static Optional<Attack> named(String option) {
    return Arrays.stream(values()).filter(a -> a.option().equals(option)).findFirst();
  }

  /** Prepares this attack on a network that has no members yet. */
  public Plot plot(SimWorld world, SimNetwork net) {
    return switch (this) {
      case BLACK_HOLE, MISROUTE, LIE, STOP_READING, MIXED -> new MemberPlot(world, net, this);
      case ECLIPSE -> new EclipsePlot(world, net);
      case JOIN_FLOOD -> new JoinFloodPlot(world, net);
      case FORGE -> new ForgePlot(world, net);
      case REFLECT -> new ReflectPlot(world, net);
    };
  }
}
