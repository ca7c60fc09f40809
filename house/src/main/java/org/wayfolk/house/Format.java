package org.wayfolk.house;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Applies google-java-format to the files named, or to every Java file of the repository: {@code
 * ./wayfolk dev format}.
 *
 * <p>The launcher runs this class from its source, so that it works on a tree that does not
 * compile; keep it free of other modules and of annotations.
 */
final class Format {

  /** What mends a file that the formatting test names. */
  static final String COMMAND = "./wayfolk dev format";

  private final Formatter formatter = new Formatter();

  /** The formatted text of a compilation unit. */
  String apply(String source) throws FormatterException {
    return formatter.formatSourceAndFixImports(source);
  }

  /**
   * Rewrites in place what is not formatted; names each file it changed; exit status 1 if one does
   * not parse.
   */
  static void main(String[] args) throws IOException {
    Tree tree = Tree.here();
    Format format = new Format();
    List<Path> files =
        args.length == 0
            ? tree.java()
            : Stream.of(args).map(a -> Path.of(a).toAbsolutePath()).toList();
    int changed = 0;
    boolean failed = false;
    for (Path file : files) {
      String before = tree.read(file);
      try {
        String after = format.apply(before);
        if (!after.equals(before)) {
          Files.writeString(tree.root().resolve(file), after);
          System.out.println("formatted " + file);
          changed++;
        }
      } catch (FormatterException e) {
        System.err.println(file + " does not parse: " + e.getMessage());
        failed = true;
      }
    }
    System.out.println(files.size() + " files, " + changed + " changed");
    if (failed) {
      System.exit(1);
    }
  }
}
