package org.wayfolk.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Somebody at their page: what people do there, by the words they read on it. English, unless said.
 */
final class Person {
  /** A goal of the page is a second; a machine that runs everything at once takes longer. */
  private static final double PATIENCE_MS = 30_000;

  private static final Pattern ARRIVED = Pattern.compile("delivered|read");

  private final LiveHome home;
  private final Tab tab;

  /** Somebody whose page is that tab. */
  Person(LiveHome home, Tab tab) {
    this.home = home;
    this.tab = tab;
    page().setDefaultTimeout(PATIENCE_MS);
    com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout(
        PATIENCE_MS);
  }

  /** Opens the page of a home that is up, with a fresh code. */
  static Person at(LiveHome home, Tab tab) throws Exception {
    tab.open(home.address());
    return new Person(home, tab);
  }

  LiveHome home() {
    return home;
  }

  Tab tab() {
    return tab;
  }

  Page page() {
    return tab.page();
  }

  /** A screen, waited for. */
  Locator screen(String name) {
    Locator screen = page().locator("[data-screen='" + name + "']");
    assertThat(screen.first()).isVisible();
    return screen.first();
  }

  Locator button(String name) {
    return named(AriaRole.BUTTON, name);
  }

  Locator named(AriaRole role, String name) {
    return page().getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator named(AriaRole role, Pattern name) {
    return page().getByRole(role, new Page.GetByRoleOptions().setName(name));
  }

  /** The first run to its end: a name, the words later, carrying nothing. */
  Person begin(String name) {
    return begin(name, "", "");
  }

  /** The first run, with a passphrase and the invitation of somebody, each unless empty. */
  Person begin(String name, String passphrase, String invitation) {
    Locator first = screen("first");
    first.getByLabel("Your name").fill(name);
    if (!passphrase.isEmpty()) {
      first.getByLabel("Passphrase optional").fill(passphrase);
      first.getByLabel("The passphrase once more").fill(passphrase);
    }
    if (!invitation.isEmpty()) {
      first.getByLabel("Did somebody invite you?").fill(invitation);
    }
    button("Continue").click();
    assertThat(page().getByText("Twenty-four words that bring you back")).isVisible();
    button("Later, remind me").click();
    page().getByText("No, only my own").click();
    button("Open Wayfolk").click();
    page().locator("[data-screen='chats']").waitFor();
    return this;
  }

  /** Goes to a screen of the page by its address. */
  Person go(String hash) {
    page().evaluate("hash => { location.hash = hash; }", hash);
    return this;
  }

  /** Makes an invitation, or shows the one that waits; answers its link. */
  String link() {
    return invitation("[data-link]", "data-link");
  }

  /** The same; answers its five words. */
  String code() {
    return invitation("[data-code]", "data-code");
  }

  private String invitation(String where, String attribute) {
    named(AriaRole.LINK, "Invite or accept").click();
    return Objects.requireNonNull(
        screen("invite").locator(where).getAttribute(attribute), attribute);
  }

  /** Accepts a link, and opens the conversation with whoever sent it. */
  Person acceptLink(String link) {
    go("#/accept");
    screen("accept").getByLabel("Paste the link").fill(link);
    return opened();
  }

  /** Accepts five words, and opens the conversation. */
  Person acceptCode(String code) {
    go("#/accept");
    screen("accept").getByLabel("Type the five words you heard").fill(code);
    button("Meet").click();
    return opened();
  }

  private Person opened() {
    page()
        .locator("[data-attempt='met']")
        .waitFor(new Locator.WaitForOptions().setTimeout(2 * PATIENCE_MS));
    named(AriaRole.BUTTON, Pattern.compile("^Write to ")).click();
    composer().waitFor();
    return this;
  }

  /** Opens the conversation with somebody from the list. */
  Person open(String name) {
    page()
        .locator("[data-area='list'] [data-card]")
        .filter(new Locator.FilterOptions().setHasText(name))
        .first()
        .click();
    composer().waitFor();
    return this;
  }

  Locator composer() {
    return named(AriaRole.TEXTBOX, "Message");
  }

  /** Writes and sends, with Enter. */
  Person say(String text) {
    composer().fill(text);
    composer().press("Enter");
    return this;
  }

  /** Waits until a text was copied: the browser does that in its own time. */
  Person awaitClipboard(String text) {
    page()
        .waitForCondition(
            () -> text.equals(page().evaluate("() => navigator.clipboard.readText()")));
    return this;
  }

  /** The line that shows a text, of the open conversation. */
  Locator line(String text) {
    return page()
        .locator("[data-line]")
        .filter(new Locator.FilterOptions().setHasText(text))
        .first();
  }

  /** Waits until a line of the open conversation has arrived, read or not. */
  Person awaitArrival(String text) {
    assertThat(line(text)).hasAttribute("data-state", ARRIVED);
    return this;
  }

  /** The texts of the open conversation as they are shown, oldest first. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (String text : page().locator("[data-line] .said").allInnerTexts()) {
      texts.add(text.strip());
    }
    return texts;
  }
}
