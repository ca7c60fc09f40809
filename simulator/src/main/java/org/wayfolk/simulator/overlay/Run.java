package org.wayfolk.simulator.overlay;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.wayfolk.delivery.Message;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.sim.FastCrypto;
import org.wayfolk.sim.Joining;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Histogram;
import org.wayfolk.simulator.figures.Progress;
import org.wayfolk.transport.TrafficClass;

/** One scenario under one seed, from an empty world to its figures. Used once. */
public final class Run {
  private static final int MAGIC = 0x73696d31;

  /** How long after the last send a step waits for outcomes; a send gives up after ten seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The idle window over which traffic is measured. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  /**
   * IP, UDP and QUIC around a frame: 28 bytes, short header with a connection id of 20, packet
   * number 2, tag 16, stream frame header 6.
   */
  private static final int DATAGRAM = 73;

  /** A datagram that only acknowledges, one for each frame: an upper bound. */
  private static final int ACKNOWLEDGEMENT = 73;

  private final Scenario scenario;
  private final SimWorld world;
  private final SimNetwork net;
  private final Progress progress;
  private final RandomGenerator pairDice;
  private final RandomGenerator killDice;
  private final List<Inhabitant> inhabitants = new ArrayList<>();
  private final List<Sends> sends = new ArrayList<>();
  private final List<Sends.One> numbered = new ArrayList<>();
  private double settledAt;

  /** A world of its own for this scenario. */
  public Run(Scenario scenario, long seed, boolean fast, Progress progress) {
    this.scenario = scenario;
    this.progress = progress;
    world = new SimWorld(seed);
    net = new SimNetwork(world);
    if (fast) {
      net.crypto(new FastCrypto(seed));
    }
    pairDice = world.random("pairs");
    killDice = world.random("kill");
  }

  /** Lives through the scenario. */
  public Figures figures() {
    scenario.steps().forEach(this::live);
    Figures f = new Figures();
    f.put("nodes", alive().size());
    Sends main = sends.isEmpty() ? new Sends("") : sends.getLast();
    f.putAll(main.shares());
    links(f);
    traffic(f);
    f.put("settled_at", settledAt, 3);
    f.putAll(main.details());
    f.put("events", world.events());
    f.put("trace", world.traceHash());
    return f;
  }

  private void live(Step step) {
    switch (step) {
      case Step.Join j -> join(j);
      case Step.Wait w -> world.run(w.time());
      case Step.Send s -> send(s);
      case Step.Kill k -> kill(k);
      case Step.Net n -> world.network().loss(n.loss());
    }
  }

  private void join(Step.Join j) {
    boolean together = Double.isInfinite(j.rate());
    Duration pause = together ? Duration.ZERO : Duration.ofNanos((long) (1e9 / j.rate()));
    Joining how = new Joining(pause, j.entries());
    for (int i = 0; i < j.nodes(); i++) {
      net.grow(1, how);
      come(net.members().getLast());
      progress.at((double) i / j.nodes(), "joining");
    }
  }

  private void come(Member m) {
    m.node().onMessage(this::arrived);
    inhabitants.add(new Inhabitant(m, world.now().toNanos()));
  }

  private void arrived(Message m) {
    ByteBuffer b = ByteBuffer.wrap(m.payload());
    if (b.remaining() == 8 && b.getInt() == MAGIC) {
      numbered.get(b.getInt()).arrivals++;
    }
  }

  private List<Inhabitant> alive() {
    return inhabitants.stream().filter(Inhabitant::alive).toList();
  }

  private void send(Step.Send s) {
    settledAt = world.now().toNanos() / 1e9;
    Sends here = new Sends(s.name());
    sends.add(here);
    List<Inhabitant> alive = alive();
    Duration pause = s.over().dividedBy(Math.max(1, s.pairs()));
    for (int i = 0; i < s.pairs(); i++) {
      int a = pairDice.nextInt(alive.size());
      int b = (a + 1 + pairDice.nextInt(alive.size() - 1)) % alive.size();
      Sends.One one = here.add(alive.get(a), alive.get(b), world.now().toNanos());
      byte[] payload = ByteBuffer.allocate(8).putInt(MAGIC).putInt(numbered.size()).array();
      numbered.add(one);
      var _ =
          one.from
              .node()
              .send(one.to.node().id(), payload, SendOptions.DEFAULT)
              .future()
              .whenComplete((Outcome o, Throwable e) -> here.ended(one, o));
      world.run(pause);
      progress.at((double) i / s.pairs(), "sending");
    }
    world.runUntil(() -> here.open() == 0, PATIENCE);
  }

  private void kill(Step.Kill k) {
    List<Inhabitant> left = new ArrayList<>(alive());
    int n = (int) Math.round(k.share() * left.size());
    for (int i = 0; i < n; i++) {
      Inhabitant one = left.remove(killDice.nextInt(left.size()));
      one.member().host().crash();
      one.gone(world.now().toNanos());
    }
  }

  private void links(Figures f) {
    Histogram links = new Histogram();
    List<Long> byLevel = new ArrayList<>();
    List<Inhabitant> alive = alive();
    for (Inhabitant i : alive) {
      var all = i.node().links();
      links.add(all.size());
      for (var l : all) {
        while (byLevel.size() <= l.level()) {
          byLevel.add(0L);
        }
        byLevel.set(l.level(), byLevel.get(l.level()) + 1);
      }
    }
    f.put("links_mean", links.mean(), 2);
    f.put("links_fewest", links.quantile(0));
    f.put("links_most", links.max());
    f.put(
        "links_by_level",
        byLevel.stream().map(n -> Math.round(100.0 * n / alive.size()) / 100.0).toList());
  }

  private void traffic(Figures f) {
    long[][] before = counters();
    world.run(IDLE);
    long[][] after = counters();
    double share = (double) Duration.ofDays(1).toNanos() / IDLE.toNanos();
    int nodes = alive().size();
    long all = 0;
    Figures byClass = new Figures();
    for (TrafficClass kind : TrafficClass.values()) {
      int k = kind.rank();
      long frames = after[k][0] - before[k][0];
      long ip = 2 * (after[k][1] - before[k][1] + frames * (DATAGRAM + ACKNOWLEDGEMENT));
      all += ip;
      byClass.put(kind.name().toLowerCase(java.util.Locale.ROOT), Math.round(ip * share / nodes));
    }
    f.put("bytes_per_node_per_day", Math.round(all * share / nodes));
    f.put("bytes_by_class", byClass);
  }

  private long[][] counters() {
    long[][] sum = new long[TrafficClass.values().length][2];
    for (Inhabitant i : alive()) {
      for (TrafficClass kind : TrafficClass.values()) {
        sum[kind.rank()][0] += i.member().transport().framesSent(kind);
        sum[kind.rank()][1] += i.member().transport().bytesSent(kind);
      }
    }
    return sum;
  }
}
