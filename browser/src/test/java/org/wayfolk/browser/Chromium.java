package org.wayfolk.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The system's Chromium, driven by Playwright. For one thread. */
final class Chromium implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /**
   * Starts one; without a Chromium on this machine the test is skipped, which CI does not take.
   *
   * @param environment what it finds beside our own
   * @param more arguments beside the usual ones
   */
  static Chromium start(Map<String, String> environment, String... more) {
    Optional<Path> program = find();
    Assumptions.assumeTrue(program.isPresent(), "no Chromium here: WAYFOLK_CHROMIUM names one");
    Map<String, String> whole = new HashMap<>(System.getenv());
    whole.putAll(environment);
    List<String> arguments = new ArrayList<>(ARGUMENTS);
    arguments.addAll(Arrays.asList(more));
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      Browser browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(program.orElseThrow())
                      .setEnv(whole)
                      .setArgs(arguments));
      return new Chromium(playwright, browser);
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  private static Optional<Path> find() {
    String named = System.getenv("WAYFOLK_CHROMIUM");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    String path = String.valueOf(System.getenv("PATH"));
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> Arrays.stream(path.split(File.pathSeparator)).map(d -> Path.of(d, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
