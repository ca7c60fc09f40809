package org.wayfolk.house;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;

/**
 * Time and chance come in by the constructor, or a simulation does not repeat. What reaches for
 * them by itself is found here.
 */
final class Ambient {

  /** Modules below the daemon: here the ban holds. */
  static final Set<String> MODULES = Set.of("overlay", "overlay-quic", "overlay-sim");

  /**
   * The only classes that may, each with its reason. Nested classes count as their outermost one.
   *
   * <p>The entry is a whole class, so keep such a class to the one thing it is excused for.
   */
  static final Map<String, String> EXCUSED =
      Map.of(
          "org.wayfolk.identity.SystemRandom",
          "the seed of a new identity, for main programs that mint with one call",
          "org.wayfolk.time.SystemClock",
          "the production clock: what all others are given",
          "org.wayfolk.transport.ThreadedHost",
          "the production host: gives the node its clock, chance and threads");

  /**
   * What waits for real time: also banned in tests below the daemon, unless they start processes.
   */
  private static final Set<String> SLEEPS =
      Set.of(
          "java.lang.Thread.sleep",
          "java.util.concurrent.TimeUnit.sleep",
          "java.util.concurrent.locks.LockSupport.parkNanos",
          "java.util.concurrent.locks.LockSupport.parkUntil");

  /** Whole methods and constructors, by owner and name. */
  private static final Map<String, Set<String>> BANNED =
      Map.ofEntries(
          Map.entry("java.lang.System", Set.of("nanoTime", "currentTimeMillis")),
          Map.entry("java.lang.Thread", Set.of("sleep")),
          Map.entry("java.lang.Math", Set.of("random")),
          Map.entry("java.lang.StrictMath", Set.of("random")),
          Map.entry("java.time.Instant", Set.of("now")),
          Map.entry("java.time.LocalDate", Set.of("now")),
          Map.entry("java.time.LocalTime", Set.of("now")),
          Map.entry("java.time.LocalDateTime", Set.of("now")),
          Map.entry("java.time.ZonedDateTime", Set.of("now")),
          Map.entry("java.time.OffsetDateTime", Set.of("now")),
          Map.entry(
              "java.time.Clock",
              Set.of("systemUTC", "systemDefaultZone", "system", "tickMillis", "tickSeconds")),
          Map.entry("java.time.InstantSource", Set.of("system")),
          Map.entry("java.util.UUID", Set.of("randomUUID")),
          Map.entry(
              "java.security.SecureRandom",
              Set.of("<init>", "getInstance", "getInstanceStrong", "getSeed")),
          Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
          Map.entry("java.util.concurrent.TimeUnit", Set.of("sleep")),
          Map.entry("java.util.concurrent.locks.LockSupport", Set.of("parkNanos", "parkUntil")),
          Map.entry("java.util.random.RandomGenerator", Set.of("getDefault", "of")));

  /** Constructors and methods that are ambient only in the form without a seed or source. */
  private static final Set<String> BANNED_UNSEEDED =
      Set.of(
          "java.util.Random.<init>()",
          "java.util.SplittableRandom.<init>()",
          "java.util.Date.<init>()",
          "java.util.Collections.shuffle(java.util.List)");

  private Ambient() {}

  /** One sentence for each use of an ambient source by a class that is not excused. */
  static List<String> violations(Collection<JavaClass> classes) {
    return find(
        classes,
        a -> !excused(a) && (banned(a) || BANNED_UNSEEDED.contains(a.getTarget().getFullName())),
        "take it by the constructor");
  }

  /** One sentence for each sleep in a test that starts no process. */
  static List<String> sleeps(Collection<JavaClass> tests) {
    return find(
        tests.stream().filter(c -> !startsProcesses(c)).toList(),
        a -> SLEEPS.contains(a.getTargetOwner().getName() + "." + a.getTarget().getName()),
        "a test waits for what happened, in virtual time");
  }

  private static List<String> find(
      Collection<JavaClass> classes, Predicate<JavaAccess<?>> bad, String instead) {
    return classes.stream()
        .flatMap(c -> c.getAccessesFromSelf().stream())
        .filter(bad)
        .map(a ->
            "%s uses %s (line %d): %s"
                .formatted(
                    a.getOriginOwner().getName(),
                    a.getTarget().getFullName(),
                    a.getLineNumber(),
                    instead))
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean excused(JavaAccess<?> access) {
    return EXCUSED.containsKey(outermost(access.getOriginOwner()));
  }

  private static boolean startsProcesses(JavaClass test) {
    return test.tryGetAnnotationOfType(Tag.class)
        .map(tag -> tag.value().equals("process"))
        .orElse(false);
  }

  private static boolean banned(JavaAccess<?> access) {
    return BANNED
        .getOrDefault(access.getTargetOwner().getName(), Set.of())
        .contains(access.getTarget().getName());
  }

  static String outermost(JavaClass c) {
    int dollar = c.getName().indexOf('$');
    return dollar < 0 ? c.getName() : c.getName().substring(0, dollar);
  }
}
