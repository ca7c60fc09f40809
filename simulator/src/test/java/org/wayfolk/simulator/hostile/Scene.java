package org.wayfolk.simulator.hostile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.peer.Peer;
import org.wayfolk.protocol.Defence;
import org.wayfolk.sim.FastCrypto;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimWorld;

/**
 * A network with an attacker in it: members join, it settles for a minute, the attack begins, and
 * honest members write to each other. Also a program: attack, nodes, hostile share, pairs, seed,
 * then the defences to do without.
 */
final class Scene {
  /** What was sent and what came of it. */
  record Tries(int sent, int first, int delivered) {
    double firstShare() {
      return (double) first / sent;
    }

    double share() {
      return (double) delivered / sent;
    }

    @Override
    public String toString() {
      return "%d sent, first %.2f %%, delivered %.2f %%"
          .formatted(sent, 100 * firstShare(), 100 * share());
    }
  }

  final SimWorld world;
  final SimNetwork net;
  final Plot plot;
  final List<Member> honest = new ArrayList<>();
  private final RandomGenerator dice;

  Scene(long seed, Attack attack, Set<Defence> without) {
    world = new SimWorld(seed);
    net = new SimNetwork(world);
    net.crypto(new FastCrypto(seed));
    net.settings(b -> b.without(without.toArray(Defence[]::new)));
    plot = attack.plot(world, net);
    dice = world.random("scene");
  }

  /** Nodes join, one every {@code pause}, each through a random member before it. */
  Scene grow(int nodes, double share, Duration pause) {
    double owed = 0;
    for (int i = 0; i < nodes; i++) {
      List<Peer> through = List.of();
      if (i > 0) {
        world.run(pause);
        through = List.of(honest.get(dice.nextInt(honest.size())).peer());
      }
      owed += i < 3 ? 0 : share * nodes / (nodes - 3);
      if (owed >= 1) {
        owed--;
        plot.join(through);
      } else {
        honest.add(net.add(world.transport(), net.identity(i), through));
      }
    }
    pass(Duration.ofSeconds(60), false);
    return this;
  }

  /** Lets time pass; the attacker acts if it is time for that. */
  void pass(Duration time, boolean attacking) {
    Duration step = attacking ? Duration.ofMillis(plot.stepMillis()) : time;
    Duration end = world.now().plus(time);
    while (world.now().compareTo(end) < 0) {
      if (attacking) {
        plot.step();
      }
      Duration left = end.minus(world.now());
      world.run(left.compareTo(step) < 0 ? left : step);
    }
  }

  /** Begins the attack and waits until it is under way. */
  List<Member> attack() {
    Plot.Aim aim = plot.begin(honest);
    pass(Duration.ofMillis(aim.settleMillis()), true);
    return aim.victims();
  }

  /** Random honest members write to random ones of {@code to}, {@code bytes} each. */
  Tries write(int messages, List<Member> to, int bytes, Duration pause) {
    honest.forEach(m -> m.node().onMessage(msg -> {}));
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      Member b = to.get(dice.nextInt(to.size()));
      Member a = b;
      while (a.number() == b.number()) {
        a = honest.get(dice.nextInt(honest.size()));
      }
      pairs.add(a.number() + " -> " + b.number());
      outcomes.add(
          a.node()
              .send(b.node().id(), new byte[bytes], SendOptions.DEFAULT)
              .future()
              .toCompletableFuture());
      pass(pause, true);
    }
    pass(Duration.ofSeconds(15), true);
    int first = 0;
    int delivered = 0;
    for (CompletableFuture<Outcome> f : outcomes) {
      if (f.getNow(null) instanceof Outcome.Delivered d) {
        delivered++;
        first += d.tries() == 1 ? 1 : 0;
      }
    }
    if (Boolean.getBoolean("wayfolk.hostile.tell")) {
      for (int i = 0; i < messages; i++) {
        Outcome o = outcomes.get(i).getNow(null);
        if (!(o instanceof Outcome.Delivered d) || d.tries() > 1) {
          System.out.println(pairs.get(i) + " " + o);
        }
      }
    }
    return new Tries(messages, first, delivered);
  }

  static void main(String[] args) {
    long began = System.nanoTime();
    Attack attack = Attack.named(args[0]).orElseThrow();
    Set<Defence> without = new java.util.TreeSet<>();
    for (int i = 5; i < args.length; i++) {
      without.add(Defence.valueOf(args[i]));
    }
    Scene s = new Scene(Long.parseLong(args[4]), attack, without);
    s.grow(Integer.parseInt(args[1]), Double.parseDouble(args[2]), Duration.ofSeconds(1));
    double grown = (System.nanoTime() - began) / 1e9;
    List<Member> victims = s.attack();
    List<Member> to = victims.isEmpty() ? s.honest : victims;
    Tries t = s.write(Integer.parseInt(args[3]), to, 32, Duration.ofMillis(20));
    long links = 0;
    long bad = 0;
    for (Member m : s.honest) {
      for (var l : m.node().links()) {
        links++;
        bad += s.plot.hostile(l.id()) ? 1 : 0;
      }
    }
    System.out.printf(
        "links %.1f, hostile %.1f %%; ", (double) links / s.honest.size(), 100.0 * bad / links);
    System.out.printf(
        "%s seed %s without %s: %s; %s; grown in %.1f s, all in %.1f s%n",
        args[0], args[4], without, t, s.plot.toll(), grown, (System.nanoTime() - began) / 1e9);
  }
}
