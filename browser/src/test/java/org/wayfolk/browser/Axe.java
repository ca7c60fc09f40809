package org.wayfolk.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * axe-core in the page: what a machine can find wrong for people with disabilities. It comes in by
 * the debugger, as the policy of the page lets no script in.
 */
final class Axe {
  private static final String RULES =
      """
      async () => {
        const found = await axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        });
        return found.violations.flatMap(v => v.nodes.map(n =>
          v.id + ': ' + n.html.slice(0, 160) + ' ' + (n.any[0] || n.all[0] || n.none[0] || {message: ''}).message));
      }
      """;

  private Axe() {}

  /** Puts it into every page that the profile opens from now on. */
  static void into(BrowserContext context) {
    try (InputStream source = Axe.class.getResourceAsStream("/axe/axe.min.js")) {
      context.addInitScript(
          new String(Objects.requireNonNull(source).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a page as it is shown, in the light and in the dark. */
  static List<String> violations(Page page) {
    List<String> found = new ArrayList<>();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (Object each : (List<?>) page.evaluate(RULES)) {
        found.add(scheme + " " + each);
      }
    }
    return found;
  }
}
