package org.wayfolk.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Failure;

/** A friend who sends script and markup in every field there is: all of it is shown as text. */
@Tag("browser")
final class StoredMarkupTest {
  private static final List<String> TEXTS =
      List.of(
          "<script>window.executed = 1; alert(1)</script>",
          "<img src=x onerror=\"window.executed = 2\">",
          "\"><svg onload=window.executed=3>",
          "'-alert(4)-' ${alert(4)} {{alert(4)}} <%= 4 %>",
          "<a href=\"javascript:window.executed=5\">here</a> javascript:window.executed=5",
          "http://a.example/\" onmouseover=\"window.executed=6",
          "[here](javascript:window.executed=7) ![x](x\" onerror=\"window.executed=7)",
          "```html\n<iframe srcdoc='<script>parent.executed=8</script>'></iframe>\n```",
          "`<style>*{display:none}</style>` **<b onclick=window.executed=9>bold</b>**",
          "data:text/html,<script>parent.executed=10</script>",
          "&lt;script&gt;window.executed = 11&lt;/script&gt; &#60;b&#62;",
          "</textarea></title></style><script>window.executed=12</script>",
          "https://bank.example@evil.example/ https://xn--80ak6aa92e.example/",
          "\u202Egnp.exe\u202C \u2066hidden\u2069 \u200Bzero");

  /** At most 64 bytes or so: what a name may be. */
  private static final String NAME = "<img src=x onerror=window.executed=20>";

  private static final String OTHER_NAME = "\"><script>window.executed=21</script>";

  @RegisterExtension static final Stage stage = new Stage();

  private static ObjectNode ask(LiveHome home, String what, String... keysAndValues)
      throws Failure {
    ObjectNode request = ControlClient.request(what);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      request.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return home.ask(request);
  }

  /** Nothing ran, and nothing of theirs became an element. */
  private static void calm(Person person, String where) {
    Page page = person.page();
    assertThat(page.evaluate("() => window.executed")).as(where).isNull();
    Object made =
        page.evaluate(
            """
            () => [...document.querySelectorAll('#root *')].filter(e =>
              ['SCRIPT', 'IFRAME', 'STYLE', 'OBJECT', 'EMBED', 'BASE', 'FORM' + ' of theirs'].includes(e.nodeName)
              || e.nodeName === 'IMG' && e.getAttribute('src') === 'x'
              || [...e.attributes].some(a => a.name.startsWith('on')
                || /^\\s*(javascript|data|vbscript):/i.test(a.value) && ['href', 'src', 'action'].includes(a.name))
            ).map(e => e.outerHTML.slice(0, 200))
            """);
    assertThat((List<?>) made).as(where).isEmpty();
  }

  @Test
  void nothingOfItRunsAndNothingOfItBecomesMarkup() throws Exception {
    LiveHome one = stage.home("anna");
    LiveHome other = stage.home("boris");
    Meeting.friends(one, OTHER_NAME, other, NAME);
    String card = Meeting.cardOfFriend(one);
    String mine = Meeting.cardOfFriend(other);
    for (String text : TEXTS) {
      Meeting.say(other, mine, text);
    }
    String last = Meeting.say(other, mine, "edited");
    ask(other, "edit", "message", last, "text", TEXTS.get(1));
    String answered = Meeting.say(other, mine, TEXTS.get(2), last);
    ask(one, "send", "who", "me", "text", TEXTS.get(0));
    ask(one, "draft", "who", card, "text", TEXTS.get(1));
    ask(one, "invite", "as", OTHER_NAME);
    stage.step("everything is stored");
    Person anna = Person.at(one, stage.tab()).open(NAME);
    for (String text : TEXTS) {
      String first = text.lines().findFirst().orElseThrow();
      String shown = first.startsWith("```") ? text.lines().toList().get(1) : first;
      if (text.matches("(?s)(`<|\\[|\u202E|https://bank).*")) {
        continue; // Its own marks are drawn, or said; what matters is judged below.
      }
      com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat(
              anna.page().locator("[data-line]").filter(has(shown)).first())
          .isAttached();
    }
    calm(anna, "the conversation");
    for (Place place : places(card, answered)) {
      anna.go(place.hash).screen(place.screen);
      anna.page().evaluate(ANSWERED);
      calm(anna, place.hash);
    }
    anna.go("#/c/" + card);
    anna.page().keyboard().press("Control+k");
    anna.page().keyboard().type("script");
    anna.page().getByText("window.executed = 1;").last().waitFor();
    calm(anna, "find");
    stage.step("nothing ran");
  }

  private static com.microsoft.playwright.Locator.FilterOptions has(String text) {
    return new com.microsoft.playwright.Locator.FilterOptions().setHasText(text);
  }

  /** The daemon has answered what the screen asked before, and the answers are drawn. */
  private static final String ANSWERED =
      """
      () => import('/base/link.js').then(({ask}) => ask('people.state'))
        .then(() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50))))
      """;

  /** Where somebody may be sent, and the screen that is shown there. */
  private record Place(String hash, String screen) {}

  private static List<Place> places(String card, String message) {
    String payload = "%3Cimg%20src=x%20onerror=window.executed=30%3E";
    return List.of(
        new Place("#/c/me", "talk"),
        new Place("#/c/" + card + "/m/" + message, "talk"),
        new Place("#/person/" + card, "person"),
        new Place("#/verify/" + card, "verify"),
        new Place("#/invite", "invite"),
        new Place("#/accept", "accept"),
        new Place("#/connection", "connection"),
        new Place("#/settings", "settings"),
        new Place("#/help", "help"),
        new Place("#/c/" + payload, "none-open"),
        new Place("#/c/" + card + "/m/" + payload, "talk"),
        new Place("#/settings/" + payload, "settings"),
        new Place("#/help/" + payload, "help"),
        new Place("#/" + payload, "none-open"),
        new Place("#code=" + payload.toLowerCase(Locale.ROOT), "none-open"));
  }

  @Test
  void aLinkIsShownWithItsRealHostAndOpensWithoutTheirHoldOfUs() throws Exception {
    LiveHome one = stage.home("anna");
    LiveHome other = stage.home("boris");
    Meeting.friends(one, "Anna", other, "Boris");
    String mine = Meeting.cardOfFriend(other);
    Meeting.say(other, mine, "See https://bank.example@evil.example/login and http://ok.example/");
    Person anna = Person.at(one, stage.tab()).open("Boris");
    anna.line("See").waitFor();
    Object links =
        anna.line("See")
            .locator("a[href]")
            .evaluateAll(
                "all => all.map(a => [new URL(a.href).host, a.target, a.rel, a.textContent])");
    assertThat((List<?>) links)
        .isNotEmpty()
        .allSatisfy(each -> {
          List<?> link = (List<?>) each;
          assertThat(link.get(1)).isEqualTo("_blank");
          assertThat((String) link.get(2)).contains("noopener").contains("noreferrer");
        });
    assertThat(anna.line("See").innerText()).contains("evil.example");
  }
}
