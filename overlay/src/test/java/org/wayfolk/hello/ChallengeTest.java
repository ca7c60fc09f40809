package org.wayfolk.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wayfolk.hello.World.Ends;
import org.wayfolk.hello.World.NodeSide;
import org.wayfolk.hello.World.Side;
import org.wayfolk.identity.Crypto;
import org.wayfolk.peer.Network;
import org.wayfolk.protocol.Tally;

/**
 * What joining costs under load: who is asked for work, who is served first, who is turned away.
 */
final class ChallengeTest {
  private static final Network NET = Network.local("demo");
  private static final long SECOND = 1_000_000_000L;

  private final World w = new World(5);
  private final NodeSide busy = w.node(1, NET);

  /** A stranger who uses up what a node answers at no cost, just before what comes next. */
  private void load() {
    NodeSide flood = w.node(2, NET);
    flood.deaf = true;
    List<Side> ends = new ArrayList<>();
    for (int i = 0; i < Door.BURST; i++) {
      ends.add(w.connect(flood, busy).dialler());
    }
    w.run(SECOND / 10);
    ends.forEach(e -> e.write(new HelloFrame.First(new byte[32]).encode()));
  }

  @Test
  void aDiallerIsAskedForWorkOnlyUnderLoadAndItsLinkComesUp() {
    NodeSide early = w.node(3, NET);
    w.connect(early, busy);
    w.run(SECOND / 2);
    assertThat(busy.counted(Tally.HELLO_CHALLENGED)).isZero();
    load();
    NodeSide late = w.node(4, NET);
    Ends e = w.connect(late, busy);
    w.run(2 * SECOND);
    assertThat(busy.counted(Tally.HELLO_CHALLENGED)).isEqualTo(1);
    assertThat(late.counted(Tally.HELLO_WORKED)).isEqualTo(1);
    assertThat(late.hello.proven(e.dialler())).isTrue();
    assertThat(busy.hello.proven(e.acceptor())).isTrue();
  }

  @Test
  void workForAnotherConnectionIsRefused() {
    NodeSide hostile = w.node(4, NET);
    hostile.deaf = true;
    Side end = w.connect(hostile, busy).dialler();
    w.run(SECOND / 20);
    load();
    end.write(new HelloFrame.First(new byte[32]).encode());
    w.run(SECOND / 20);
    byte[] seed = new byte[32];
    long solution = Effort.solve(Crypto.best(), seed, Effort.LEAST);
    end.write(new ChallengeFrame.Answer(Effort.LEAST, solution).encode());
    w.run(SECOND / 10);
    assertThat(busy.counted(Tally.HELLO_EFFORT_FALSE)).isEqualTo(1);
    assertThat(end.alive()).isFalse();
  }

  @Test
  void workThatNobodyAskedForIsOutOfStep() {
    NodeSide hostile = w.node(4, NET);
    hostile.deaf = true;
    Side end = w.connect(hostile, busy).dialler();
    w.run(SECOND / 20);
    end.write(new ChallengeFrame.Answer(1, 0).encode());
    w.run(SECOND / 10);
    assertThat(busy.counted(Tally.HELLO_OUT_OF_STEP)).isEqualTo(1);
    assertThat(end.alive()).isFalse();
  }

  @Test
  void whoSpentMoreIsServedFirstAndWhoSpentLeastGivesWay() {
    Door<String> door = new Door<>();
    while (door.free(0)) {}
    assertThat(door.waits("little", 256)).isNull();
    assertThat(door.waits("much", 4_096)).isNull();
    assertThat(door.waits("more", 1_024)).isNull();
    long later = SECOND / Door.RATE * 2 + 1;
    assertThat(door.free(later)).as("nobody overtakes those who wait").isFalse();
    assertThat(door.next(later)).isEqualTo("much");
    assertThat(door.next(later)).isEqualTo("more");
    assertThat(door.next(later)).isNull();
    String gone = null;
    for (int i = 0; i < Door.MOST_WAITING; i++) {
      gone = door.waits("w" + i, 512);
    }
    assertThat(gone).isEqualTo("little");
  }

