package org.wayfolk.daemon;

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
    int status = Program.run(args);
    System.out.flush();
    System.exit(status);
  }
}
