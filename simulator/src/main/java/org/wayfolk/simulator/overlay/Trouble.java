package org.wayfolk.simulator.overlay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.wayfolk.sim.NetworkShape;
import org.wayfolk.sim.SimHost;
import org.wayfolk.sim.SimWorld;

/** Carries out the steps that make a network's life hard. */
final class Trouble {
  private final SimWorld world;
  private final Agenda agenda;
  private final Population people;
  private final RandomGenerator dice;

  /** Churn and turnover go on while this is theirs. */
  private int season;

  Trouble(SimWorld world, Agenda agenda, Population people) {
    this.world = world;
    this.agenda = agenda;
    this.people = people;
    dice = world.random("trouble");
  }

  void kill(double share) {
    for (Inhabitant i : people.some(share, dice)) {
      people.kill(i);
    }
  }

  void notice() {
    for (Inhabitant i : people.away()) {
      i.member().transport().mourn();
    }
  }

  void leave(double share) {
    for (Inhabitant i : people.some(share, dice)) {
      people.leave(i);
    }
  }

  void back(double disk) {
    for (Inhabitant i : people.away()) {
      people.back(i, dice.nextDouble() < disk);
    }
  }

  void calm() {
    season++;
  }

  void churn(Step.Churn how) {
    int now = ++season;
    for (Inhabitant i : List.copyOf(people.here())) {
      stay(i, how, now);
    }
  }

  private void stay(Inhabitant i, Step.Churn how, int when) {
    int life = i.lives();
    agenda.in(
        exponential(how.mean()),
        () -> {
          if (season != when || !i.here() || i.lives() != life) {
            return;
          }
          if (dice.nextDouble() < how.ungraceful()) {
            people.kill(i);
          } else {
            people.leave(i);
          }
          agenda.in(
              exponential(how.away()),
              () -> {
                people.back(i, dice.nextDouble() < how.disk());
                stay(i, how, when);
              });
        });
  }

  void turnover(Step.Turnover how) {
    turn(how, ++season);
  }

  private void turn(Step.Turnover how, int when) {
    agenda.in(
        how.every(),
        () -> {
          if (season != when) {
            return;
          }
          for (Inhabitant i : people.some(how.share(), dice)) {
            people.kill(i);
            agenda.in(how.backAfter(), () -> people.back(i, dice.nextDouble() < how.disk()));
          }
          turn(how, when);
        });
  }

  void net(Step.Net n) {
    NetworkShape shape = world.network();
    shape.delay(n.delay()).jitter(n.jitter()).loss(n.loss()).frameLoss(n.frameLoss());
    shape.bandwidth(n.bandwidth());
    shape.everywhere().reorder(n.reorder()).duplicate(n.duplicate());
  }

  void cut(double share) {
    List<SimHost> island = hosts(people.some(share, dice));
    List<SimHost> rest = new ArrayList<>(world.hosts());
    rest.removeAll(island);
    world.network().partition(island, rest);
  }

  void heal() {
    world.network().heal();
  }

  void clog(Step.Clog how) {
    for (SimHost h : hosts(people.some(how.share(), dice))) {
      h.clog(true);
      agenda.in(how.time(), () -> h.clog(false));
    }
  }

  void freeze(Step.Freeze how) {
    for (SimHost h : hosts(people.some(how.share(), dice))) {
      h.pause();
      agenda.in(how.time(), h::resume);
    }
  }

  void skew(Step.Skew how) {
    long most = how.most().toMillis();
    for (SimHost h : hosts(people.some(how.share(), dice))) {
      h.wallSkew(Duration.ofMillis(dice.nextLong(-most, most + 1)));
    }
  }

  private static List<SimHost> hosts(List<Inhabitant> of) {
    return new ArrayList<>(of.stream().map(i -> i.member().host()).toList());
  }

  private Duration exponential(Duration mean) {
    // StrictMath: the same last bit in every JVM.
    double draw = -StrictMath.log(1 - dice.nextDouble());
    return Duration.ofNanos((long) (mean.toNanos() * draw));
  }
}
