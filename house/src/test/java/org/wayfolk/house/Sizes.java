package org.wayfolk.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** How big things are: files and methods in lines, packages in files, methods in parameters. */
final class Sizes {

  /**
   * A limit that warns and one that fails. Few parameters only warn: a record is often the answer,
   * not always.
   */
  enum Limit {
    FILE(400, 800, "lines"),
    METHOD(60, 120, "lines"),
    PACKAGE(20, 40, "files"),
    PARAMETERS(6, Integer.MAX_VALUE, "parameters");

    final int warn;
    final int fail;
    final String unit;

    Limit(int warn, int fail, String unit) {
      this.warn = warn;
      this.fail = fail;
      this.unit = unit;
    }
  }

  /** One thing that was measured. */
  record Measured(Limit limit, String what, int size) {
    boolean warns() {
      return size > limit.warn;
    }

    boolean fails() {
      return size > limit.fail;
    }

    @Override
    public String toString() {
      return "%s: %d %s (warns above %d)".formatted(what, size, limit.unit, limit.warn);
    }
  }

  private Sizes() {}

  /** Measures sources given by path. */
  static List<Measured> of(Map<Path, String> sources) throws IOException {
    List<Measured> all = new ArrayList<>();
    Map<String, Integer> packages = new TreeMap<>();
    for (Map.Entry<Path, String> source : sources.entrySet()) {
      Path path = source.getKey();
      packages.merge(String.valueOf(path.getParent()), 1, Integer::sum);
      all.add(new Measured(Limit.FILE, path.toString(), lines(source.getValue())));
    }
    packages.forEach((name, files) -> all.add(new Measured(Limit.PACKAGE, name, files)));
    measureMethods(sources, all);
    return all;
  }

  private static int lines(String text) {
    return (int) text.lines().count();
  }

  private static void measureMethods(Map<Path, String> sources, List<Measured> all)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Source> units = sources.entrySet().stream().map(Source::new).toList();
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, d -> {}, List.of("-proc:none"), null, units);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    for (CompilationUnitTree unit : task.parse()) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethod(MethodTree method, Void unused) {
          long from = positions.getStartPosition(unit, method);
          long to = positions.getEndPosition(unit, method);
          if (from >= 0 && to > from) {
            String name = unit.getSourceFile().getName().substring(1) + " " + method.getName();
            int length =
                (int) (unit.getLineMap().getLineNumber(to) - unit.getLineMap().getLineNumber(from));
            all.add(new Measured(Limit.METHOD, name, length + 1));
            all.add(new Measured(Limit.PARAMETERS, name, method.getParameters().size()));
          }
          return super.visitMethod(method, null);
        }
      }.scan(unit, null);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(Map.Entry<Path, String> source) {
      super(URI.create("string:///" + source.getKey()), Kind.SOURCE);
      text = source.getValue();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
