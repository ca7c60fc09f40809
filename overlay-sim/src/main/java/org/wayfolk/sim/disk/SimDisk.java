package org.wayfolk.sim.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The disk under one SQLite database. The database works on real files; this object notes what of
 * them is synced, and on {@link #powerLoss} makes an image of what a real disk could hold then:
 *
 * <ul>
 *   <li>the log as it was at the last commit, and after that anything: cut, torn, rubbish, frames
 *       of a former generation;
 *   <li>the main file as the last synced checkpoint left it, and of the pages written since a
 *       random part;
 *   <li>no shared memory.
 * </ul>
 *
 * <p>The files stay as they are until {@link #powerBack}, so the connections can be closed in
 * between, and whatever SQLite writes while it closes is gone. What the database is told between
 * the two is ignored.
 *
 * <p>Demands: WAL mode, automatic checkpoints off, each commit and each checkpoint told, and one
 * process: reading the files here drops the locks that keep other processes away. All methods may
 * be called by any thread, one at a time; they read and write files and so may block.
 */
public final class SimDisk {
  private static final byte[] NOTHING = new byte[0];

  private final Path main;
  private final Path log;
  private final Path memory;
  private final Path mainImage;
  private final Path logImage;
  private final Sync sync;

  /** Pages of the main file written since it was synced, as they were then. */
  private final TreeMap<Integer, byte[]> doubtful = new TreeMap<>();

  private Wal wal;
  private long noted;
  private long mainLength;
  private boolean within;
  private byte[] checkpointed = NOTHING;
  private byte[] former = NOTHING;
  private @Nullable Plan plan;
  private boolean off;
  private long commits;
  private long checkpoints;

  private static final class Plan {
    final Moment moment;
    final RandomGenerator dice;
    final Runnable then;
    int left;

    Plan(Moment moment, int left, RandomGenerator dice, Runnable then) {
      this.moment = moment;
      this.left = left;
      this.dice = dice;
      this.then = then;
    }
  }

  /**
   * A disk that holds what the files hold now.
   *
   * @param database the main file, which need not be there yet; the log and the images lie beside
   *     it
   * @param sync what the database asks of it
   */
  public SimDisk(Path database, Sync sync) {
    this.main = database;
    this.log = beside("-wal");
    this.memory = beside("-shm");
    this.mainImage = beside("-image");
    this.logImage = beside("-wal-image");
    this.sync = sync;
    this.wal = new Wal(log);
    begin();
  }

  /** The database has committed and, if it syncs, synced; called before anybody is told. */
  public synchronized void committed() {
    if (off) {
      return;
    }
    if (due(Moment.COMMIT)) {
      return;
    }
    commits++;
    follow();
    former = NOTHING;
    noted = sync == Sync.FULL ? wal.committed() : 0;
  }

  /** The database is about to move pages from its log to its main file. */
  public synchronized void checkpointing() {
    if (off) {
      return;
    }
    follow();
    try {
      checkpointed = read(log);
      keepPages();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    within = true;
    due(Moment.CHECKPOINT);
  }

  /** The pages are moved and, if the database syncs, synced. */
  public synchronized void checkpointed() {
    if (off || !within) {
      return;
    }
    checkpoints++;
    leaveCheckpoint();
  }

  /**
   * The power goes: makes the image of what the disk holds. Nothing that happens to the files from
   * now on will have happened.
   *
   * @param dice decides what became of that which was not synced
   */
  public synchronized void powerLoss(RandomGenerator dice) {
    if (off) {
      throw new IllegalStateException("the power is off already");
    }
    follow();
    try {
      makeMainImage(dice);
      makeLogImage(dice);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    off = true;
    plan = null;
  }

  /**
   * The power will go inside the work of the database.
   *
   * @param moment where
   * @param nth the how many-th such moment from now, at least 1
   * @param then runs right after the image is made, inside the call that told of the moment; it
   *     must stop the machine without closing the database, which is at work
   */
  public synchronized void powerLossIn(
      Moment moment, int nth, RandomGenerator dice, Runnable then) {
    plan = new Plan(moment, nth, dice, then);
  }

  /** The program is killed, and the machine goes on: what was written stays, synced or not. */
  public synchronized void kill() {
    if (off) {
      throw new IllegalStateException("the power is off already");
    }
    try {
      copyMain();
      Files.write(logImage, read(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    off = true;
    plan = null;
  }

  /** Whether the power is off. */
  public synchronized boolean off() {
    return off;
  }

  /**
   * The power is back: puts the image in the place of the files. Every connection must be closed.
   */
  public synchronized void powerBack() {
    if (!off) {
      throw new IllegalStateException("the power is on");
    }
    try {
      Files.deleteIfExists(memory);
      Files.deleteIfExists(log);
      Files.deleteIfExists(main);
      move(mainImage, main);
      move(logImage, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    begin();
  }

  /** How many commits were told. */
  public synchronized long commits() {
    return commits;
  }

  /** How many checkpoints were told to have ended. */
  public synchronized long checkpoints() {
    return checkpoints;
  }

  /** How many bytes of the log are known to be synced. */
  public synchronized long noted() {
    return noted;
  }

  /** What a disk holds when the power comes back has been on it all the time, so it is synced. */
  private void begin() {
    wal = new Wal(log);
    doubtful.clear();
    within = false;
    checkpointed = NOTHING;
    former = NOTHING;
    off = false;
    follow();
    noted = sync == Sync.FULL ? wal.committed() : 0;
  }

  private void follow() {
    try {
      if (wal.follow()) {
        noted = 0;
        if (within) {
          // A log begins anew only after all of it was moved and synced.
          leaveCheckpoint();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void leaveCheckpoint() {
    within = false;
    if (sync == Sync.FULL) {
      doubtful.clear();
    }
    former = checkpointed;
    checkpointed = NOTHING;
  }

  private boolean due(Moment moment) {
    Plan p = plan;
    if (p == null || p.moment != moment || --p.left > 0) {
      return false;
    }
    powerLoss(p.dice);
    p.then.run();
    return true;
  }

  /** Keeps those pages of the main file that a checkpoint will write over. */
  private void keepPages() throws IOException {
    if (!Files.exists(main) || wal.committed() == 0) {
      return;
    }
    try (FileChannel in = FileChannel.open(main, StandardOpenOption.READ)) {
      if (doubtful.isEmpty()) {
        mainLength = in.size();
      }
      for (int page : wal.pages().keySet()) {
        if (!doubtful.containsKey(page)) {
          ByteBuffer b = ByteBuffer.allocate(wal.pageBytes());
          doubtful.put(page, Wal.fill(in, b, place(page)) ? b.array() : NOTHING);
        }
      }
    }
  }

  private void makeMainImage(RandomGenerator dice) throws IOException {
    copyMain();
    if (doubtful.isEmpty()) {
      return;
    }
    double arrives = dice.nextDouble();
    try (FileChannel out = FileChannel.open(mainImage, StandardOpenOption.WRITE)) {
      long length = mainLength;
      for (Map.Entry<Integer, byte[]> page : doubtful.entrySet()) {
        long at = place(page.getKey());
        if (dice.nextDouble() < arrives) {
          length = Math.max(length, at + wal.pageBytes());
          out.write(ByteBuffer.wrap(written(page.getKey())), at);
        } else {
          // Behind the former end it is a hole, if anything behind it has arrived.
          byte[] was = page.getValue();
          out.write(ByteBuffer.wrap(was.length == 0 ? new byte[wal.pageBytes()] : was), at);
        }
      }
      if (out.size() > length && dice.nextInt(4) != 0) {
        out.truncate(length);
      }
    }
  }

  /** What a checkpoint wrote to a page; nothing if the main file has it. */
  private byte[] written(int page) {
    Long at = wal.pages().get(page);
    if (!within || at == null) {
      return NOTHING;
    }
    int from = Math.toIntExact(at) + Wal.FRAME_HEADER_BYTES;
    return Arrays.copyOfRange(checkpointed, from, from + wal.pageBytes());
  }

  private void makeLogImage(RandomGenerator dice) throws IOException {
    byte[] now = within ? checkpointed : read(log);
    long synced = noted;
    byte[] stale = former;
    if (sync == Sync.FULL && former.length > 0 && wal.committed() == 0 && dice.nextBoolean()) {
      // That a log is cut short after a checkpoint is not synced: it may be there again, whole.
      now = former;
      synced = former.length;
    } else if (sync == Sync.FULL && now.length > 0) {
      // SQLite syncs a new header before it writes over frames of the former generation.
      synced = Math.max(synced, Wal.HEADER_BYTES);
    } else if (sync == Sync.FULL) {
      stale = NOTHING;
    }
    int whole = Math.toIntExact(Math.min(synced, now.length));
    Files.write(logImage, new Tail(dice).after(now, whole, stale));
  }

  private void copyMain() throws IOException {
    if (Files.exists(main)) {
      Files.copy(main, mainImage, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.deleteIfExists(mainImage);
    }
  }

  private long place(int page) {
    return (page - 1L) * wal.pageBytes();
  }

  private Path beside(String suffix) {
    return main.resolveSibling(main.getFileName() + suffix);
  }

  private static byte[] read(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : NOTHING;
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
