package org.wayfolk.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SQLite file: one writer, readers beside it, and the profile key.
 *
 * <p>Every method blocks on the disk and may be called from any <em>platform</em> thread (SQL pins
 * a virtual one). Source: SQLite's documents on WAL and on {@code synchronous}.
 *
 * <p>The key: a new store is {@link State#OPEN}: all is sealed, but the key lies in the file beside
 * it, which protects nothing on a stolen disk and must be said to the user. The first passphrase
 * makes a new key and rewrites everything; from then on the store opens {@link State#LOCKED}.
 */
public final class Store implements AutoCloseable {

  /** Whether the sealed values can be read now, and by whom. */
  public enum State {
    /** No passphrase: whoever has the file reads it. */
    OPEN,
    /** A passphrase is set and was not given yet: there is no {@link Vault}. */
    LOCKED,
    /** A passphrase is set and was given. */
    UNLOCKED
  }

  /** Readers at once: a page, a command and a search; more would only wait for the two cores. */
  static final int READERS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Store.class);

  private final StorePlan plan;
  private final HomeLock held;
  private final Line writer;
  private final WriteLog log;
  private final ReentrantLock writing = new ReentrantLock();
  private final Semaphore reading = new Semaphore(READERS, true);
  private final ArrayDeque<Line> idle = new ArrayDeque<>();

  /** One a store, not one a program: two simulated homes may share a thread. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable LineTx> current = new ThreadLocal<>();

  private volatile Profile profile;
  private volatile @Nullable Vault vault;
  private volatile boolean closed;

  private Store(StorePlan plan, HomeLock held, Line writer, Profile profile) {
    this.plan = plan;
    this.log = new WriteLog(beside(plan.file(), "-wal"), writer, plan.watch());
    this.held = held;
    this.writer = writer;
    this.profile = profile;
    if (profile.lock() == null) {
      this.vault = new Vault(profile.key(), plan.random());
    }
  }

  /**
   * Opens the file, or makes it (for its owner only), and brings its tables up to date.
   *
   * @throws IOException in words for a user: held by another program, of a newer program (then the
   *     file is left as it was), damaged, no room
   */
  public static Store open(StorePlan plan) throws IOException {
    Path file = plan.file();
    HomeLock held = HomeLock.of(beside(file, "-lock"), file);
    try {
      OwnerOnly.createIfMissing(file); // The log inherits its rights.
      try (Line line = Line.looking(file)) {
        Migrations.check(line, file, plan.shelves());
      }
      Store store = start(plan, held);
      try {
        if (store.profile.scrub()) {
          LOG.info("store={} goes on cleaning up after its first passphrase", file);
          store.scrub();
        }
        return store;
      } catch (SQLException | IOException | RuntimeException e) {
        store.writer.close();
        throw e;
      }
    } catch (SQLException e) {
      held.close();
      throw DiskTrouble.io(file, SqlFailure.code(e), e);
    } catch (SqlFailure e) {
      held.close();
      throw e.disk() ? DiskTrouble.io(file, e.code(), e) : new IOException(file + ": " + e, e);
    } catch (IOException | RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private static Store start(StorePlan plan, HomeLock held) throws SQLException, IOException {
    Line writer = Line.writing(plan.file(), plan.durability());
    try {
      writer.exec("BEGIN IMMEDIATE");
      LineTx tx = new LineTx(writer);
      Migrations.run(writer, tx, plan.shelves());
      Profile profile = Profile.read(tx);
      if (profile == null) {
        byte[] key = fresh(plan);
        profile = Profile.inClear(key, false);
        profile.write(tx);
      }
      tx.end();
      writer.exec("COMMIT");
      plan.watch().committed();
      return new Store(plan, held, writer, profile);
    } catch (SQLException | IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /**
   * Runs one transaction that may write, alone. It is committed when {@code work} returns, and this
   * returns only once it is on the disk; it is undone when {@code work} throws.
   *
   * @throws IOException if the disk is full or fails: then nothing of it was kept; the message says
   *     what to do
   * @throws IllegalStateException from within another transaction of this thread
   */
  public <T extends @Nullable Object> T write(Function<Tx, T> work) throws IOException {
    checkOpen();
    if (current.get() != null) {
      throw new IllegalStateException("a transaction of this thread is already running");
    }
    writing.lock();
    try {
      T result = commit(work);
      if (log.isLarge()) {
        moveLarge();
      }
      return result;
    } finally {
      writing.unlock();
    }
  }

  private void moveLarge() {
    boolean alone = reading.tryAcquire(READERS);
    try {
      log.move(alone);
    } finally {
      if (alone) {
        reading.release(READERS);
      }
    }
  }

  private <T extends @Nullable Object> T commit(Function<Tx, T> work) throws IOException {
    LineTx tx = new LineTx(writer);
    boolean done = false;
    try {
      checkOpen();
      writer.exec("BEGIN IMMEDIATE");
      current.set(tx);
      T result = work.apply(tx);
      SqlFailure lost = tx.lost();
      if (lost != null) {
        throw lost;
      }
      writer.exec("COMMIT");
      done = true;
      plan.watch().committed();
      return result;
    } catch (SQLException e) {
      throw DiskTrouble.io(plan.file(), SqlFailure.code(e), e);
    } catch (SqlFailure e) {
      SqlFailure lost = tx.lost();
      if (lost == null) {
        throw e;
      }
      throw DiskTrouble.io(plan.file(), lost.code(), lost);
    } finally {
      current.remove();
      tx.end();
      if (!done) {
        rollback(writer);
      }
    }
  }

  /**
   * Runs reads that all see the store as it was at their first one, while others may write. Within
   * a transaction of the same thread they see that one's state. At most {@value #READERS} at once;
   * more wait.
   *
   * @throws IOException if the disk fails
   */
  public <T extends @Nullable Object> T read(Function<Tx, T> work) throws IOException {
    checkOpen();
    LineTx outer = current.get();
    if (outer != null) {
      return work.apply(outer);
    }
    reading.acquireUninterruptibly();
    Line line = null;
    LineTx tx = null;
    try {
      checkOpen();
      line = reader();
      tx = new LineTx(line);
      current.set(tx);
      line.exec("BEGIN");
      return work.apply(tx);
    } catch (SQLException e) {
      throw DiskTrouble.io(plan.file(), SqlFailure.code(e), e);
    } catch (SqlFailure e) {
      if (e.disk()) {
        throw DiskTrouble.io(plan.file(), e.code(), e);
      }
      throw e;
    } finally {
      current.remove();
      if (tx != null) {
        tx.end();
      }
      if (line != null) {
        rollback(line);
        synchronized (idle) {
          idle.push(line);
        }
      }
      reading.release();
    }
  }

  private Line reader() throws SQLException {
    synchronized (idle) {
      Line line = idle.poll();
      if (line != null) {
        return line;
      }
    }
    return Line.reading(plan.file());
  }

  /** The version of each shelf in this file; the store's own is {@code store}. */
  public static Map<String, Integer> versions(Tx tx) {
    return Migrations.versions(tx);
  }

  /** Whether sealed values can be read now. */
  public State state() {
    if (profile.lock() == null) {
      return State.OPEN;
    }
    return vault == null ? State.LOCKED : State.UNLOCKED;
  }

  /**
   * The key at work; empty while locked. Ask inside the transaction that uses it: between two
   * transactions the key may change.
   */
  public Optional<Vault> vault() {
    return Optional.ofNullable(vault);
  }

  /**
   * Gives the passphrase. Takes a quarter of a second and 64 MiB. Does nothing if not locked.
   *
   * @throws WrongPassphrase if it is not the one that was set: still locked
   */
  public void unlock(byte[] passphrase) throws WrongPassphrase {
    Profile asked = profile;
    PassphraseKey lock = asked.lock();
    if (lock == null || vault != null) {
      return;
    }
    // Before the write lock: meanwhile others may write what needs no key.
    byte[] key = asked.unwrap(lock, passphrase);
    writing.lock();
    try {
      if (!profile.equals(asked)) {
        throw new WrongPassphrase();
      }
      if (vault == null) {
        vault = new Vault(key, plan.random());
      }
    } finally {
      Arrays.fill(key, (byte) 0);
      writing.unlock();
    }
  }

  /** Forgets the key, once running transactions have ended. Does nothing without a passphrase. */
  public void lock() {
    alone();
    try {
      Vault open = vault;
      if (profile.lock() != null && open != null) {
        vault = null;
        open.wipe();
      }
    } finally {
      shared();
    }
  }

  /**
   * Sets the first passphrase ({@code old} null), changes it, or removes it ({@code next} null).
   *
   * <p>The first one makes a new profile key and rewrites every sealed value in one transaction,
   * then cleans free pages and log, since the old key lay in the file: minutes for a large store,
   * and about twice its size free on the disk. A power loss anywhere leaves the old state or the
   * new one; cleaning is taken up at the next opening. A change writes only the key's wrapping.
   * Afterwards the store is {@link State#UNLOCKED}, or {@link State#OPEN} if removed.
   *
   * @throws WrongPassphrase if {@code old} is not the passphrase, or is null where one is set
   * @throws IOException if the disk fails; nothing has changed then
   */
  public void setPassphrase(byte @Nullable [] old, byte @Nullable [] next)
      throws IOException, WrongPassphrase {
    if (next != null) {
      PassphraseKey.check(next);
    }
    alone();
    try {
      PassphraseKey lock = profile.lock();
      if (lock == null) {
        if (next != null) {
          first(next);
        }
      } else {
        change(lock, old, next);
      }
    } finally {
      shared();
    }
  }

  private void first(byte[] passphrase) throws IOException {
    byte[] key = fresh(plan);
    Profile next = Profile.locked(key, passphrase, plan.random(), true);
    Vault from = new Vault(profile.key(), plan.random());
    Vault to = new Vault(key, plan.random());
    Arrays.fill(key, (byte) 0);
    commit(tx -> {
      plan.shelves().forEach(shelf -> shelf.rekey(tx, from, to));
      next.write(tx);
      return true;
    });
    replace(next, to);
    try {
      scrub();
    } catch (SQLException e) {
      throw DiskTrouble.io(plan.file(), SqlFailure.code(e), e);
    }
  }

  private void change(PassphraseKey lock, byte @Nullable [] old, byte @Nullable [] next)
      throws IOException, WrongPassphrase {
    if (old == null) {
      throw new WrongPassphrase();
    }
    byte[] key = profile.unwrap(lock, old);
    Profile changed =
        next == null
            ? Profile.inClear(key, profile.scrub())
            : Profile.locked(key, next, plan.random(), profile.scrub());
    Vault same = new Vault(key, plan.random());
    Arrays.fill(key, (byte) 0);
    commit(tx -> {
      changed.write(tx);
      return true;
    });
    replace(changed, same);
    try {
      // Else the old passphrase would still open the copy of the wrapping that lies in the log.
      log.cut();
    } catch (SQLException e) {
      throw DiskTrouble.io(plan.file(), SqlFailure.code(e), e);
    }
  }

  private void replace(Profile next, Vault to) {
    Vault before = vault;
    Profile old = profile;
    profile = next;
    vault = to;
    old.wipe();
    if (before != null) {
      before.wipe();
    }
  }

  /** Rewrites the file without its free pages and cuts the log; then notes that this is done. */
  private void scrub() throws SQLException, IOException {
    // Its copy is as large as the store; it holds only what is sealed under the new key.
    writer.exec("PRAGMA temp_store=FILE");
    writer.exec("VACUUM");
    writer.exec("PRAGMA temp_store=MEMORY");
    plan.watch().committed();
    log.cut();
    Profile clean = profile.scrubbed();
    commit(tx -> {
      clean.write(tx);
      return true;
    });
    profile = clean;
  }

  /**
   * Moves the log into the main file and cuts it to nothing: what was deleted before is then on no
   * page of either. Waits for readers.
   */
  public void checkpoint() throws IOException {
    checkOpen();
    alone();
    try {
      log.cut();
    } catch (SQLException e) {
      throw DiskTrouble.io(plan.file(), SqlFailure.code(e), e);
    } finally {
      shared();
    }
  }

  /** Waits for running transactions, empties the log and lets go of the file. */
  @Override
  public void close() throws IOException {
    alone();
    try {
      if (closed) {
        return;
      }
      closed = true;
      for (Line line : idle) {
        line.close();
      }
      plan.watch().checkpointing();
      writer.close();
      plan.watch().checkpointed();
      Vault open = vault;
      if (open != null) {
        open.wipe();
      }
    } catch (SQLException e) {
      throw DiskTrouble.io(plan.file(), SqlFailure.code(e), e);
    } finally {
      held.close();
      shared();
    }
  }

  /** Waits until no transaction runs, and lets none begin. */
  private void alone() {
    if (current.get() != null) {
      throw new IllegalStateException("not within a transaction: it would wait for its own end");
    }
    writing.lock();
    reading.acquireUninterruptibly(READERS);
  }

  private void shared() {
    reading.release(READERS);
    writing.unlock();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
  }

  private static byte[] fresh(StorePlan plan) {
    byte[] key = new byte[XChaCha.KEY];
    synchronized (plan.random()) {
      plan.random().nextBytes(key);
    }
    return key;
  }

  private static void rollback(Line line) {
    try {
      line.exec("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself already: there is nothing left to undo.
      return;
    }
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
