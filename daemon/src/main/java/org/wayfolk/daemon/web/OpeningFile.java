package org.wayfolk.daemon.web;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Failure;

/**
 * The file that a browser is started with. The code must not stand in a command line, which every
 * user of the machine can read, so the browser is given a file that only we can read, and the file
 * leads on.
 */
final class OpeningFile {
  private static final String PREFIX = "open-";
  private static final String SUFFIX = ".html";

  private OpeningFile() {}

  /**
   * Writes it.
   *
   * @param url where to, with the code; of letters that need no escaping
   * @param life it is deleted after that
   */
  static Path write(Home home, String url, Duration life, RandomGenerator random) throws Failure {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    String name = PREFIX + Secrets.hex(bytes) + SUFFIX;
    String html =
        """
        <!doctype html>
        <meta charset="utf-8">
        <meta name="referrer" content="no-referrer">
        <meta http-equiv="refresh" content="0; url=%1$s">
        <title>Wayfolk</title>
        <p><a href="%1$s">Wayfolk</a></p>
        """
            .formatted(url);
    home.write(name, html.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Path file = home.dir().resolve(name);
    Thread.ofVirtual()
        .name("wayfolk-page-file")
        .start(() -> {
          try {
            Thread.sleep(life);
          } catch (InterruptedException e) {
            return;
          }
          Blobs.delete(file);
        });
    return file;
  }

  /** Deletes all of them: one code was used, or the process begins or ends. */
  static void sweep(Path home) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(home, PREFIX + "*" + SUFFIX)) {
      all.forEach(Blobs::delete);
    } catch (IOException e) {
      // What they held is worth nothing after a minute.
    }
  }
}
