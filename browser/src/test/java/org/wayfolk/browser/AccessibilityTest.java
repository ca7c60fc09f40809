package org.wayfolk.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wayfolk.daemon.control.ControlClient;

/** axe finds nothing on any screen, in the light and in the dark, wide and on a phone. */
@Tag("browser")
final class AccessibilityTest {
  @RegisterExtension static final Stage stage = new Stage();

  /** What is drawn is painted, and what moves for a moment has come to rest. */
  private static final String STILL =
      """
      async () => {
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        const passing = document.getAnimations()
          .filter(a => a.effect && a.effect.getComputedTiming().endTime !== Infinity);
        await Promise.all(passing.map(a => a.finished.catch(() => {})));
      }
      """;

  private final List<String> found = new ArrayList<>();
  private int screens;

  private Tab tab(int width) {
    Browser.NewContextOptions options =
        Stage.english().setViewportSize(width, 800).setReducedMotion(ReducedMotion.REDUCE);
    BrowserContext context = stage.browser().newContext(options);
    Axe.into(context);
    return stage.tab(context);
  }

  private void look(Person person, String where) {
    person.page().evaluate(STILL);
    screens++;
    for (String each : Axe.violations(person.page())) {
      found.add(where + ": " + each);
      System.out.println(where + ": " + each);
    }
  }

  private void lookAt(Person person, String hash, String screen) {
    person.go(hash).screen(screen);
    look(person, hash.replaceAll("[0-9a-f]{64}", "CARD") + " " + width(person));
  }

  private static int width(Person person) {
    return person.page().viewportSize().width;
  }

  private void nothing() {
    stage.step(screens + " screens, in the light and in the dark");
    assertThat(found).isEmpty();
  }

  @Test
  void theFirstRun() throws Exception {
    LiveHome home = stage.home("anna").up();
    Tab tab = tab(1280);
    tab.open("http://wayfolk.localhost:" + java.net.URI.create(home.address()).getPort() + "/");
    Person anna = new Person(home, tab);
    anna.screen("unopened");
    look(anna, "unopened");
    tab.page().navigate("about:blank");
    tab.open(home.address());
    anna.screen("first");
    look(anna, "first 1");
    anna.button("Continue").click();
    look(anna, "first 1 without a name");
    anna.page().getByLabel("Your name").fill("Anna");
    anna.page().getByLabel("Passphrase optional").fill("four words to remember");
    anna.page().getByLabel("The passphrase once more").fill("four words to remember");
    anna.button("Continue").click();
    anna.page().getByText("Twenty-four words that bring you back").waitFor();
    look(anna, "first 2");
    anna.button("I wrote them down").click();
    anna.page().getByText("No, only my own").click();
    look(anna, "first 3");
    anna.button("Open Wayfolk").click();
    anna.screen("empty");
    look(anna, "empty");
    home.ask("lock");
    anna.screen("locked");
    look(anna, "locked");
    nothing();
  }

  private Person friends(int width) throws Exception {
    LiveHome one = stage.home("anna");
    LiveHome other = stage.home("boris");
    Meeting.friends(one, "Anna Orlova", other, "Boris");
    String mine = Meeting.cardOfFriend(other);
    String theirs = Meeting.cardOfFriend(one);
    String asked = Meeting.say(other, mine, "Did you find the *second* map? https://example.org/a");
    Meeting.say(one, theirs, "Yes:\n```\nsheet 4, north of the lake\n```", asked);
    ObjectNode react = ControlClient.request("react").put("message", asked);
    one.ask(react.put("emoji", "👍").put("on", true));
    String gone = Meeting.say(other, mine, "Wrong window");
    other.ask(ControlClient.request("delete").put("message", gone).put("forAll", true));
    one.ask(ControlClient.request("send").put("who", "me").put("text", "Buy lamp oil"));
    Person anna = Person.at(one, tab(width).allow("WebSocket").allow("ERR_CONNECTION_REFUSED"));
    anna.page().locator("[data-area='list'] [data-card]").first().waitFor();
    return anna;
  }

  private void everywhere(Person anna) throws Exception {
    String card = Meeting.cardOfFriend(anna.home());
    look(anna, "list " + width(anna));
    lookAt(anna, "#/c/" + card, "talk");
    lookAt(anna, "#/c/me", "talk");
    lookAt(anna, "#/person/" + card, "person");
    lookAt(anna, "#/verify/" + card, "verify");
    lookAt(anna, "#/invite", "invite");
    lookAt(anna, "#/accept", "accept");
    lookAt(anna, "#/connection", "connection");
    lookAt(anna, "#/settings", "settings");
    lookAt(anna, "#/help", "help");
  }

  @Test
  void everyScreenOnAWidePage() throws Exception {
    Person anna = friends(1280);
    everywhere(anna);
    over(anna);
    anna.home().kill();
    anna.page().getByText("Wayfolk is not running on this computer").first().waitFor();
    look(anna, "stopped");
    nothing();
  }

  /** What opens over a conversation or beside it. */
  private void over(Person anna) throws Exception {
    anna.go("#/accept").screen("accept").getByLabel("Paste the link").fill("wayfolk:i1.nonsense");
    look(anna, "accept, not a link");
    anna.go("#/c/" + Meeting.cardOfFriend(anna.home())).screen("talk");
    anna.page().keyboard().press("Control+f");
    anna.screen("search");
    look(anna, "search here");
    anna.page().keyboard().press("Escape");
    anna.page().keyboard().press("Control+k");
    anna.page().getByRole(AriaRole.COMBOBOX).waitFor();
    look(anna, "find or do");
    anna.page().keyboard().type("o");
    look(anna, "find or do, found");
    anna.page().keyboard().press("Escape");
    anna.page().keyboard().press("Control+/");
    anna.screen("shortcuts");
    look(anna, "shortcuts");
    anna.page().keyboard().press("Escape");
    anna.button("Emoji").click();
    look(anna, "emoji");
    anna.page().keyboard().press("Escape");
    anna.line("Yes:").hover();
    anna.button("Reply").first().click();
    look(anna, "reply");
    anna.page().keyboard().press("Escape");
    anna.line("Yes:").hover();
    anna.button("More").last().click();
    look(anna, "menu of a message");
    anna.named(AriaRole.MENUITEM, "Delete…").click();
    look(anna, "delete");
    anna.button("Keep it").click();
    anna.line("Yes:").locator("button.meta").click();
    look(anna, "the truth about a message");
  }

  @Test
  void everyScreenOnAPhone() throws Exception {
    Person anna = friends(360);
    everywhere(anna);
    nothing();
  }
}
