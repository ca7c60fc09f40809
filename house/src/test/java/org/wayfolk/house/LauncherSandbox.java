package org.wayfolk.house;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The real launcher in a small repository of its own, with a JDK and a Maven that only pretend: so
 * a test of the launcher takes milliseconds and needs no network.
 */
final class LauncherSandbox {

  /** All that the launcher may call, besides java and mvn. */
  private static final List<String> TOOLS =
      List.of(
          "find",
          "head",
          "tail",
          "date",
          "mkdir",
          "mktemp",
          "mkfifo",
          "cp",
          "mv",
          "rm",
          "ln",
          "readlink",
          "sleep",
          "grep",
          "uname",
          "ps",
          "cat");

  final Path home;
  final Path root;
  final Map<String, String> environment = new HashMap<>();

  /** What one start did. */
  record Ran(long pid, int status, String out, String err) {}

  LauncherSandbox(Path home) throws IOException {
    this.home = home;
    this.root = home.resolve("a repository");
    script(root.resolve("wayfolk"), Tree.here().read(Path.of("wayfolk")));
    for (String source :
        List.of("pom.xml", "daemon/pom.xml", "daemon/src/main/A.java", "daemon/src/main/B.java")) {
      write(root.resolve(source), "");
      Files.setLastModifiedTime(root.resolve(source), FileTime.fromMillis(0));
    }
    jdk("jdk", "25.0.9");
    for (String tool : TOOLS) {
      Path at =
          Stream.of("/bin", "/usr/bin")
              .map(d -> Path.of(d, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      script(home.resolve("bin").resolve(tool), "#!/bin/sh\nexec " + at + " \"$@\"\n");
    }
    maven(0);
    environment.put("PATH", home.resolve("bin").toString());
    environment.put("HOME", home.resolve("empty").toString());
    environment.put("JAVA_HOME", home.resolve("jdk").toString());
  }

  /**
   * A JDK that prints its process and its arguments, and ends with the status that the last one
   * names.
   */
  void jdk(String name, String version) throws IOException {
    Path jdk = home.resolve(name);
    write(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    script(
        jdk.resolve("bin/java"),
        """
        #!/bin/sh
        for argument; do
          case $argument in
            -XX:AOTCacheOutput=*) echo cache >"${argument#*=}"; echo '{"event":"ready"}'; exit 0 ;;
          esac
        done
        echo "$$"
        printf '%s\\n' "$@"
        exit "${PROGRAM_STATUS:-0}"
        """);
  }

  /** A Maven that notes each call, makes the jars of the program and ends with a status. */
  void maven(int status) throws IOException {
    script(
        home.resolve("bin/mvn"),
        """
        #!/bin/sh
        echo "$@" >>"%s"
        echo '[INFO] Building Wayfolk overlay 0.1.0-SNAPSHOT    [1/2]'
        sleep 0.2
        mkdir -p "%s"
        : >"%s/a.jar"
        : >"%s/x-linux-x86_64.jar"
        : >"%s/x-linux-aarch_64.jar"
        [ %d = 0 ] || echo '[ERROR] A.java:1: it does not compile'
        exit %d
        """
            .formatted(calls(), app(), app(), app(), app(), status, status));
  }

  Ran run(String... arguments) throws IOException, InterruptedException {
    return end(start(root.resolve("wayfolk"), root, arguments));
  }

  Process start(Path command, Path directory, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(command.toString()), Stream.of(arguments)).toList());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder
        .directory(directory.toFile())
        .redirectError(Files.createTempFile(home, "err", "").toFile())
        .start();
  }

  Ran end(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    try (Stream<Path> files = Files.list(home)) {
      StringBuilder err = new StringBuilder();
      for (Path p : files.filter(p -> p.getFileName().toString().startsWith("err")).toList()) {
        err.append(Files.readString(p));
        Files.delete(p);
      }
      return new Ran(process.pid(), status, out, err.toString());
    }
  }

  /** How often Maven was called. */
  long builds() throws IOException {
    return Files.exists(calls()) ? Files.readAllLines(calls()).size() : 0;
  }

  /** Marks a source as changed after the last build. */
  void edit(String source) throws IOException {
    FileTime built = Files.getLastModifiedTime(root.resolve("target/run/stamp"));
    Files.setLastModifiedTime(
        root.resolve(source), FileTime.from(built.toInstant().plus(Duration.ofMillis(1))));
  }

  List<Path> installed() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("target/run"))) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Where the arguments of each call of Maven are noted. */
  Path calls() {
    return home.resolve("calls");
  }

  private Path app() {
    return root.resolve("daemon/target/app");
  }

  void script(Path at, String text) throws IOException {
    write(at, text);
    Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path at, String text) throws IOException {
    Files.createDirectories(at.getParent());
    Files.writeString(at, text);
  }
}
