package org.wayfolk.simulator.overlay;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.hostile.Attack;
import org.wayfolk.simulator.hostile.Plot;

/** The attackers of a scenario: when they join, and what they do from when on. */
final class Enemy {
  /** The first members are honest: without them there is no network to attack. */
  private static final int FOUNDERS = 3;

  private final Scenario.Hostile who;
  private final Attack attack;
  private final Plot plot;
  private final SimNetwork net;
  private final Agenda agenda;
  private double owed;

  /**
   * @throws IllegalArgumentException if there is no attack of that name
   */
  Enemy(Scenario.Hostile who, SimWorld world, SimNetwork net, Agenda agenda) {
    this.who = who;
    this.net = net;
    this.agenda = agenda;
    attack =
        Attack.named(who.attack())
            .orElseThrow(() -> new IllegalArgumentException("no attack " + who.attack()));
    plot = attack.plot(world, net);
  }

  /** Lets the next of so many members be hostile, if it is its turn. */
  boolean joins(int nodes, Population people) {
    if (!attack.byMembers() || people.everybody().size() < FOUNDERS || nodes <= FOUNDERS) {
      return false;
    }
    owed += who.share() * nodes / (nodes - FOUNDERS);
    if (owed < 1) {
      return false;
    }
    owed--;
    people.joined(plot.join(people.entries(0)));
    return true;
  }

  /** Begins, and answers whom messages are worth sending to; empty: everybody. */
  List<Inhabitant> begin(Population people) {
    Plot.Aim aim = plot.begin(people.here().stream().map(Inhabitant::member).toList());
    step();
    agenda.pass(Duration.ofMillis(aim.settleMillis()));
    return aim.victims().stream().map(people::living).filter(Objects::nonNull).toList();
  }

  private void step() {
    plot.step();
    agenda.in(Duration.ofMillis(plot.stepMillis()), this::step);
  }

  /** What it did. */
  Figures figures() {
    long hostile = net.members().stream().filter(m -> plot.hostile(m.identity().id())).count();
    Figures f = new Figures();
    f.put("attack", who.attack());
    f.put("hostile_members", hostile);
    f.put(
        "attack_toll",
        plot.toll().entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
    return f;
  }
}
