package org.wayfolk.daemon.home;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.identity.Identity;

/**
 * A home that this process has to itself until it is closed. Commands that only look at a home use
 * the static methods, which change nothing.
 */
public final class Home implements AutoCloseable {
  private static final String PRIVATE = "rwx------";

  /** Less than this free, and not even a seed can be stored. */
  private static final long ONE_BLOCK = 4_096;

  private final Path dir;
  private final HomeLock lock;
  private volatile Config config;

  private Home(Path dir, HomeLock lock, Config config) {
    this.dir = dir;
    this.lock = lock;
    this.config = config;
  }

  /**
   * The home of a command without {@code --home}.
   *
   * @param environment of the process
   * @param os value of the property os.name
   * @param user the user's own directory
   */
  public static Path standard(Map<String, String> environment, String os, Path user) {
    String own = environment.get("WAYFOLK_HOME");
    if (own != null && !own.isEmpty()) {
      return Path.of(own);
    }
    if (os.startsWith("Mac")) {
      return user.resolve("Library").resolve("Application Support").resolve("wayfolk");
    }
    if (os.startsWith("Windows")) {
      String local = environment.get("LOCALAPPDATA");
      return (local == null ? user : Path.of(local)).resolve("wayfolk");
    }
    String data = environment.get("XDG_DATA_HOME");
    return data != null && data.startsWith("/")
        ? Path.of(data, "wayfolk")
        : user.resolve(".local").resolve("share").resolve("wayfolk");
  }

  /**
   * Opens a home for a node, and makes it if there is none.
   *
   * @throws Failure if it is no directory, in use, from a newer program, damaged, or cannot be
   *     written
   */
  public static Home open(Path where) throws Failure {
    Path dir = where.toAbsolutePath().normalize();
    requireDirectory(dir);
    Config.read(dir.resolve("config")); // before anything is written: a newer home is left alone
    try {
      makePrivate(dir);
    } catch (IOException e) {
      throw DiskTrouble.explain(e, "making the home", dir);
    }
    HomeLock lock = HomeLock.take(dir.resolve("lock"));
    try {
      if (Wipe.isMarked(dir)) {
        Wipe.finish(dir); // its user wanted it so, and something came between
      }
      DurableFile.sweep(dir);
      return new Home(dir, lock, Config.read(dir.resolve("config")));
    } catch (IOException e) {
      lock.close();
      throw DiskTrouble.explain(e, "opening the home", dir);
    } catch (Failure e) {
      lock.close();
      throw e;
    }
  }

  private static void requireDirectory(Path dir) throws Failure {
    for (Path p = dir; p != null; p = p.getParent()) {
      if (Files.isDirectory(p)) {
        return;
      }
      if (Files.exists(p, LinkOption.NOFOLLOW_LINKS)) {
        throw Failure.failed(p + " is a file, a home is a directory", "choose another with --home");
      }
    }
  }

  private static void makePrivate(Path dir) throws IOException, Failure {
    if (!Files.isDirectory(dir)) {
      Files.createDirectories(dir, DurableFile.mode(dir, PRIVATE));
      return;
    }
    if (!DurableFile.posix(dir)) {
      return;
    }
    Set<PosixFilePermission> only = PosixFilePermissions.fromString(PRIVATE);
    if (Files.getPosixFilePermissions(dir).equals(only)) {
      return;
    }
    if (!isOurs(dir)) {
      if (Files.getFileStore(dir).getUsableSpace() < ONE_BLOCK) {
        throw new IOException("No space left on device");
      }
      throw Failure.failed(
          dir + " holds other things and is open to other users, so it cannot be a home",
          "choose a new or empty directory with --home");
    }
    Files.setPosixFilePermissions(dir, only);
  }

  /** Whether a directory is empty or a home already: then its permissions are ours to tighten. */
  private static boolean isOurs(Path dir) throws IOException {
    if (Files.exists(dir.resolve("config")) || Files.exists(dir.resolve("seed"))) {
      return true;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(dir)) {
      return !all.iterator().hasNext();
    }
  }

  /** What the home keeps, without opening it. */
  public static Config look(Path dir) throws Failure {
    requireDirectory(dir.toAbsolutePath().normalize());
    return Config.read(dir.resolve("config"));
  }

