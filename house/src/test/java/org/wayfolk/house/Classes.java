package org.wayfolk.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The compiled classes of every module, read once for all tests. */
final class Classes {

  private static final Map<String, List<JavaClass>> READ = new TreeMap<>();

  private Classes() {}

  /**
   * The main classes of each module, empty for a module that has no source yet.
   *
   * @throws IllegalStateException if a module has source but no classes: judging nothing would pass
   */
  static synchronized Map<String, List<JavaClass>> byModule() throws IOException {
    if (READ.isEmpty()) {
      Tree tree = Tree.here();
      for (String module : tree.modules()) {
        READ.put(module, read(tree, module, "classes", "src/main/java"));
      }
    }
    return READ;
  }

  /** The main classes of one module. */
  static List<JavaClass> of(String module) throws IOException {
    return byModule().getOrDefault(module, List.of());
  }

  /** The test classes of one module. */
  static List<JavaClass> tests(String module) throws IOException {
    return read(Tree.here(), module, "test-classes", "src/test/java");
  }

  private static List<JavaClass> read(Tree tree, String module, String output, String source)
      throws IOException {
    Path compiled = tree.root().resolve(module).resolve("target").resolve(output);
    List<JavaClass> classes =
        Files.isDirectory(compiled)
            ? List.copyOf(new ClassFileImporter().importPath(compiled))
            : List.of();
    Path sources = Path.of(module, source);
    boolean hasSource = tree.java().stream().anyMatch(p -> p.startsWith(sources));
    if (hasSource && classes.isEmpty()) {
      throw new IllegalStateException(module + " is not compiled: run the build from the root");
    }
    return classes;
  }
}
