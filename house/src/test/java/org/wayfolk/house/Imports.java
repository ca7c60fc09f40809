package org.wayfolk.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who uses whom, read twice: from compiled classes, and from import lines, because the compiler
 * copies constants and then the class file no longer says where they came from.
 */
final class Imports {

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package\\s+([\\w.]+)\\s*;");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import\\s+(?:static\\s+)?([a-z_][\\w]*(?:\\.[a-z_][\\w]*)*)\\.[A-Z*]");

  private Imports() {}

  /**
   * Whether a package is ours to judge: all of Wayfolk, and the one package that we share with
   * Netty.
   */
  static boolean ours(String pack) {
    return pack.equals("org.wayfolk") || pack.startsWith("org.wayfolk.");
  }

  /** The uses between our packages in compiled classes. */
  static List<Import> of(String module, Collection<JavaClass> classes) {
    List<Import> all = new ArrayList<>();
    for (JavaClass c : classes) {
      for (Dependency d : c.getDirectDependenciesFromSelf()) {
        add(all, module, c.getPackageName(), d.getTargetClass().getPackageName(), c.getName());
      }
      all.add(new Import(module, c.getPackageName(), c.getPackageName(), c.getName()));
    }
    return all;
  }

  /** The uses that the import lines of one file name. */
  static List<Import> of(String module, String file, String source) {
    Matcher pack = PACKAGE.matcher(source);
    if (!pack.find()) {
      return List.of();
    }
    List<Import> all = new ArrayList<>();
    IMPORT
        .matcher(source)
        .results()
        .forEach(m -> add(all, module, pack.group(1), m.group(1), file));
    return all;
  }

  private static void add(List<Import> all, String module, String from, String to, String where) {
    if (!from.equals(to) && ours(to)) {
      all.add(new Import(module, from, to, where));
    }
  }

  /**
   * The shortest cycle through each package that stands in one, as a readable path; each cycle
   * once.
   */
  static List<String> cycles(Collection<Import> imports) {
    Map<String, Map<String, String>> uses = new TreeMap<>();
    for (Import i : imports) {
      if (!i.from().equals(i.to())) {
        uses.computeIfAbsent(i.from(), k -> new TreeMap<>()).putIfAbsent(i.to(), i.where());
      }
    }
    Map<TreeSet<String>, String> found = new LinkedHashMap<>();
    for (String start : uses.keySet()) {
      List<String> path = shortestBackTo(start, uses);
      if (!path.isEmpty()) {
        found.putIfAbsent(new TreeSet<>(path), describe(path, uses));
      }
    }
    return List.copyOf(found.values());
  }

  private static List<String> shortestBackTo(String start, Map<String, Map<String, String>> uses) {
    Set<String> seen = new HashSet<>();
    Deque<List<String>> open = new ArrayDeque<>(List.of(List.of(start)));
    while (!open.isEmpty()) {
      List<String> path = open.remove();
      for (String next : uses.getOrDefault(path.getLast(), Map.of()).keySet()) {
        if (next.equals(start)) {
          return path;
        }
        if (seen.add(next)) {
          open.add(Stream.concat(path.stream(), Stream.of(next)).toList());
        }
      }
    }
    return List.of();
  }

  private static String describe(List<String> path, Map<String, Map<String, String>> uses) {
    StringBuilder text = new StringBuilder("cycle: ");
    for (int i = 0; i < path.size(); i++) {
      String next = path.get((i + 1) % path.size());
      String where = uses.getOrDefault(path.get(i), Map.of()).get(next);
      text.append(path.get(i)).append(" -> ").append(next).append(" (").append(where).append("); ");
    }
    return text.toString();
  }
}
