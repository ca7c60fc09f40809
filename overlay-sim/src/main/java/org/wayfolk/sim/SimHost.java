package org.wayfolk.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.wayfolk.time.Clock;
import org.wayfolk.transport.Host;

/**
 * A machine of a {@link SimWorld}: a virtual clock whose wall time may be wrong, seeded randomness,
 * and loops and tasks that run as events of the world. It can crash, freeze, or stop reading.
 */
public final class SimHost implements Host {
  private final SimWorld world;
  private final int index;
  private final RandomGenerator random;
  private final List<SimTransport> transports = new ArrayList<>(1);
  private final List<SimLoop> loops = new ArrayList<>(1);
  private final ArrayDeque<Event> frozen = new ArrayDeque<>();
  private final Clock clock = new HostClock();
  private long wallSkewMillis;
  private long workNanos;
  private long workersBusyUntil;
  private boolean crashed;
  private boolean paused;
  private boolean clogged;

  /**
   * A new machine. Its randomness depends on the seed and on how many machines were made before it.
   */
  public SimHost(SimWorld world) {
    this.world = world;
    this.index = world.join(this);
    this.random = Seeds.generator(world.seed(), "host", index, 0);
  }

  /** The world this host lives in. */
  public SimWorld world() {
    return world;
  }

  /** How many hosts were made before this one; its name in traces. */
  public int index() {
    return index;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Executor workers() {
    return this::work;
  }

  @Override
  public Executor callbacks() {
    return task ->
        world.schedule(
            world.callbacksWait() ? new Visit(this, task) : new Task(task), world.nanos());
  }

  @Override
  public boolean simulated() {
    return true;
  }

  @Override
  public Loop start(String name, Turn turn) {
    SimLoop loop = new SimLoop(turn);
    loops.add(loop);
    loop.wake();
    return loop;
  }

  /**
   * Runs the world until the result is there.
   *
   * @throws IllegalStateException if called inside the world (from a turn, a task, or a callback
   *     without {@link SimWorld#letCallbacksWait}), where waiting would wait for itself, or if the
   *     result is a failure, which is its cause
   */
  @Override
  public <T> T await(CompletableFuture<T> result, Duration limit) throws TimeoutException {
    if (!result.isDone()) {
      Visit visit = world.visitor();
      if (visit != null && visit.here()) {
        visit.await(result, limit);
      } else if (world.running()) {
        throw new IllegalStateException(
            "await was called inside the simulated world, whose one thread cannot wait for itself:"
                + " continue with whenComplete, await in the test, or, if this is a callback,"
                + " call letCallbacksWait() on the world first");
      } else if (!world.runUntil(result::isDone, limit)) {
        throw new TimeoutException(
            "no result within " + limit + " of virtual time; " + world.describe());
      }
    }
    try {
      return result.join();
    } catch (java.util.concurrent.CompletionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Sets how far this machine's wall clock is wrong. */
  public SimHost wallSkew(Duration ahead) {
    wallSkewMillis = ahead.toMillis();
    return this;
  }

  /**
   * Sets how long each task given to {@link #workers} takes, one after another; none by default.
   */
  public SimHost workTakes(Duration each) {
    workNanos = each.toNanos();
    return this;
  }

  /**
   * Stops everything of this machine at once and for ever, with no goodbye: what it has sent is
   * still on its way. To restart it, make a new transport at its address and a new node.
   */
  public void crash() {
    if (crashed) {
      return;
    }
    crashed = true;
    world.record(Trace.Kind.CRASH, index, index, 0, 0);
    for (SimLoop l : loops) {
      l.stop();
    }
    frozen.clear();
    for (SimTransport t : transports) {
      t.vanish();
    }
    // The world knows this host for ever; what ran on it may go.
    loops.clear();
    transports.clear();
  }

  /** Whether this machine has crashed. */
  public boolean crashed() {
    return crashed;
  }

  /**
   * Freezes the machine, as SIGSTOP does a process: no turns, no tasks, no reading, nothing
   * acknowledged.
   */
  public void pause() {
    paused = true;
    world.refresh();
  }

  /** Lets a frozen machine go on. */
  public void resume() {
    if (!paused) {
      return;
    }
    paused = false;
    for (SimLoop l : loops) {
      l.thaw();
    }
    while (!frozen.isEmpty()) {
      world.schedule(frozen.remove(), world.nanos());
    }
    world.refresh();
  }

  /**
   * The machine stops (or goes on) reading from its links, while the rest of it runs: windows and
   * then the outboxes toward it fill, and what makes no progress for {@link
   * org.wayfolk.transport.OutboxLimits#STALL_NANOS} closes.
   */
  public void clog(boolean stopReading) {
    clogged = stopReading;
    world.refresh();
  }

  /** Keeps an event of a paused machine for later; false if it is not paused. */
  boolean freeze(Event e) {
    if (paused) {
      frozen.add(e);
    }
    return paused;
  }

  /** Whether this machine takes what arrives. */
  boolean reads() {
    return !crashed && !paused && !clogged;
  }

  /** Whether this machine sends anything. */
  boolean speaks() {
    return !crashed && !paused;
  }

  void add(SimTransport t) {
    transports.add(t);
  }

  void refresh() {
    for (SimTransport t : transports) {
      t.refresh();
    }
  }

  void settle() {
    for (SimTransport t : transports) {
      t.settle();
    }
  }

  private void work(Runnable task) {
    workersBusyUntil = Math.max(workersBusyUntil, world.nanos()) + workNanos;
    world.schedule(new Task(task), workersBusyUntil);
  }

  private final class HostClock implements Clock {
    @Override
    public long nanos() {
      return world.nanos();
    }

    @Override
    public long wallMillis() {
      return SimWorld.EPOCH.toEpochMilli() + world.nanos() / 1_000_000L + wallSkewMillis;
    }
  }

  private final class Task extends Event {
    private final Runnable body;

    Task(Runnable body) {
      this.body = body;
    }

    @Override
    void happen() {
      if (crashed) {
        return;
      }
      if (!freeze(this)) {
        body.run();
      }
    }
  }

  private final class SimLoop extends Event implements Loop {
    private final Turn turn;
    private boolean inside;
    private boolean woken;
    private boolean stopped;

    SimLoop(Turn turn) {
      this.turn = turn;
    }

    @Override
    void happen() {
      if (stopped || paused) {
        return;
      }
      woken = false;
      inside = true;
      long deadline;
      try {
        deadline = turn.run();
      } finally {
        inside = false;
      }
      if (stopped) {
        return;
      }
      if (woken) {
        world.schedule(this, world.nanos());
      } else if (deadline != Long.MAX_VALUE) {
        world.schedule(this, deadline);
      }
    }

    @Override
    public void wake() {
      if (stopped || woken) {
        return;
      }
      woken = true;
      if (!inside && !(scheduled() && at <= world.nanos())) {
        world.schedule(this, world.nanos());
      }
    }

    void thaw() {
      if (!stopped) {
        world.schedule(this, world.nanos());
      }
    }

    @Override
    public void stop() {
      stopped = true;
      world.cancel(this);
    }

    @Override
    public boolean inside() {
      return inside;
    }
  }
}
