package org.wayfolk.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The harness sees what it is there to see: each kind of complaint, once. */
@Tag("browser")
final class HarnessTest {
  @RegisterExtension final Stage stage = new Stage();

  private void complainsOf(String path, String html, String what) throws Exception {
    ElsewhereServer server = stage.with(new ElsewhereServer());
    Tab tab = stage.tab().open(server.serve(path, html));
    tab.page().waitForTimeout(200);
    assertThat(tab.complaints()).anySatisfy(c -> assertThat(c).contains(what));
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
    String busy =
        "<script>const t = performance.now(); while (performance.now() < t + 120);</script>";
    Tab tab = stage.tab().open(server.serve("/", busy));
    tab.page().waitForTimeout(200);
    assertThat(tab.longTasks()).hasSize(1).allMatch(ms -> ms > 100);
    assertThat(tab.longTasks()).isEmpty();
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
