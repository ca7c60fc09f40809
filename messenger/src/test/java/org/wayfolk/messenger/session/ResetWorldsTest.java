package org.wayfolk.messenger.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * All orders in which two devices can lose their sessions and their words can cross, as deep as
 * time allows; and from every world that is reached so, peace: both come to one session by
 * themselves.
 */
final class ResetWorldsTest {

  @Test
  void everyOrderOfLossesAndCrossedResetsEndsInOneSession() {
    Set<List<Object>> known = new HashSet<>();
    ArrayDeque<Crossing> edge = new ArrayDeque<>();
    edge.add(Crossing.met());
    int worlds = 0;
    for (int depth = 0; depth < 6; depth++) {
      ArrayDeque<Crossing> next = new ArrayDeque<>();
      for (Crossing world : edge) {
        for (Consumer<Crossing> move : moves(world, 2)) {
          Crossing after = world.copy();
          move.accept(after);
          if (known.add(after.fingerprint())) {
            worlds++;
            assertThat(roundsToPeace(after.copy())).as("rounds to peace").isLessThan(12);
            next.add(after);
          }
        }
      }
      edge = next;
    }
    assertThat(worlds).isGreaterThan(5_000);
  }

  @Test
  void longStoriesEndInOneSessionToo() {
    for (int seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Crossing world = Crossing.met();
      for (int i = 0; i < 60; i++) {
        List<Consumer<Crossing>> moves = moves(world, 12);
        moves.get(random.nextInt(moves.size())).accept(world);
      }
      assertThat(roundsToPeace(world)).as("seed " + seed).isLessThan(12);
    }
  }

  @Test
  void ifTheLastToBeginWereRightCrossedBeginningsWouldNotMeet() {
    Crossing world = crossedBeginnings(true);
    assertThat(roundsToPeace(world)).isEqualTo(Integer.MAX_VALUE);
    assertThat(roundsToPeace(crossedBeginnings(false))).isLessThan(12);
  }

  /** Both have lost the session and begin at once. */
  private static Crossing crossedBeginnings(boolean lastWins) {
    Crossing world = Crossing.met();
    world.lastWins = lastWins;
    world.lose(0, false);
    world.lose(1, false);
    world.unreadable(0);
    world.unreadable(1);
    assertThat(world.sides[0].slots()).containsKey(Control.FIRST);
    assertThat(world.sides[1].slots()).containsKey(Control.FIRST);
    world.post(0, Control.FIRST);
    world.post(1, Control.FIRST);
    world.arriveLate(1, 0);
    world.arriveLate(0, 0);
    return world;
  }

  /** Everything that can happen in a world. */
  private static List<Consumer<Crossing>> moves(Crossing world, int losses) {
    List<Consumer<Crossing>> out = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      int i = side;
      out.add(w -> w.talk(i));
      out.add(w -> w.unreadable(i));
      for (Control kind : world.sides[i].slots().keySet()) {
        out.add(w -> w.deliver(i, kind, true));
        out.add(w -> w.deliver(i, kind, false));
        out.add(w -> w.post(i, kind));
      }
      for (int n = 0; n < world.late.get(i).size(); n++) {
        int which = n;
        out.add(w -> w.arriveLate(i, which));
      }
      if (world.losses < losses) {
        out.add(w -> w.lose(i, false));
        out.add(w -> w.lose(i, true));
        out.add(w -> w.keepImage(i));
      }
    }
    out.add(w -> w.now += Standing.SETTLE_MILLIS);
    return out;
  }

  /** Everything arrives, both talk, an hour passes: how often until all is well. */
  private static int roundsToPeace(Crossing world) {
    for (int round = 0; round < 20; round++) {
      if (world.settled()) {
        return round;
      }
      world.now += Standing.REQUEST_MILLIS;
      for (int n = 0; n < 4; n++) {
        int i = n % 2;
        world.talk(i);
        for (Control kind : List.copyOf(world.sides[i].slots().keySet())) {
          world.deliver(i, kind, true);
        }
      }
    }
    return Integer.MAX_VALUE;
  }
}
