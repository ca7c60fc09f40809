package org.wayfolk.sim.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wayfolk.transport.Host;

/** What every host does: its clock, its loops, its executors, and waiting. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class HostContract {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long NEVER = Long.MAX_VALUE;

  /** For subclasses. */
  protected HostContract() {}

  /** A new host. */
  protected abstract Host host();

  @Test
  void aLoopTurnsAtOnce() throws Exception {
    Host host = host();
    CompletableFuture<Boolean> turned = new CompletableFuture<>();
    Host.Loop loop =
        host.start(
            "test",
            () -> {
              turned.complete(true);
              return NEVER;
            });
    assertThat(host.await(turned, LIMIT)).isTrue();
    loop.stop();
  }

  @Test
  void aWakeMakesATurn() throws Exception {
    Host host = host();
    Turns turns = new Turns(NEVER);
    Host.Loop loop = host.start("test", turns);
    for (int n = 1; n <= 5; n++) {
      CompletableFuture<Boolean> reached = turns.reach(n);
      host.await(reached, LIMIT);
      loop.wake();
    }
    host.await(turns.reach(6), LIMIT);
    loop.stop();
  }

  @Test
  void aWakeDuringATurnMakesAnother() throws Exception {
    Host host = host();
    AtomicReference<Host.Loop> loop = new AtomicReference<>();
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    AtomicInteger turns = new AtomicInteger();
    CompletableFuture<Boolean> again = new CompletableFuture<>();
    Host.Loop started =
        host.start(
            "test",
            () -> {
              Host.Loop self = loop.get();
              if (self == null) {
                ready.complete(true);
                return NEVER;
              }
              if (turns.incrementAndGet() == 1) {
                self.wake();
              } else {
                again.complete(true);
              }
              return NEVER;
            });
    host.await(ready, LIMIT);
    loop.set(started);
    started.wake();
    assertThat(host.await(again, LIMIT)).isTrue();
    started.stop();
  }

  @Test
  void aDeadlineMakesATurnAndNotBeforeIt() throws Exception {
    Host host = host();
    long due = host.clock().nanos() + 30_000_000L;
    CompletableFuture<Long> at = new CompletableFuture<>();
    Host.Loop loop =
        host.start(
            "test",
            () -> {
              long now = host.clock().nanos();
              if (now - due < 0) {
                return due;
              }
              at.complete(now);
              return NEVER;
            });
    assertThat(host.await(at, LIMIT) - due).isNotNegative();
    loop.stop();
  }

  @Test
  void aDeadlineInThePastIsATurnAtOnce() throws Exception {
    Host host = host();
    AtomicInteger left = new AtomicInteger(100);
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Host.Loop loop =
        host.start(
            "test",
            () -> {
              if (left.decrementAndGet() > 0) {
                return host.clock().nanos() - 1;
              }
              done.complete(true);
              return NEVER;
            });
    assertThat(host.await(done, LIMIT)).isTrue();
    loop.stop();
  }

  @Test
  void aLoopThatIsNotWokenDoesNotTurn() throws Exception {
    Host host = host();
    Turns idle = new Turns(NEVER);
    Host.Loop loop = host.start("idle", idle);
    host.await(idle.reach(1), LIMIT);
    Turns busy = new Turns(0);
    Host.Loop other = host.start("busy", busy);
    host.await(busy.reach(500), LIMIT);
    assertThat(idle.count()).isEqualTo(1);
    other.stop();
    loop.stop();
  }

  @Test
  void noTurnAfterStop() throws Exception {
    Host host = host();
    Turns turns = new Turns(0);
    Host.Loop loop = host.start("test", turns);
    host.await(turns.reach(3), LIMIT);
    loop.stop();
    int then = turns.count();
    loop.wake();
    loop.stop();
    Turns other = new Turns(0);
    Host.Loop second = host.start("other", other);
    host.await(other.reach(300), LIMIT);
    assertThat(turns.count()).isEqualTo(then);
    second.stop();
  }

  @Test
  void aLoopMayStopItself() throws Exception {
    Host host = host();
    AtomicReference<Host.Loop> loop = new AtomicReference<>();
    CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    Host.Loop started =
        host.start(
            "test",
            () -> {
              Host.Loop self = loop.get();
              if (self != null) {
                self.stop();
                stopped.complete(true);
              }
              return NEVER;
            });
    loop.set(started);
    started.wake();
    assertThat(host.await(stopped, LIMIT)).isTrue();
  }

  @Test
  void insideIsTrueOnlyInATurn() throws Exception {
    Host host = host();
    AtomicReference<Host.Loop> loop = new AtomicReference<>();
    CompletableFuture<Boolean> inside = new CompletableFuture<>();
    Host.Loop started =
        host.start(
            "test",
            () -> {
              Host.Loop self = loop.get();
              if (self != null) {
                inside.complete(self.inside());
              }
              return NEVER;
            });
    loop.set(started);
    assertThat(started.inside()).isFalse();
    started.wake();
    assertThat(host.await(inside, LIMIT)).isTrue();
    started.stop();
  }

  @Test
  void workersAndCallbacksRunWhatTheyAreGivenOutsideTheLoop() throws Exception {
    Host host = host();
    Turns turns = new Turns(NEVER);
    Host.Loop loop = host.start("test", turns);
    CompletableFuture<Boolean> worked = new CompletableFuture<>();
    CompletableFuture<Boolean> called = new CompletableFuture<>();
    host.workers().execute(() -> worked.complete(loop.inside()));
    host.callbacks().execute(() -> called.complete(loop.inside()));
    assertThat(host.await(worked, LIMIT)).isFalse();
    assertThat(host.await(called, LIMIT)).isFalse();
    loop.stop();
  }

  @Test
  void awaitGivesUpInTime() {
    Host host = host();
    long before = host.clock().nanos();
    CompletableFuture<String> never = new CompletableFuture<>();
    assertThatThrownBy(() -> host.await(never, Duration.ofMillis(20)))
        .isInstanceOf(TimeoutException.class);
    assertThat(host.clock().nanos() - before).isGreaterThanOrEqualTo(20_000_000L);
  }

  @Test
  void awaitOfAFailureCarriesItsCause() {
    Host host = host();
    IllegalArgumentException cause = new IllegalArgumentException("because");
    CompletableFuture<String> failed = CompletableFuture.failedFuture(cause);
    assertThatThrownBy(() -> host.await(failed, LIMIT))
        .isInstanceOf(IllegalStateException.class)
        .hasCause(cause);
  }

  @Test
  void theClockGoesOnlyForwardAndTheWallIsInOurAge() throws Exception {
    Host host = host();
    long before = host.clock().nanos();
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    AtomicBoolean backwards = new AtomicBoolean();
    long[] last = {before};
    Host.Loop loop =
        host.start(
            "test",
            () -> {
              long now = host.clock().nanos();
              backwards.compareAndSet(false, now - last[0] < 0);
              last[0] = now;
              if (now - before > 5_000_000L) {
                done.complete(true);
                return NEVER;
              }
              return now + 100_000L;
            });
    host.await(done, LIMIT);
    loop.stop();
    assertThat(backwards).isFalse();
    assertThat(host.clock().wallMillis())
        .isGreaterThan(Instant.parse("2025-12-31T00:00:00Z").toEpochMilli());
  }

  @Test
  void twoHostsDrawDifferentNumbers() {
    byte[] one = new byte[32];
    byte[] two = new byte[32];
    host().random().nextBytes(one);
    host().random().nextBytes(two);
    assertThat(one).isNotEqualTo(two);
  }

  /** Counts turns and says when a count is reached. */
  private static final class Turns implements Host.Turn {
    private final long again;
    private int count;
    private int wanted = Integer.MAX_VALUE;
    private CompletableFuture<Boolean> reached = new CompletableFuture<>();

    Turns(long again) {
      this.again = again;
    }

    synchronized int count() {
      return count;
    }

    synchronized CompletableFuture<Boolean> reach(int n) {
      reached = new CompletableFuture<>();
      wanted = n;
      if (count >= n) {
        reached.complete(true);
      }
      return reached;
    }

    @Override
    public synchronized long run() {
      if (++count >= wanted) {
        reached.complete(true);
      }
      return again;
    }
  }
}
