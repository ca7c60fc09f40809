package org.wayfolk.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.wayfolk.daemon.cli.Program;

/** Where the program begins. */
public final class Main {
  private Main() {}

  /**
   * Runs a command line and ends the process with its status.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // figures look the same everywhere, and in every script
    int status = Program.run(utf8(args));
    System.out.flush();
    System.exit(status);
  }

  /**
   * Arguments as they were typed. In a locale without UTF-8, as containers have it, Java loses
   * every sign beyond ASCII; Linux still knows the bytes.
   */
  private static String[] utf8(String... args) {
    if (Arrays.stream(args).noneMatch(a -> a.indexOf('\ufffd') >= 0)) {
      return args;
    }
    try {
      String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
      String[] all = line.split("\0", -1); // ends in a zero, so the last part is empty
      int from = all.length - 1 - args.length;
      return from < 0 ? args : Arrays.copyOfRange(all, from, all.length - 1);
    } catch (IOException e) {
      return args;
    }
  }
}
