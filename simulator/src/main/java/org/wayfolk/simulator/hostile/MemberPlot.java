package org.wayfolk.simulator.hostile;

import java.util.List;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimWorld;

/** Some of the members are hostile from the moment they join. */
final class MemberPlot extends Plot {
  private final Attack attack;

  MemberPlot(SimWorld world, SimNetwork net, Attack attack) {
    super(world, net, attack.option());
    this.attack = attack;
  }

  @Override
  Mischief mischief(int before) {
    return switch (attack) {
      case BLACK_HOLE -> new BlackHole(gang);
      case MISROUTE -> new Misroute(gang);
      case LIE -> new Lie(gang);
      case STOP_READING -> new StopReading(gang);
      default ->
          switch (before % 4) {
            case 0 -> new BlackHole(gang);
            case 1 -> new Misroute(gang);
            case 2 -> new Lie(gang);
            default -> new StopReading(gang);
          };
    };
  }

  @Override
  public Aim begin(List<Member> honest) {
    return Aim.ALL;
  }
}
