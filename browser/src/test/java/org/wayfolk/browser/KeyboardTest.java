package org.wayfolk.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything that matters by keys alone: nothing here touches a pointer or sets the focus. */
@Tag("browser")
final class KeyboardTest {
  /** More stops than any screen has. */
  private static final int STOPS = 80;

  @RegisterExtension static final Stage stage = new Stage();

  private Person anna;
  private Person boris;

  @BeforeEach
  void scene() throws Exception {
    Meeting.Pair friends = stage.friends();
    BrowserContext context = stage.browser().newContext(Stage.english());
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    anna = Person.at(friends.one(), stage.tab(context));
    boris = Person.at(friends.other(), stage.tab()).open("Anna");
    anna.page().locator("[data-area='list'] [data-card]").first().waitFor();
    anna.page().bringToFront();
    stage.step("both pages are open");
  }

  private Keyboard keys() {
    return anna.page().keyboard();
  }

  private String focused() {
    return (String)
        anna.page()
            .evaluate(
                """
                () => {
                  const e = document.activeElement;
                  const named = e.getAttribute('aria-label') || (e.labels && e.labels[0] && e.labels[0].textContent);
                  return (named || e.textContent || '').trim();
                }
                """);
  }

  /** Goes on with Tab until something of that name has the focus. */
  private void tabTo(String name) {
    for (int i = 0; i < STOPS; i++) {
      if (focused().startsWith(name)) {
        return;
      }
      keys().press("Tab");
    }
    throw new AssertionError("no stop is named " + name);
  }

  /** Opens the conversation with Boris by Ctrl K. */
  private void open() {
    keys().press("Control+k");
    anna.page().getByRole(AriaRole.COMBOBOX).waitFor();
    keys().type("Bor");
    assertThat(anna.page().getByRole(AriaRole.OPTION).first()).containsText("Boris");
    keys().press("Enter");
    assertThat(anna.composer()).isFocused();
  }

  @Test
  void sendsAndReplies() throws Exception {
    open();
    keys().type("Written by keys");
    keys().press("Enter");
    anna.awaitArrival("Written by keys");
    assertThat(anna.composer()).isFocused();
    boris.say("Then answer this one");
    assertThat(anna.line("Then answer this one")).isVisible();
    keys().press("Shift+F6");
    keys().press("End");
    keys().press("r");
    assertThat(anna.composer()).isFocused();
    keys().type("Answered by keys");
    keys().press("Enter");
    anna.awaitArrival("Answered by keys");
    assertThat(boris.line("Answered by keys")).containsText("Then answer this one");
    stage.step("sent and replied");
  }

  @Test
  void invitesAndCopiesTheLink() {
    keys().press("Control+i");
    anna.screen("invite").locator("[data-link]").waitFor();
    String link = anna.page().locator("[data-link]").getAttribute("data-link");
    tabTo("Copy");
    keys().press("Enter");
    anna.awaitClipboard(link);
    keys().press("Escape");
    stage.step("invited");
  }

  @Test
  void verifies() throws Exception {
    open();
    tabTo("About Boris");
    keys().press("Enter");
    anna.screen("person");
    tabTo("Verify");
    keys().press("Enter");
    anna.screen("verify").locator("ol.numbered li").first().waitFor();
    assertThat(anna.screen("verify").locator("ol.numbered li")).hasCount(12);
    tabTo("They are the same");
    keys().press("Enter");
    anna.page().getByText("Compared and the same").waitFor();
    Stage.until(
        Duration.ofSeconds(30),
        () -> anna.home().ask("contacts").path("contacts").path(0).path("verified").asBoolean());
    stage.step("verified");
  }

  @Test
  void searchesHereAndEverywhere() {
    open();
    keys().type("The heron stood in the reeds");
    keys().press("Enter");
    anna.awaitArrival("The heron stood in the reeds");
    for (int i = 0; i < 3; i++) {
      keys().type("Something else " + i);
      keys().press("Enter");
    }
    anna.awaitArrival("Something else 2");
    keys().press("Control+f");
    keys().type("heron");
    anna.page().getByText("1 message").first().waitFor();
    keys().press("ArrowDown");
    keys().press("Enter");
    anna.page()
        .locator("[data-line].chosen")
        .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("heron"))
        .waitFor();
    keys().press("Escape");
    keys().press("Control+k");
    assertThat(anna.page().getByRole(AriaRole.COMBOBOX)).isFocused();
    keys().type("reeds");
    anna.page()
        .getByRole(AriaRole.OPTION)
        .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("heron"))
        .first()
        .waitFor();
    stage.step("searched");
  }

  /** Whoever knows the shortcut types on at once, however late the screen is painted. */
  @Test
  void theLettersAfterAShortcutLandInItsBox() {
    anna.page().reload();
    anna.open("Boris");
    anna.tab().paintLate(300);
    for (int i = 0; i < 5; i++) {
      keys().press("Control+k");
      keys().type("reeds");
      assertThat(anna.named(AriaRole.COMBOBOX, "Find or do")).hasValue("reeds");
      keys().press("Escape");
      keys().press("Control+f");
      keys().type("heron");
      assertThat(anna.screen("search").getByRole(AriaRole.SEARCHBOX)).hasValue("heron");
      keys().press("Escape");
      assertThat(anna.composer()).isFocused();
    }
    assertThat(anna.composer()).hasValue("");
  }

  @Test
  void editsTheLastMessageAndReadsTheTruthAboutIt() {
    open();
    keys().type("Tomorow at nine");
    keys().press("Enter");
    anna.awaitArrival("Tomorow at nine");
    keys().press("ArrowUp");
    assertThat(anna.composer()).hasValue("Tomorow at nine");
    keys().press("Control+a");
    keys().type("Tomorrow at nine");
    keys().press("Enter");
    assertThat(boris.line("Tomorrow at nine")).isVisible();
    keys().press("Shift+F6");
    keys().press("End");
    keys().press("Enter");
    anna.page().getByText("The truth about this message").first().waitFor();
    keys().press("Escape");
    assertThat(anna.page().getByText("The truth about this message")).isHidden();
    stage.step("edited and read the truth");
  }
}
