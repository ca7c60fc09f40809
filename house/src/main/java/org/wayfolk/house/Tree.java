package org.wayfolk.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checked-out repository: its root, its modules and the files that are, or would be, committed.
 *
 * @param root the directory that holds the top pom
 */
record Tree(Path root) {

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  /** Finds the repository around the working directory. */
  static Tree here() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("pom.xml")) && Files.exists(at.resolve("house/pom.xml"))) {
        return new Tree(at);
      }
    }
    throw new IllegalStateException("run inside the repository: no pom.xml with house/ beside it");
  }

  /** The modules of the top pom, in its order. */
  List<String> modules() throws IOException {
    return MODULE
        .matcher(Files.readString(root.resolve("pom.xml")))
        .results()
        .map(m -> m.group(1).strip())
        .toList();
  }

  /** Tracked files and new ones that no ignore rule covers, relative to the root, sorted. */
  List<Path> files() throws IOException {
    Process git =
        new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (names.isEmpty()) {
      throw new IOException("git ls-files lists nothing in " + root + ": is it a git clone?");
    }
    return Stream.of(names.split("\0"))
        .map(Path::of)
        .filter(p -> Files.isRegularFile(root.resolve(p)))
        .sorted()
        .toList();
  }

  /** The Java files among {@link #files}. */
  List<Path> java() throws IOException {
    return files().stream().filter(p -> p.toString().endsWith(".java")).toList();
  }

  /** Reads a file named relative to the root. */
  String read(Path relative) throws IOException {
    return Files.readString(root.resolve(relative));
  }
}
