package org.wayfolk.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One open page that is watched: whatever it logs as an error, breaks of its content policy,
 * throws, asks by a dialog of the browser or fetches from elsewhere is a complaint.
 */
final class Tab {
  /** Runs before anything of the page does. */
  private static final String WATCH =
      """
      (() => {
        document.addEventListener('securitypolicyviolation', e => console.error(
          'policy broken: ' + e.effectiveDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber));
        const seen = [];
        Object.defineProperty(window, 'longTasksSeen', {value: seen});
        new PerformanceObserver(all => all.getEntries().forEach(e => seen.push(e.duration)))
          .observe({type: 'longtask', buffered: true});
      })()
      """;

  private static final Pattern INSIDE =
      Pattern.compile(
          "(https?://(localhost|127\\.0\\.0\\.1|wayfolk\\.localhost|\\[::1])[:/].*|(blob|data|about):.*)");

  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final List<Pattern> allowed = new ArrayList<>();

  Tab(BrowserContext context) {
    page = context.newPage();
    page.addInitScript(WATCH);
    page.onConsoleMessage(m -> {
      if (m.type().equals("error") || m.text().startsWith("Refused to")) {
        complaints.add("console: " + m.text() + " (" + m.location() + ")");
      }
    });
    page.onPageError(e -> complaints.add("thrown: " + e));
    page.onDialog(d -> {
      complaints.add("dialog: " + d.message());
      d.dismiss();
    });
    page.onRequest(r -> {
      if (!INSIDE.matcher(r.url()).matches()) {
        complaints.add("fetched from outside: " + r.url());
      }
    });
    page.onPopup(p -> complaints.add("opened a window: " + p.url()));
  }

  /** The page, to be used as its user would. */
  Page page() {
    return page;
  }

  /** Opens an address. */
  Tab open(String address) {
    page.navigate(address);
    return this;
  }

  /** A complaint that this test is about. */
  Tab allow(String pattern) {
    allowed.add(Pattern.compile(pattern));
    return this;
  }

  /** Everything that is wrong with it so far, but for what is allowed. */
  List<String> complaints() {
    return complaints.stream()
        .filter(c -> allowed.stream().noneMatch(a -> a.matcher(c).find()))
        .toList();
  }

  /** Milliseconds of each task over 50 ms since the page was loaded, or since the last time. */
  List<Double> longTasks() {
    List<Double> out = new ArrayList<>();
    for (Object ms :
        (List<?>)
            page.evaluate("() => window.longTasksSeen.splice(0, window.longTasksSeen.length)")) {
      out.add(((Number) ms).doubleValue());
    }
    return out;
  }

  /** Keeps what it looks like. */
  void picture(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  /**
   * From now on what waits for the next picture waits so long, as where a screen is painted late.
   */
  void paintLate(int ms) {
    page.evaluate(
        """
        late => {
          const timeout = window.setTimeout;
          window.requestAnimationFrame = fn => timeout(() => fn(performance.now()), late);
          // Where no picture is due the library goes on after 100 ms.
          window.setTimeout = (fn, ms, ...more) => timeout(fn, ms === 100 ? late : ms, ...more);
        }
        """,
        ms);
  }

  /** Where it is, without the fragment. */
  String origin() {
    URI at = URI.create(page.url());
    return at.getScheme() + "://" + at.getAuthority();
  }
}
