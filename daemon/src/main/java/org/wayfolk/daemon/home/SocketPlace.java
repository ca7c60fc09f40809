package org.wayfolk.daemon.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Failure;

/**
 * Where the control socket of a home lies: {@code sock} in the home, or, where that path would be
 * too long for a socket, in a directory of the user's own, with {@code sock} a link to it. The link
 * stands in a directory that only its user can write, so whoever follows it can trust it.
 */
final class SocketPlace {
  /** Socket paths end at 104 bytes on some systems, 108 on others. */
  static final int MAX_PATH = 100;

  private SocketPlace() {}

  /** Where the running node of a home listens, as far as the home says. */
  static Path find(Path home) {
    Path sock = home.resolve("sock");
    try {
      return Files.isSymbolicLink(sock) ? Files.readSymbolicLink(sock) : sock;
    } catch (IOException e) {
      return sock;
    }
  }

  /**
   * Prepares the place for a new socket: what an earlier run left there is gone. Call with the lock
   * of the home.
   *
   * @param runtime the user's runtime directory, if the system gives one
   */
  static Path prepare(Path home, @Nullable String runtime) throws Failure {
    Path sock = home.resolve("sock").toAbsolutePath();
    try {
      Files.deleteIfExists(find(home));
      Files.deleteIfExists(sock);
      if (fits(sock)) {
        return sock;
      }
      Path other = elsewhere(home, runtime);
      if (!fits(other)) {
        throw Failure.failed(
            "the path of the home is too long for its control socket",
            "choose a shorter one with --home, or set XDG_RUNTIME_DIR to a short one");
      }
      Files.deleteIfExists(other);
      Files.createSymbolicLink(sock, other);
      return other;
    } catch (IOException e) {
      throw DiskTrouble.explain(e, "making the control socket", home);
    }
  }

  /** Removes the socket and the link to it. */
  static void remove(Path home) {
    try {
      Files.deleteIfExists(find(home));
      Files.deleteIfExists(home.resolve("sock"));
    } catch (IOException e) {
      // A stale socket refuses connections, and the next start removes it.
    }
  }

  static boolean fits(Path socket) {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH;
  }

  private static Path elsewhere(Path home, @Nullable String runtime) throws IOException, Failure {
    String name = "wayfolk-" + nameOf(home) + ".sock";
    // The variable may be left over from another user's session, or from one that has ended.
    if (runtime != null && runtime.startsWith("/") && Files.isWritable(Path.of(runtime))) {
      Path given = Path.of(runtime).resolve(name);
      if (fits(given)) {
        return given;
      }
    }
    return ownTemporary(Path.of(System.getProperty("java.io.tmpdir")), home).resolve(name);
  }

  /** Anyone may write to the temporary directory, so ours in it must be ours alone. */
  private static Path ownTemporary(Path tmp, Path home) throws IOException, Failure {
    Path dir = tmp.resolve("wayfolk-" + System.getProperty("user.name"));
    if (!Files.isDirectory(dir, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(dir, DurableFile.mode(dir, "rwx------"));
    }
    if (DurableFile.posix(dir)) {
      String mode =
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(dir, LinkOption.NOFOLLOW_LINKS));
      boolean ours = Files.getOwner(dir, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(home));
      if (!mode.equals("rwx------") || !ours) {
        throw Failure.failed(
            dir + " belongs to someone else or is open to others", "remove it and start again");
      }
    }
    return dir;
  }

  private static String nameOf(Path home) throws IOException {
    try {
      byte[] path = home.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(path);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
