package org.wayfolk.messenger.work;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.store.Store;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;
import org.wayfolk.transport.Host;

/**
 * The only writer of the messenger. Takes what waits, runs each job in a savepoint of one
 * transaction, commits, and only then lets effects, news and results out: so commits are shared,
 * and nothing leaves before it is stored.
 *
 * <p>Runs on a loop of its host: a thread in production, events of the world in simulation. {@link
 * #submit} may be called from any thread; results are completed on the engine's thread, so what is
 * hung on them must be quick or asynchronous.
 */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** Jobs in one commit: enough to share the cost of a sync, few enough that none waits long. */
  static final int MAX_BATCH = 128;

  /** Jobs that may wait: what peers cause is bounded by delivery, so this bounds scripts. */
  static final int MAX_WAITING = 100_000;

  private final Host host;
  private final Store store;
  private final BiConsumer<Turn, News> follows;
  private final Consumer<News> listener;
  private final ArrayDeque<Job<?>> waiting = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::order));
  private final Host.Loop loop;
  private final Seldom undone = new Seldom();
  private final Seldom disk = new Seldom();
  private long timersMade;
  private boolean closed;

  private record Timer(long at, long order, Consumer<Turn> job) {}

  /** A job, its result, and the turn it was given. */
  private static final class Job<T extends @Nullable Object> {
    final Function<Turn, T> body;
    final CompletableFuture<T> result = new CompletableFuture<>();
    @Nullable Turn turn;
    @Nullable Throwable failure;
    @Nullable Runnable complete;

    Job(Function<Turn, T> body) {
      this.body = body;
    }

    void run(Tx tx, Turn in, BiConsumer<Turn, News> follows) {
      failure = null;
      complete = null;
      try {
        T value =
            tx.nested(() -> {
              T done = body.apply(in);
              List.copyOf(in.news()).forEach(n -> follows.accept(in, n));
              return done;
            });
        turn = in;
        complete = () -> result.complete(value);
      } catch (RuntimeException | Error e) {
        turn = null;
        failure = e;
      }
    }

    void finish() {
      Throwable f = failure;
      Runnable c = complete;
      if (f != null) {
        result.completeExceptionally(f);
      } else if (c != null) {
        c.run();
      }
    }
  }

  /**
   * Starts the engine over an open store.
   *
   * @param listener told of everything that became true, on the engine's thread; must be quick
   */
  public Engine(Host host, Store store, Consumer<News> listener) {
    this(host, store, (turn, news) -> {}, listener);
  }

  /**
   * Starts the engine over an open store.
   *
   * @param follows called for each news of a job while it can still be undone: what has to be true
   *     with it belongs to the same transaction, or a kill between the two would leave it out for
   *     ever. News of its own are not followed
   */
  public Engine(Host host, Store store, BiConsumer<Turn, News> follows, Consumer<News> listener) {
    this.follows = follows;
    this.host = host;
    this.store = store;
    this.listener = listener;
    this.loop = host.start("wayfolk-messenger", this::turn);
  }

  /**
   * Runs a job in the next turn. The future fails with {@link Trouble} (LOCKED, DISK, CLOSED, or
   * what the job threw), or with what else the job threw: then it was undone.
   */
  public <T extends @Nullable Object> CompletableFuture<T> submit(Function<Turn, T> body) {
    Job<T> job = new Job<>(body);
    synchronized (waiting) {
      if (!closed && waiting.size() < MAX_WAITING) {
        waiting.add(job);
        loop.wake();
        return job.result;
      }
    }
    job.result.completeExceptionally(
        new Trouble(closed ? Trouble.Reason.CLOSED : Trouble.Reason.TOO_MANY));
    return job.result;
  }

  /**
   * {@link #submit} for jobs whose result nobody waits for. What one throws is logged, but for
   * {@link Trouble}, which then concerns nobody.
   */
  public void run(Consumer<Turn> body) {
    CompletableFuture<@Nullable Void> _ =
        submit(t -> {
          body.accept(t);
          return null;
        });
  }

  /**
   * Reads a snapshot on the caller's thread; blocks on the disk.
   *
   * @throws Trouble LOCKED, or DISK
   */
  public <T extends @Nullable Object> T read(BiFunction<Tx, Vault, T> reader) {
    try {
      // Asked inside: between two transactions the key may change or go.
      return store.read(tx -> reader.apply(tx, vault()));
    } catch (IOException e) {
      throw disk(e);
    }
  }

  private Vault vault() {
    return store.vault().orElseThrow(() -> new Trouble(Trouble.Reason.LOCKED));
  }

  /** The store beneath, for what is not done in turns: passphrase, checkpoint. */
  public Store store() {
    return store;
  }

  /** Stops after the turn that runs now; jobs that wait fail with CLOSED. Idempotent. */
  @Override
  public void close() {
    List<Job<?>> left;
    synchronized (waiting) {
      closed = true;
      left = new ArrayList<>(waiting);
      waiting.clear();
    }
    loop.stop();
    for (Job<?> job : left) {
      job.result.completeExceptionally(new Trouble(Trouble.Reason.CLOSED));
    }
  }

  /** Says that the store was unlocked: jobs that were to be run later, and are due, run now. */
  public void unlocked() {
    loop.wake();
  }

  private long turn() {
    Optional<Vault> vault = store.vault();
    if (vault.isEmpty()) {
      refuse();
      return Long.MAX_VALUE;
    }
    List<Job<?>> batch = take();
    if (!batch.isEmpty()) {
      work(batch);
    }
    synchronized (waiting) {
      if (!waiting.isEmpty()) {
        return host.clock().nanos();
      }
    }
    Timer next = timers.peek();
    return next == null ? Long.MAX_VALUE : next.at;
  }

  /** Locked: what waits is told so; jobs for later stay. */
  private void refuse() {
    List<Job<?>> all;
    synchronized (waiting) {
      all = new ArrayList<>(waiting);
      waiting.clear();
    }
    fail(all, new Trouble(Trouble.Reason.LOCKED));
  }

  private List<Job<?>> take() {
    List<Job<?>> batch = new ArrayList<>();
    long now = host.clock().nanos();
    while (!timers.isEmpty() && timers.peek().at - now <= 0 && batch.size() < MAX_BATCH) {
      Consumer<Turn> job = timers.remove().job;
      batch.add(
          new Job<@Nullable Void>(t -> {
            job.accept(t);
            return null;
          }));
    }
    synchronized (waiting) {
      while (!waiting.isEmpty() && batch.size() < MAX_BATCH) {
        batch.add(waiting.remove());
      }
    }
    return batch;
  }

  private void work(List<Job<?>> batch) {
    try {
      store.write(tx -> {
        Vault vault = vault();
        for (Job<?> job : batch) {
          job.run(tx, new Turn(tx, vault, host.clock().wallMillis(), host.random()), follows);
        }
        return true;
      });
    } catch (IOException e) {
      disk.say(
          host.clock().nanos(), n -> LOG.warn("messenger: the disk ({}x): {}", n, e.getMessage()));
      fail(batch, disk(e));
      return;
    } catch (Trouble e) {
      // Locked just now.
      fail(batch, e);
      return;
    } catch (RuntimeException e) {
      // Not a job's own trouble, which stays in its savepoint: the transaction itself.
      LOG.error("messenger: a turn was undone", e);
      fail(batch, e);
      return;
    }
    for (Job<?> job : batch) {
      letOut(job);
    }
  }

  private void letOut(Job<?> job) {
    Turn turn = job.turn;
    if (turn != null) {
      for (Turn.Delayed d : turn.delayed()) {
        long at = host.clock().nanos() + d.delay().toNanos();
        timers.add(new Timer(at, timersMade++, d.job()));
      }
      turn.effects().forEach(this::guarded);
      for (News n : turn.news()) {
        guarded(() -> listener.accept(n));
      }
    } else if (!(job.failure instanceof Trouble)) {
      // Its bytes may be a peer's, and so may be its rate.
      Throwable why = job.failure;
      undone.say(host.clock().nanos(), n -> LOG.error("messenger: jobs were undone ({}x)", n, why));
    }
    guarded(job::finish);
  }

  private void guarded(Runnable effect) {
    try {
      effect.run();
    } catch (RuntimeException e) {
      // What is stored is stored; one effect that fails must not keep the others from leaving.
      LOG.error("messenger: an effect failed", e);
    }
  }

  private static void fail(List<Job<?>> batch, RuntimeException why) {
    for (Job<?> job : batch) {
      job.result.completeExceptionally(why);
    }
  }

  private static Trouble disk(IOException e) {
    return new Trouble(Trouble.Reason.DISK, String.valueOf(e.getMessage()));
  }
}
