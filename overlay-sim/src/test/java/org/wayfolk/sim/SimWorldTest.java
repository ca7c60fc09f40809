package org.wayfolk.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.TrafficClass;

/** The world itself: time, order, chance, hosts. */
final class SimWorldTest {

  @Test
  void theSameSeedGivesTheSameTraceAndAnotherSeedAnother() throws Exception {
    String once = TraceScenario.run(7);
    assertThat(TraceScenario.run(7)).isEqualTo(once);
    assertThat(TraceScenario.run(8)).isNotEqualTo(once);
  }

  @Test
  void theTraceSeesOneByteMoreInOneFrame() throws Exception {
    assertThat(oneFrame(100)).isEqualTo(oneFrame(100)).isNotEqualTo(oneFrame(101));
  }

  private static String oneFrame(int length) throws IOException {
    SimWorld world = new SimWorld(1);
    Probe a = new Probe(world, 1);
    Probe b = new Probe(world, 2);
    a.send(a.connect(b), 1, length, TrafficClass.CONTROL);
    world.run(Duration.ofSeconds(1));
    assertThat(b.came).hasSize(1);
    return world.traceHash();
  }

  @Test
  void anotherHostShiftsNobodysChances() throws Exception {
    assertThat(arrivals(false)).isEqualTo(arrivals(true));
  }

  private static List<Probe.Came> arrivals(boolean third) throws IOException {
    SimWorld world = new SimWorld(3);
    world.network().jitter(Duration.ofMillis(50)).loss(0.2);
    Probe a = new Probe(world, 1);
    Probe b = new Probe(world, 2);
    if (third) {
      Probe c = new Probe(world, 3);
      c.transport.dial(1, b.address(), b.id());
      c.host().random().nextLong();
    }
    a.dial(b);
    world.run(Duration.ofSeconds(10));
    Link ab = a.opened.getFirst();
    for (int i = 0; i < 50; i++) {
      a.send(ab, i);
      world.run(Duration.ofMillis(30));
    }
    world.run(Duration.ofSeconds(20));
    assertThat(a.host().random().nextLong()).isNotZero();
    return b.came;
  }

  @Test
  void runPassesExactlyTheTimeThatWasAsked() {
    SimWorld world = new SimWorld(1);
    world.run(Duration.ofMillis(1_234));
    assertThat(world.now()).isEqualTo(Duration.ofMillis(1_234));
    assertThat(world.runUntil(() -> false, Duration.ofSeconds(1))).isFalse();
    assertThat(world.now()).isEqualTo(Duration.ofMillis(2_234));
    assertThat(world.runUntil(() -> true, Duration.ofSeconds(1))).isTrue();
    assertThat(world.now()).isEqualTo(Duration.ofMillis(2_234));
  }

