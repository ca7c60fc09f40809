package org.wayfolk.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The harness sees what it is there to see: each kind of complaint, once. */
@Tag("browser")
final class HarnessTest {
  /** Much longer than anything that a blank page does. */
  private static final int BUSY_MS = 500;

  @RegisterExtension static final Stage stage = new Stage();

  private void complainsOf(String path, String html, String what) throws Exception {
    ElsewhereServer server = stage.with(new ElsewhereServer());
    Tab tab = stage.tab().open(server.serve(path, html));
    tab.page().waitForCondition(() -> tab.complaints().stream().anyMatch(c -> c.contains(what)));
    tab.allow("");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void canaryALoggedErrorIsAComplaint() throws Exception {
    complainsOf("/", "<script>console.error('a bad thing')</script>", "a bad thing");
  }

  @Test
  void canaryAThrownErrorIsAComplaint() throws Exception {
    complainsOf("/", "<script>throw new Error('a bad thing')</script>", "thrown: ");
  }

  @Test
  void canaryABrokenPolicyIsAComplaint() throws Exception {
    complainsOf("/strict", "<script>var a = 1</script>", "policy broken: script-src-elem inline");
  }

  @Test
  void canaryADialogIsAComplaint() throws Exception {
    complainsOf("/", "<script>setTimeout(() => alert('executed'))</script>", "dialog: executed");
  }

  @Test
  void canaryWhatIsFetchedFromOutsideIsAComplaint() throws Exception {
    complainsOf("/", "<img src='http://outside.invalid/a.png'>", "http://outside.invalid/a.png");
  }

  @Test
  void canaryALongTaskIsSeenOnce() throws Exception {
    ElsewhereServer server = stage.with(new ElsewhereServer());
    Tab tab = stage.tab().open(server.serve("/", "<title>busy</title>"));
    // In a task of its own: one that was under way when the observer came need not be reported.
    tab.page()
        .evaluate(
            """
            ms => { setTimeout(() => {
              const t = performance.now();
              while (performance.now() < t + ms);
            }); }
            """,
            BUSY_MS);
    List<Double> seen = new ArrayList<>();
    tab.page().waitForCondition(() -> busyOnes(tab, seen) > 0);
    tab.page().evaluate("() => new Promise(done => setTimeout(done, 100))");
    assertThat(busyOnes(tab, seen)).isOne();
  }

  /** How many of all that was seen are ours: a machine that is slow has long tasks of its own. */
  private static long busyOnes(Tab tab, List<Double> seen) {
    seen.addAll(tab.longTasks());
    return seen.stream().filter(ms -> ms > BUSY_MS / 2.0).count();
  }

  @Test
  void aHomeComesUpIsKilledAndComesUpAgain() throws Exception {
    LiveHome home = stage.home("ann").up();
    stage.step("a home is up");
    String id = home.ask("status").path("id").asText();
    home.kill();
    home.up();
    assertThat(home.ask("status").path("id").asText()).isEqualTo(id).isNotEmpty();
    assertThat(home.complaints()).isEmpty();
  }
}
