package org.wayfolk.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do every day, by pointer, through two pages; docs/messenger.md names these. */
@Tag("browser")
final class EverydayTest {
  /** Has friends of its own: it ends them, or leaves behind what others would meet. */
  private static final String ALONE = "alone";

  @RegisterExtension static final Stage stage = new Stage();

  private LiveHome one;
  private LiveHome other;
  private Person anna;
  private Person boris;

  @BeforeEach
  void scene(TestInfo test) throws Exception {
    Meeting.Pair pair =
        test.getTags().contains(ALONE)
            ? Meeting.friends(stage.home("anna"), "Anna", stage.home("boris"), "Boris")
            : stage.friends();
    one = pair.one();
    other = pair.other();
    BrowserContext context = stage.browser().newContext(Stage.english().setAcceptDownloads(true));
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    anna = Person.at(one, stage.tab(context)).open("Boris");
    boris = Person.at(other, stage.tab()).open("Anna");
    anna.page().bringToFront();
    stage.step("both pages are open");
  }

  private static Locator tool(Person person, String text, String tool) {
    person.line(text).hover();
    return person
        .line(text)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(tool).setExact(true));
  }

  private static void menu(Person person, String text, String item) {
    tool(person, text, "More").click();
    person.named(AriaRole.MENUITEM, item).click();
  }

  private void said(Person from, Person to, String text) {
    from.say(text);
    from.awaitArrival(text);
    assertThat(to.line(text)).isVisible();
  }

  @Test
  void repliesAreQuotedAndLeadToWhatTheyAnswer() throws Exception {
    said(anna, boris, "Where shall we meet?");
    String mine = Meeting.cardOfFriend(one);
    for (int i = 0; i < 60; i++) {
      Meeting.keep(one, mine, "Between, number " + i);
    }
    assertThat(boris.line("Between, number 59")).isVisible();
    boris.page().bringToFront();
    boris.page().mouse().move(800, 300);
    Stage.until(
        Duration.ofSeconds(60),
        () -> {
          Locator found = boris.line("Where shall we meet?");
          if (found.count() > 0 && found.isVisible()) {
            return true;
          }
          boris.page().mouse().wheel(0, -2_000);
          boris.page().waitForTimeout(100);
          return false;
        });
    tool(boris, "Where shall we meet?", "Reply").click();
    boris.say("At the mill");
    assertThat(anna.line("At the mill")).containsText("Where shall we meet?");
    anna.line("At the mill").locator("button.quote").click();
    assertThat(
            anna.page()
                .locator("[data-line].chosen")
                .filter(new Locator.FilterOptions().setHasText("Where shall we meet?")))
        .isInViewport();
  }

  @Test
  void severalReactionsComeAndGo() {
    said(anna, boris, "The boat is ready");
    for (String emoji : List.of("👍", "❤️")) {
      tool(boris, "The boat is ready", "React").click();
      boris.page().locator(".reaction-picker").getByLabel(emoji).click();
      assertThat(anna.line("The boat is ready")).containsText(emoji);
    }
    tool(anna, "The boat is ready", "React").click();
    anna.page().locator(".reaction-picker").getByLabel("👍").click();
    assertThat(boris.line("The boat is ready").locator("[aria-label*='👍']")).containsText("2");
    boris.line("The boat is ready").locator("[aria-label*='❤️']").first().click();
    assertThat(anna.line("The boat is ready")).not().containsText("❤️");
  }

  @Test
  void anEditIsMarkedAndItsEarlierTextIsThere() {
    said(anna, boris, "Tomorow at ten");
    menu(anna, "Tomorow at ten", "Edit");
    anna.composer().fill("Tomorrow at nine");
    anna.composer().press("Enter");
    assertThat(boris.line("Tomorrow at nine")).containsText("edited");
    boris.page().bringToFront();
    boris.line("Tomorrow at nine").getByText("edited").click();
    assertThat(boris.page().getByRole(AriaRole.DIALOG)).containsText("Versions of this message");
    assertThat(boris.page().getByRole(AriaRole.DIALOG)).containsText("Tomorrow at nine");
  }

  @Test
  void deletesHereAndForBoth() {
    said(anna, boris, "Only I lose this");
    said(anna, boris, "Nobody keeps this");
    menu(anna, "Only I lose this", "Delete…");
    anna.button("Delete here").click();
    assertThat(anna.line("Only I lose this")).hasCount(0);
    menu(anna, "Nobody keeps this", "Delete…");
    anna.button("Delete for both").click();
    assertThat(boris.page().getByText("Deleted by Anna")).isVisible();
    assertThat(boris.line("Nobody keeps this")).hasCount(0);
    assertThat(boris.line("Only I lose this")).isVisible();
  }

  @Test
  void copiesForwardsAndSavesToTheNotes() {
    said(boris, anna, "The code of the gate is 4711");
    menu(anna, "The code of the gate", "Copy");
    anna.awaitClipboard("The code of the gate is 4711");
    menu(anna, "The code of the gate", "Save to notes");
    menu(anna, "The code of the gate", "Forward…");
    anna.page().getByRole(AriaRole.DIALOG).getByText("Notes to self").click();
    anna.go("#/c/me").screen("talk");
    assertThat(
            anna.page()
                .locator("[data-line]")
                .filter(new Locator.FilterOptions().setHasText("The code of the gate")))
        .hasCount(2);
  }

  @Test
  void formatsLightlyAndShowsCodeAsItWasWritten() {
    anna.say("This is *bold*, this is `code`:\n```\nx < y && y > z\n```");
    assertThat(boris.line("This is").locator("strong, b").getByText("bold")).isVisible();
    assertThat(boris.line("This is").locator("code").getByText("code").first()).isVisible();
    assertThat(boris.line("This is").locator("pre")).containsText("x < y && y > z");
    said(anna, boris, "👋");
    assertThat(boris.page().locator(".large").getByText("👋")).isVisible();
    anna.button("Emoji").click();
    Locator picker = anna.page().getByRole(AriaRole.DIALOG).or(anna.page().locator(".emoji-box"));
    anna.page().getByRole(AriaRole.SEARCHBOX).or(picker.locator("input")).first().fill("turtle");
    anna.page().getByRole(AriaRole.BUTTON).getByText("🐢").first().click();
    assertThat(anna.composer()).hasValue("🐢");
  }

  @Test
  @Tag(ALONE)
  void whatWaitsIsTakenBackOrArrivesByItself() throws Exception {
    said(anna, boris, "Last words before the storm");
    boris.tab().allow("WebSocket connection to").allow("net::ERR_CONNECTION_");
    other.down();
    anna.say("Burn this letter");
    anna.say("Keep this letter");
    Pattern waits = Pattern.compile("Waiting on this computer|On its way");
    assertThat(anna.line("Keep this letter")).containsText(waits);
    menu(anna, "Burn this letter", "Take back");
    assertThat(anna.line("Burn this letter")).not().containsText(waits);
    other.up();
    String card = Meeting.cardOfFriend(other);
    Stage.until(
        Duration.ofSeconds(90), () -> Meeting.texts(other, card).contains("Keep this letter"));
    assertThat(Meeting.texts(other, card)).doesNotContain("Burn this letter");
  }

  private Locator row(String name) {
    return anna.page()
        .locator("[data-area='list'] [data-card]")
        .filter(new Locator.FilterOptions().setHasText(name));
  }

  private void rowMenu(String name, String item) {
    row(name)
        .click(
            new Locator.ClickOptions()
                .setButton(com.microsoft.playwright.options.MouseButton.RIGHT));
    anna.named(AriaRole.MENUITEM, item).click();
  }

  @Test
  void pinsMutesArchivesAndMarksWhatIsUnread() throws Exception {
    said(anna, boris, "Read until here");
    anna.go("#/c/me").screen("talk");
    anna.say("A note that is newer");
    for (int i = 1; i <= 3; i++) {
      boris.say("New " + i);
    }
    assertThat(row("Boris")).containsText("3");
    assertThat(row("Boris")).hasAccessibleName(Pattern.compile("3 unread"));
    rowMenu("Boris", "Pin");
    rowMenu("Boris", "Mute");
    assertThat(row("Boris")).hasAccessibleName(Pattern.compile("pinned.*muted|muted.*pinned"));
    anna.page().mouse().move(800, 400);
    assertThat(anna.page().locator("[data-area='list'] [data-card]").first()).containsText("Boris");
    anna.open("Boris");
    assertThat(anna.page().locator(".day.new")).containsText("3 new");
    assertThat(anna.page().locator(".day.new")).isInViewport();
    rowMenu("Boris", "Archive");
    assertThat(row("Boris")).hasCount(0);
    anna.page().getByText("Archived (1)").waitFor();
    // The page shows it at once, and tells the daemon.
    Stage.until(
        Duration.ofSeconds(30),
        () -> {
          JsonNode contact = one.ask("contacts").path("contacts").path(0);
          return contact.path("pinned").asBoolean()
              && contact.path("muted").asBoolean()
              && contact.path("archived").asBoolean();
        });
  }

  @Test
  void draftsStayWithTheirConversation() {
    anna.composer().pressSequentially("About the weekend");
    anna.go("#/c/me").screen("talk");
    assertThat(anna.composer()).hasValue("");
    assertThat(row("Boris")).containsText("About the weekend");
    anna.open("Boris");
    assertThat(anna.composer()).hasValue("About the weekend");
  }

  @Test
  @Tag(ALONE)
  void blocksAndSaysSoToNobody() throws Exception {
    said(boris, anna, "Before");
    anna.go("#/person/" + Meeting.cardOfFriend(one)).screen("person");
    anna.button("Block").click();
    anna.page().getByText("Blocked: Boris").first().waitFor();
    boris.say("Behind the wall");
    anna.page().waitForTimeout(1_500); // Nothing tells that nothing comes.
    assertThat(anna.line("Behind the wall")).hasCount(0);
    assertThat(boris.page().content()).doesNotContain("locked you");
    anna.button("Unblock").first().click();
    anna.page().getByText("Blocked: Boris").first().waitFor(hidden());
  }

  private static Locator.WaitForOptions hidden() {
    return new Locator.WaitForOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN);
  }

  @Test
  void aBackupAndAnExportAreTakenAway() throws Exception {
    said(anna, boris, "To be kept for ever");
    anna.go("#/settings").screen("settings");
    anna.button("Back up now").click();
    anna.page().getByLabel("Passphrase of the backup").fill("heron reed lamp");
    anna.page().getByLabel("Once more").fill("heron reed lamp");
    Download backup = anna.page().waitForDownload(() -> anna.button("Make and download").click());
    assertThat(Files.size(backup.path())).isGreaterThan(1_000);
    anna.page().keyboard().press("Escape");
    anna.button("Export...").click();
    Download export = anna.page().waitForDownload(() -> anna.button("Export and download").click());
    assertThat(Files.readString(export.path())).contains("To be kept for ever");
    assertThat(new String(Files.readAllBytes(backup.path()), StandardCharsets.ISO_8859_1))
        .doesNotContain("To be kept");
    stage.step("backup and export are downloaded");
  }

  @Test
  @Tag(ALONE)
  void theConnectionIsToldAsItIs() throws Exception {
    said(anna, boris, "Hello over there");
    anna.go("#/connection").screen("connection");
    assertThat(anna.screen("connection")).containsText("Boris");
    assertThat(anna.screen("connection")).containsText("Direct");
    boris.tab().allow("WebSocket connection to").allow("net::ERR_CONNECTION_");
    other.down();
    assertThat(anna.screen("connection"))
        .containsText(
            Pattern.compile("Nobody|Not reachable|nobody"),
            new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
                .setTimeout(90_000));
  }

  @Test
  void helpIsThereAndTextGrows() {
    anna.go("#/help").screen("help");
    Page page = anna.page();
    Object links = page.evaluate("() => document.querySelectorAll('[data-screen=help] a').length");
    assertThat(((Number) links).intValue()).isGreaterThan(2);
    Object before = page.evaluate("() => getComputedStyle(document.documentElement).fontSize");
    anna.go("#/settings").screen("settings");
    page.getByLabel("130 %").check();
    page.waitForCondition(() ->
        !page.evaluate("() => getComputedStyle(document.documentElement).fontSize").equals(before));
  }

  @Test
  @Tag(ALONE)
  void everythingIsDeletedWhenAskedTwice() throws Exception {
    anna.go("#/settings").screen("settings");
    anna.button("Delete everything...").click();
    anna.page().getByLabel("Type “delete everything” to go on").fill("delete everything");
    anna.page()
        .getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete everything"))
        .click();
    anna.tab().allow("WebSocket connection to").allow("net::ERR_CONNECTION_");
    anna.page().getByText("Everything is deleted").waitFor();
    Stage.until(Duration.ofSeconds(60), () -> !one.process().isAlive());
    try (Stream<Path> left = Files.list(one.directory())) {
      assertThat(left.map(p -> p.getFileName().toString())).containsExactly("lock");
    }
  }
}