  @Test
  void addressesComeFromManySubnetsAndNeverTwice() {
    SimWorld world = new SimWorld(5);
    Set<Long> subnets = new HashSet<>();
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      SimTransport t = world.transport();
      subnets.add(t.address().subnet());
      all.add(t.address().toString());
      assertThat(t.address().scope()).isEqualTo(org.wayfolk.transport.Address.Scope.GLOBAL);
    }
    assertThat(subnets).hasSizeGreaterThanOrEqualTo(64);
    assertThat(all).hasSize(2_000);
  }

  @Test
  void awaitInsideTheWorldIsRefusedWithAReason() throws Exception {
    SimWorld world = new SimWorld(1);
    SimHost host = new SimHost(world);
    CompletableFuture<Throwable> refusal = new CompletableFuture<>();
    Host.Loop loop =
        host.start(
            "test",
            () -> {
              try {
                host.await(new CompletableFuture<>(), Duration.ofSeconds(1));
              } catch (Exception e) {
                refusal.complete(e);
              }
              return Long.MAX_VALUE;
            });
    assertThat(host.await(refusal, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot wait for itself");
    loop.stop();
  }

  @Test
  void callbacksMayWaitForOneAnotherIfAsked() throws Exception {
    SimWorld world = new SimWorld(1).letCallbacksWait();
    SimHost host = new SimHost(world);
    List<String> order = new ArrayList<>();
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    // The one that began first needs the one that began second, which needs time and a third.
    host.callbacks()
        .execute(() -> {
          order.add("a waits at " + world.now().toMillis());
          order.add("a got " + get(host, second) + " at " + world.now().toMillis());
          done.complete(true);
        });
    host.callbacks()
        .execute(() -> {
          order.add("b waits at " + world.now().toMillis());
          String got = get(host, first);
          order.add("b got " + got + " at " + world.now().toMillis());
          second.complete("b(" + got + ")");
        });
    host.workTakes(Duration.ofMillis(30));
    host.workers().execute(() -> first.complete("w"));
    host.await(done, Duration.ofSeconds(1));
    assertThat(order)
        .containsExactly("a waits at 0", "b waits at 0", "b got w at 30", "a got b(w) at 30");
  }

  private static String get(SimHost host, CompletableFuture<String> what) {
    try {
      return host.await(what, Duration.ofSeconds(5));
    } catch (TimeoutException e) {
      return "nothing";
    }
  }

  @Test
  void aWaitingCallbackGivesUpInVirtualTimeAndItsFailureFailsTheRun() throws Exception {
    SimWorld world = new SimWorld(1).letCallbacksWait();
    SimHost host = new SimHost(world);
    CompletableFuture<String> got = new CompletableFuture<>();
    host.callbacks().execute(() -> got.complete(get(host, new CompletableFuture<>())));
    assertThat(host.await(got, Duration.ofSeconds(9))).isEqualTo("nothing");
    assertThat(world.now()).isEqualTo(Duration.ofSeconds(5));
    host.callbacks()
        .execute(() -> {
          throw new IllegalStateException("a bug in a callback");
        });
    assertThatThrownBy(() -> world.run(Duration.ofSeconds(1))).hasMessage("a bug in a callback");
  }

  @Test
  void aFailureSaysHowToReplay() {
    SimWorld world = new SimWorld(4_711);
    assertThatThrownBy(() -> world.check(false, "two and two are five"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("two and two are five")
        .hasMessageContaining("replay: new SimWorld(4711L), seed=4711");
    assertThatThrownBy(() -> world.check(() -> assertThat(1).isEqualTo(2)))
        .satisfies(e ->
            assertThat(e.getSuppressed()[0]).hasMessageContaining("replay: new SimWorld(4711L)"));
    new SimHost(world)
        .callbacks()
        .execute(() -> {
          throw new IllegalStateException("a bug in an event");
        });
    assertThatThrownBy(() -> world.run(Duration.ofSeconds(1)))
        .hasMessage("a bug in an event")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("seed=4711"));
  }

  @Test
  void timeThatStandsStillIsNoticed() {
    SimWorld world = new SimWorld(1);
    new SimHost(world).start("spins", () -> 0);
    assertThatThrownBy(() -> world.run(Duration.ofSeconds(1)))
        .hasMessageContaining("time stands still");
  }

  @Test
  void wakesOfOneInstantAreOneTurn() {
    SimWorld world = new SimWorld(1);
    SimHost host = new SimHost(world);
    AtomicInteger turns = new AtomicInteger();
    Host.Loop loop =
        host.start(
            "test",
            () -> {
              turns.incrementAndGet();
              return Long.MAX_VALUE;
            });
    world.run(Duration.ofSeconds(1));
    loop.wake();
    loop.wake();
    loop.wake();
    world.run(Duration.ofSeconds(1));
    assertThat(turns).hasValue(2);
  }

  @Test
  void aNewDeadlineReplacesTheOld() {
    SimWorld world = new SimWorld(1);
    SimHost host = new SimHost(world);
    List<Duration> turns = new ArrayList<>();
    Host.Loop loop =
        host.start(
            "test",
            () -> {
              turns.add(world.now());
              return turns.size() == 1
                  ? 5_000_000_000L
                  : turns.size() == 2 ? 9_000_000_000L : Long.MAX_VALUE;
            });
    world.run(Duration.ofSeconds(1));
    loop.wake();
    world.run(Duration.ofSeconds(20));
    assertThat(turns).containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(9));
  }

  @Test
  void aPausedHostDoesNothingAndThenEverything() {
    SimWorld world = new SimWorld(1);
    SimHost host = new SimHost(world);
    List<Duration> turns = new ArrayList<>();
    Host.Loop loop =
        host.start(
            "test",
            () -> {
              turns.add(world.now());
              return world.now().toNanos() + 1_000_000_000L;
            });
    world.run(Duration.ofMillis(2_500));
    host.pause();
    CompletableFuture<Boolean> task = Probe.later(host);
    loop.wake();
    world.run(Duration.ofSeconds(10));
    assertThat(task).isNotDone();
    assertThat(turns).hasSize(3);
    host.resume();
    world.run(Duration.ofMillis(1_500));
    assertThat(task).isDone();
    assertThat(turns).hasSize(5);
  }

  @Test
  void aCrashedHostNeverTurnsAgain() {
    SimWorld world = new SimWorld(1);
    SimHost host = new SimHost(world);
    AtomicInteger turns = new AtomicInteger();
    Host.Loop loop =
        host.start(
            "test",
            () -> {
              turns.incrementAndGet();
              return world.now().toNanos() + 1_000_000_000L;
            });
    world.run(Duration.ofMillis(2_500));
    CompletableFuture<Boolean> task = Probe.later(host);
    host.crash();
    loop.wake();
    world.run(Duration.ofSeconds(10));
    assertThat(turns).hasValue(3);
    assertThat(task).isNotDone();
  }

  @Test
  void workTakesItsTimeOneAfterAnother() throws Exception {
    SimWorld world = new SimWorld(1);
    SimHost host = new SimHost(world).workTakes(Duration.ofMillis(10));
    List<Duration> done = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      host.workers().execute(() -> done.add(world.now()));
    }
    world.run(Duration.ofSeconds(1));
    assertThat(done)
        .containsExactly(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(30));
  }

  @Test
  void theWallClockMayBeWrong() {
    SimWorld world = new SimWorld(1);
    SimHost right = new SimHost(world);
    SimHost wrong = new SimHost(world).wallSkew(Duration.ofMinutes(-3));
    world.run(Duration.ofSeconds(2));
    assertThat(right.clock().wallMillis()).isEqualTo(SimWorld.EPOCH.toEpochMilli() + 2_000);
    assertThat(wrong.clock().wallMillis()).isEqualTo(right.clock().wallMillis() - 180_000);
    assertThat(wrong.clock().nanos()).isEqualTo(right.clock().nanos());
  }
}
