package org.wayfolk.browser;

import com.microsoft.playwright.BrowserContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Other days for the pictures: what was written within a minute is shown as of a week. Times are
 * moved between the daemon and the page, in the page's own socket; homes know nothing of it.
 */
final class PictureClock {
  private static final String MOVE =
      """
      (() => {
        const steps = STEPS;
        const moved = text => text.replace(/"(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z)"/g, (whole, time) => {
          const real = Date.parse(time);
          let step = steps[0];
          for (const each of steps) if (each[0] <= real) step = each;
          return JSON.stringify(new Date(step[1] + real - step[0]).toISOString());
        });
        const Real = window.WebSocket;
        window.WebSocket = class extends Real {
          set onmessage(fn) { super.onmessage = fn && (e => fn({ data: moved(e.data) })); }
        };
      })()
      """;

  private record Step(Instant real, Instant shown) {}

  private final List<Step> steps = new ArrayList<>();

  /** From now on it is shown to be that time. */
  void set(Instant shown) {
    steps.add(new Step(Instant.now(), shown));
  }

  /** Moves the times that pages of a profile are told from now on. */
  void into(BrowserContext context) {
    StringJoiner all = new StringJoiner(",", "[", "]");
    for (Step step : steps) {
      all.add("[" + step.real.toEpochMilli() + "," + step.shown.toEpochMilli() + "]");
    }
    context.addInitScript(MOVE.replace("STEPS", all.toString()));
  }
}
