package org.wayfolk.daemon.cli;

import java.util.concurrent.Callable;
import org.wayfolk.daemon.process.Version;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code version}. */
@Command(
    name = "version",
    headerHeading = "Example: wayfolk version%n%n",
    header = "Shows the versions of Wayfolk and of the Java it runs on.")
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  /** The version of this program; the build's test compares it with the POM. */
  static final String VERSION = Version.TEXT;

  private final Wayfolk wayfolk;

  /** For {@code -V}: picocli makes one to ask for the version. */
  VersionCommand() {
    this(new Wayfolk());
  }

  VersionCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"wayfolk " + VERSION};
  }

  @Override
  public Integer call() {
    String java = System.getProperty("java.runtime.version");
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    wayfolk.voice().result("wayfolk " + VERSION + " on Java " + java + ", " + system);
    wayfolk
        .voice()
        .result(Json.object().put("version", VERSION).put("java", java).put("system", system));
    return Exit.OK.code();
  }
}