  /** The identity in a home, without opening it; empty if it has none yet. */
  public static Optional<Identity> identity(Path dir) throws Failure {
    return Seed.read(dir.resolve("seed"), look(dir).id());
  }

  /** Where the node of a home listens for commands, if it runs. */
  public static Path socketOf(Path dir) {
    return SocketPlace.find(dir);
  }

  /** The process that runs on a home, or ran last. */
  public static OptionalLong processOf(Path dir) {
    return HomeLock.holder(dir.resolve("lock"));
  }

  /** The directory. */
  public Path dir() {
    return dir;
  }

  /** The store of people and messages; there once there are people. */
  public Path store() {
    return dir.resolve("wayfolk.db");
  }

  /** What is kept. */
  public Config config() {
    return config;
  }

  /** The identity that lives here; empty if none does yet. */
  public Optional<Identity> identity() throws Failure {
    return Seed.read(dir.resolve("seed"), config.id());
  }

  /** Refuses early if not even a seed could be stored: minting one is work. */
  public void requireRoom() throws Failure {
    try {
      if (Files.getFileStore(dir).getUsableSpace() < ONE_BLOCK) {
        throw new IOException("No space left on device");
      }
    } catch (IOException e) {
      throw DiskTrouble.explain(e, "making a new identity", dir);
    }
  }

  /** Stores a new identity, for good. There must be none yet. */
  public void adopt(Identity identity) throws Failure {
    Path seed = dir.resolve("seed");
    Path part = dir.resolve("seed" + DurableFile.PART);
    try {
      if (Files.exists(seed)) {
        throw new IllegalStateException("a seed is never overwritten");
      }
      Files.deleteIfExists(part);
      identity.save(part);
      Files.move(part, seed, StandardCopyOption.ATOMIC_MOVE);
      DurableFile.force(dir);
    } catch (IOException e) {
      throw DiskTrouble.explain(e, "storing the new identity", seed);
    }
  }

  /** Keeps network, identity and port for later runs. */
  public synchronized void keep(String network, String id, int port) throws Failure {
    keep(config.with(network, id, port));
  }

  /** Keeps how many bytes a day are carried for others; {@link Long#MAX_VALUE}: any number. */
  public synchronized void keepCarryPerDay(long bytes) throws Failure {
    keep(config.withCarryPerDay(bytes));
  }

  /** Keeps the cost class for later runs. */
  public synchronized void keepCost(String cost) throws Failure {
    keep(config.withCost(cost));
  }

  /** Keeps the port of the local page for later runs. */
  public synchronized void keepPage(int port) throws Failure {
    keep(config.withPage(port));
  }

  private synchronized void keep(Config next) throws Failure {
    if (!next.equals(config)) {
      write("config", next.encode());
      config = next;
    }
  }

  /**
   * Writes one of the home's files whole, durably, readable by its owner only. Blocks on the disk.
   *
   * @param name a file's name, no path
   */
  public synchronized void write(String name, byte[] content) throws Failure {
    try {
      DurableFile.write(dir, name, content);
    } catch (IOException e) {
      throw DiskTrouble.explain(e, "storing " + name, dir);
    }
  }

  /** Where a new control socket may be bound; what an earlier run left there is gone. */
  public Path prepareSocket() throws Failure {
    return SocketPlace.prepare(dir, runtimeDirectory());
  }

  private static @Nullable String runtimeDirectory() {
    return System.getenv("XDG_RUNTIME_DIR");
  }

  /**
   * Makes it certain that everything here is deleted: when this is closed, or at the next opening.
   */
  public void wipe() throws Failure {
    try {
      Wipe.mark(dir);
    } catch (IOException e) {
      throw DiskTrouble.explain(e, "marking the home to be deleted", dir);
    }
  }

  /**
   * Removes the socket and lets the next process in. Deletes everything first, if that was wanted.
   */
  @Override
  public void close() {
    SocketPlace.remove(dir);
    if (Wipe.isMarked(dir)) {
      try {
        Wipe.finish(dir);
      } catch (IOException e) {
        LoggerFactory.getLogger(Home.class)
            .warn("wipe: goes on at the next start: {}", e.toString());
      }
    }
    lock.close();
  }
}
