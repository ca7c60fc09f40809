package org.wayfolk.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What one test needs: homes, a browser, tabs. After the test all of it ends; a complaint of any
 * tab fails the test, and a test that failed leaves pictures of its tabs and the words of its homes
 * in {@code target/failed}. In a static field the browser and what {@link #friends} answers last as
 * long as the class; everything else ends with its test there too.
 */
final class Stage
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final List<LiveHome> homes = new ArrayList<>();

  private final List<Tab> tabs = new ArrayList<>();
  private final List<AutoCloseable> others = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final String[] arguments;
  private final List<LiveHome> lasting = new ArrayList<>();
  private Meeting.@Nullable Old friends;
  private boolean wholeClass;
  private @Nullable Chromium chromium;
  private @Nullable Path lastingDirectory;
  private @Nullable Path directory;
  private long began;

  /**
   * A stage.
   *
   * @param arguments more arguments of the browser
   */
  Stage(String... arguments) {
    this.arguments = arguments.clone();
  }

  /** The browser finds that in its environment, beside what we have in ours. */
  Stage within(String name, String value) {
    environment.put(name, value);
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    wholeClass = true;
    lastingDirectory = Files.createTempDirectory("wf-");
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    began = System.nanoTime();
    directory = Files.createTempDirectory("wf-");
    if (chromium == null || !chromium.browser().isConnected()) {
      chromium = Chromium.start(environment, arguments);
      step("the browser is there");
    }
  }

  /**
   * Anna and Boris, who are friends and whose homes last as long as the class. They have written to
   * each other before; nothing else is left of earlier tests, and no page of theirs is open.
   */
  Meeting.Pair friends() throws Exception {
    if (lastingDirectory == null) {
      throw new IllegalStateException("the stage is not in a static field");
    }
    if (friends == null) {
      LiveHome one = lasting(lastingDirectory.resolve("anna"));
      LiveHome other = lasting(lastingDirectory.resolve("boris"));
      friends = new Meeting.Old(Meeting.friends(one, "Anna", other, "Boris"));
    } else {
      friends.tidy();
    }
    step("Anna and Boris are there");
    return friends.pair();
  }

  private LiveHome lasting(Path where) {
    LiveHome home = new LiveHome(where, "--network", "local");
    lasting.add(home);
    return home;
  }

  /** A home that has never been up. Its node has no network but this machine. */
  LiveHome home(String name, String... options) {
    List<String> all = new ArrayList<>(List.of("--network", "local"));
    all.addAll(List.of(options));
    LiveHome home = new LiveHome(directory().resolve(name), all.toArray(new String[0]));
    homes.add(home);
    return home;
  }

  /** A directory that is gone after the test. */
  Path directory() {
    if (directory == null) {
      throw new IllegalStateException("the test has not begun");
    }
    return directory;
  }

  Browser browser() {
    if (chromium == null) {
      throw new IllegalStateException("the test has not begun");
    }
    return chromium.browser();
  }

  /** A tab of somebody with an English browser, 1,280 by 800. */
  Tab tab() {
    return tab(english());
  }

  /** Options of a browser as somebody in London has it. */
  static Browser.NewContextOptions english() {
    return new Browser.NewContextOptions()
        .setLocale("en-GB")
        .setTimezoneId("Europe/London")
        .setViewportSize(1280, 800);
  }

  /** A tab of a browser profile of its own. */
  Tab tab(Browser.NewContextOptions options) {
    return tab(browser().newContext(options));
  }

  /** Another tab of a profile. */
  Tab tab(BrowserContext context) {
    Tab tab = new Tab(context);
    tabs.add(tab);
    return tab;
  }

  /** Closes something after the test. */
  <T extends AutoCloseable> T with(T thing) {
    others.add(thing);
    return thing;
  }

  /** Says what is done, with the time since the test began. */
  void step(String what) {
    System.out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), what);
  }

  /** Seconds since the test began. */
  double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  /** Waits until a condition holds; answers how long that took. */
  static Duration until(Duration limit, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError("not within " + limit);
      }
      Thread.sleep(20);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    List<String> complaints = new ArrayList<>();
    for (Tab tab : tabs) {
      complaints.addAll(tab.complaints());
    }
    if (context.getExecutionException().isPresent() || !complaints.isEmpty()) {
      keep(context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName());
      complaints.forEach(c -> System.out.println("complaint: " + c));
    }
    endOfTest();
    if (!wholeClass) {
      endOfAll();
    }
    if (context.getExecutionException().isEmpty() && !complaints.isEmpty()) {
      throw new AssertionError("the page complained: " + complaints);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    endOfAll();
    for (LiveHome home : lasting) {
      home.close();
    }
    lasting.clear();
    friends = null;
    delete(lastingDirectory);
  }

  private void keep(String test) throws IOException {
    Path kept = Program.root().resolve("browser/target/failed");
    Files.createDirectories(kept);
    String name = test.replaceAll("[^A-Za-z0-9.]+", "-");
    for (int i = 0; i < tabs.size(); i++) {
      try {
        tabs.get(i).picture(kept.resolve(name + "-" + i + ".png"));
        System.out.println("tab " + i + " was at " + tabs.get(i).page().url());
      } catch (RuntimeException e) {
        System.out.println("no picture of tab " + i + ": " + e.getMessage());
      }
    }
    for (LiveHome home : Stream.concat(lasting.stream(), homes.stream()).toList()) {
      System.out.println(home.directory().getFileName() + " said: " + home.complaints());
    }
  }

  private void endOfTest() throws Exception {
    for (BrowserContext each : browser().contexts()) {
      each.close();
    }
    for (LiveHome home : homes) {
      home.close();
    }
    for (AutoCloseable other : others) {
      other.close();
    }
    homes.clear();
    tabs.clear();
    others.clear();
    delete(directory);
  }

  private void endOfAll() {
    if (chromium != null) {
      chromium.close();
      chromium = null;
    }
  }

  private static void delete(@Nullable Path directory) throws IOException {
    if (directory != null) {
      try (Stream<Path> all = Files.walk(directory)) {
        all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
      }
    }
  }
}