  /**
   * Ten times as many hellos as a node serves come from an attacker with ten cores (15 million
   * hashes a second); each second one honest node with one core joins. Without work the honest are
   * a tenth of those who knock, first come. Prints what both pay. The first 15 s, in which what is
   * asked for climbs, are told apart: who comes then waits in vain and has to dial again.
   */
  @Test
  void underTenfoldOverloadAnHonestNodeJoinsAndTheAttackerPaysForEachHandshake() {
    Overload first = new Overload(true, 0, 15);
    Overload with = new Overload(true, 15, 110);
    Overload without = new Overload(false, 15, 110);
    System.out.printf(
        "tenfold overload: with work %d of %d joined, %.2f s in the mean, attacker pays %,d hashes"
            + " a handshake; of who came in the first 15 s %d of %d; without work %d of %d%n",
        with.joined,
        with.tried,
        with.meanSeconds(),
        with.hashesPerHandshake(),
        first.joined,
        first.tried,
        without.joined,
        without.tried);
    assertThat(with.joined).isEqualTo(with.tried);
    assertThat(with.meanSeconds()).isLessThan(5);
    assertThat(with.hashesPerHandshake()).isGreaterThan(100_000);
    assertThat(without.joined).isLessThan(without.tried / 2);
  }

  /** A door, an attacker and honest joiners, in steps of one tick. Numbers only. */
  private static final class Overload {
    private static final double TICK = Door.TICK_NANOS / 1e9;
    private static final double ATTACKER = 15e6;
    private static final double HONEST = 1.5e6;
    private static final int SECONDS = 120;

    /** A join is given up after the 10 s of a hello. */
    private static final double PATIENCE = 10;

    private record Joiner(double began, boolean honest) {}

    private final Door<Joiner> door = new Door<>();
    private final SplittableRandom dice = new SplittableRandom(1);
    private final List<double[]> working = new ArrayList<>();
    private double hashes;
    private double spent;
    private long served;
    private double waited;
    int joined;
    int tried;

    Overload(boolean work, double from, double to) {
      while (door.free(0)) {}
      for (int t = 1; t * TICK < SECONDS; t++) {
        double now = t * TICK;
        long nanos = t * Door.TICK_NANOS;
        boolean comes = t % 20 == 0 && now >= from && now < to;
        tried += comes ? 1 : 0;
        if (work) {
          attack(now);
          if (comes) {
            working.add(new double[] {now, now + door.asked() / HONEST, door.asked()});
          }
          for (double[] j : List.copyOf(working)) {
            if (j[1] <= now) {
              working.remove(j);
              door.waits(new Joiner(j[0], true), (int) j[2]);
            }
          }
          for (Joiner j; (j = door.next(nanos)) != null; ) {
            serve(j, now);
          }
          door.adapt(nanos);
        } else {
          firstCome(comes, now);
        }
      }
    }

    private void attack(double now) {
      hashes += ATTACKER * TICK;
      int most = (int) (10 * Door.RATE * TICK);
      for (int i = 0; i < most && hashes >= door.asked(); i++) {
        hashes -= door.asked();
        spent += door.asked();
        door.waits(new Joiner(now, false), door.asked());
      }
    }

    /** Of those who knock in a tick as many are served as there is room for, whoever they are. */
    private void firstCome(boolean comes, double now) {
      double share = 1.0 / (10 * Door.RATE * TICK) * Door.RATE * TICK;
      if (comes && dice.nextDouble() < share) {
        serve(new Joiner(now, true), now);
      }
    }

    private void serve(Joiner j, double now) {
      if (!j.honest) {
        served++;
      } else if (now - j.began <= PATIENCE) {
        joined++;
        waited += now - j.began;
      }
    }

    double meanSeconds() {
      return waited / joined;
    }

    long hashesPerHandshake() {
      return (long) (spent / Math.max(1, served));
    }
  }
}
