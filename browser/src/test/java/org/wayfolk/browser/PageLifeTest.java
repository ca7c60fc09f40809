package org.wayfolk.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wayfolk.daemon.control.ControlClient;

/** A page over its life: several tabs, the lock, themes, languages, notifications. */
@Tag("browser")
@SuppressWarnings("NullAway.Init") // tests that use the homes begin with friends()
final class PageLifeTest {
  private static final String PASSPHRASE = "heron reed lamp bridge";

  @RegisterExtension static final Stage stage = new Stage();

  private LiveHome one;
  private LiveHome other;

  private void friends() throws Exception {
    take(stage.friends());
  }

  private void take(Meeting.Pair pair) {
    one = pair.one();
    other = pair.other();
  }

  /** Another tab of the same profile: it is let in by the first one. */
  private Person second(Person first, BrowserContext context) {
    Tab tab = stage.tab(context).open(first.tab().origin() + "/");
    return new Person(first.home(), tab);
  }

  @Test
  void twoTabsAgree() throws Exception {
    friends();
    BrowserContext context = stage.browser().newContext(Stage.english());
    Person left = Person.at(one, stage.tab(context)).open("Boris");
    Person right = second(left, context).open("Boris");
    stage.step("two tabs are open");
    left.say("From the left");
    assertThat(right.line("From the left")).isVisible();
    right.awaitArrival("From the left");
    right.say("From the right");
    left.awaitArrival("From the right");
    assertThat(left.texts()).isEqualTo(right.texts());
    left.go("#/settings").screen("settings").getByLabel("Dark").check();
    assertThat(right.page().locator("html")).hasAttribute("data-theme", "dark");
    left.tab().page().close();
    right.say("And goes on alone");
    right.awaitArrival("And goes on alone");
  }

  @Test
  void aTabThatNobodyLetInIsNotOpened() throws Exception {
    friends();
    Person anna = Person.at(one, stage.tab());
    anna.open("Boris");
    Tab stranger = stage.tab().open(anna.tab().origin() + "/");
    new Person(one, stranger).screen("unopened");
    assertThat(stranger.page().content()).doesNotContain("Boris");
  }

  @Test
  void itLocksAndAWrongPassphraseDeletesNothing() throws Exception {
    take(Meeting.friends(stage.home("anna"), "Anna", stage.home("boris"), "Boris"));
    String card = Meeting.cardOfFriend(one);
    byte[] secret = PASSPHRASE.getBytes(StandardCharsets.UTF_8);
    ObjectNode set = ControlClient.request("passphrase");
    one.ask(set.put("new", Base64.getEncoder().encodeToString(secret)));
    BrowserContext context = stage.browser().newContext(Stage.english());
    Person anna = Person.at(one, stage.tab(context)).open("Boris");
    Person twin = second(anna, context).open("Boris");
    anna.say("Nobody else reads this");
    anna.awaitArrival("Nobody else reads this");
    anna.go("#/settings").screen("settings");
    anna.button("Lock").click();
    anna.screen("locked");
    twin.screen("locked");
    assertThat(anna.page().content()).doesNotContain("Nobody else reads this");
    assertThat(twin.page().content()).doesNotContain("Nobody else reads this");
    stage.step("both tabs are locked");
    anna.page().getByLabel("Passphrase").fill("something else");
    anna.button("Unlock").click();
    anna.page().getByText("That was not it. Nothing is deleted.").waitFor();
    anna.page().getByLabel("Passphrase").fill(PASSPHRASE);
    anna.button("Unlock").click();
    anna.go("#/c/" + card);
    assertThat(anna.line("Nobody else reads this")).isVisible();
    twin.composer().waitFor();
    one.kill();
    one.up();
    anna.tab().allow("WebSocket connection to").allow("ERR_CONNECTION_REFUSED");
    twin.tab().allow("WebSocket connection to").allow("ERR_CONNECTION_REFUSED");
    anna.screen("locked");
  }

  private static String paper(Person person) {
    return (String) person.page().evaluate("() => getComputedStyle(document.body).backgroundColor");
  }

  @Test
  void theThemeIsTheSystemsUntilOneIsChosenAndThenStays() throws Exception {
    friends();
    Person anna = Person.at(one, stage.tab(Stage.english().setColorScheme(ColorScheme.DARK)));
    anna.go("#/settings").screen("settings");
    String dark = paper(anna);
    anna.screen("settings").getByLabel("Light").check();
    assertThat(anna.page().locator("html")).hasAttribute("data-theme", "light");
    anna.page().waitForCondition(() -> !paper(anna).equals(dark));
    anna.page()
        .addInitScript(
            "document.addEventListener('DOMContentLoaded', () => {"
                + " document.documentElement.dataset.before ="
                + " document.documentElement.dataset.theme; })");
    anna.page().reload();
    anna.screen("settings");
    assertThat(anna.page().locator("html")).hasAttribute("data-before", "light");
    assertThat(anna.page().locator("html")).hasAttribute("data-theme", "light");
  }

  @Test
  void itSpeaksRussianAtOnceAndAfterAReload() throws Exception {
    friends();
    Person anna = Person.at(one, stage.tab());
    anna.open("Boris");
    anna.go("#/settings").screen("settings");
    anna.page().getByLabel("Language").selectOption("ru");
    assertThat(anna.page().locator("html")).hasAttribute("lang", "ru");
    anna.page().getByText("Настройки").first().waitFor();
    anna.page().reload();
    anna.page().getByText("Настройки").first().waitFor();
    assertThat(anna.page().locator("html")).hasAttribute("lang", "ru");
    anna.go("#/c/" + Meeting.cardOfFriend(one));
    assertThat(
            anna.page()
                .getByLabel(
                    "Сообщение",
                    new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true)))
        .isVisible();
  }

  /** What is fetched between the drawing of a screen's place and the next picture is shown too. */
  @Test
  void aScreenThatComesAtTheWrongMomentIsShown() throws Exception {
    friends();
    List<Route> held = new ArrayList<>();
    Tab tab = stage.tab();
    tab.page().route("**/screens/settings/settings.js", held::add);
    Person anna = Person.at(one, tab);
    anna.page().waitForCondition(() -> !held.isEmpty());
    anna.tab().paintLate(3_000);
    anna.page()
        .evaluate(
            """
            () => new Promise(done => {
              addEventListener('hashchange', () => setTimeout(done));
              location.hash = '#/settings';
            })
            """);
    held.forEach(Route::resume);
    anna.screen("settings");
  }

  @Test
  void aScreenThatIsPaintedLateTakesTheFocusFromNobody() throws Exception {
    friends();
    Person anna = Person.at(one, stage.tab());
    anna.screen("none-open");
    anna.tab().paintLate(300);
    for (int i = 0; i < 3; i++) {
      anna.go("#/accept");
      Locator words = anna.screen("accept").getByLabel("Type the five words you heard");
      words.click();
      words.pressSequentially("lamp oil", new Locator.PressSequentiallyOptions().setDelay(80));
      assertThat(words).hasValue("lamp oil");
      assertThat(anna.page().getByLabel("Paste the link")).hasValue("");
      anna.go("#/").screen("none-open");
    }
  }

  @Test
  void itBeginsInTheLanguageOfTheBrowser() throws Exception {
    LiveHome home = stage.home("anna").up();
    Tab tab = stage.tab(Stage.english().setLocale("ru-RU")).open(home.address());
    tab.page().getByText("Как вас называть?").first().waitFor();
    assertThat(tab.page().locator("html")).hasAttribute("lang", "ru");
  }

  /** Stands in for the system's notifications, and for a window at which nobody looks. */
  private static final String WATCHED =
      """
      window.shown = [];
      window.Notification = class extends EventTarget {
        static permission = 'granted';
        static requestPermission() { return Promise.resolve('granted'); }
        constructor(title, options) { super(); window.shown.push(title + '|' + ((options || {}).body || '')); }
        close() {}
      };
      Object.defineProperty(document, 'hidden', {get: () => Boolean(window.away)});
      Object.defineProperty(document, 'visibilityState', {get: () => window.away ? 'hidden' : 'visible'});
      document.hasFocus = () => !window.away;
      """;

  @Test
  void aNotificationHidesTheTextIfSoSetAndTheTitleCounts() throws Exception {
    friends();
    BrowserContext context = stage.browser().newContext(Stage.english());
    context.addInitScript(WATCHED);
    Person anna = Person.at(one, stage.tab(context));
    anna.open("Boris");
    settings(anna, true, true);
    anna.go("#/");
    away(anna, true);
    String mine = Meeting.cardOfFriend(other);
    Meeting.say(other, mine, "The lamp is lit");
    Stage.until(Duration.ofSeconds(60), () -> shown(anna).size() == 1);
    assertThat(shown(anna).getFirst()).contains("Boris").contains("The lamp is lit");
    anna.page().waitForCondition(() -> anna.page().title().startsWith("(1)"));
    settings(anna, true, false);
    Meeting.say(other, mine, "This one is secret");
    Stage.until(Duration.ofSeconds(60), () -> shown(anna).size() == 2);
    assertThat(shown(anna).get(1)).doesNotContain("secret");
    settings(anna, false, false);
    Meeting.say(other, mine, "And this one is quiet");
    // The list is drawn later than a notification is shown.
    anna.page().getByText("And this one is quiet").first().waitFor();
    assertThat(shown(anna)).hasSize(2);
    away(anna, false);
    anna.open("Boris");
    anna.page().waitForCondition(() -> !anna.page().title().startsWith("("));
  }

  /** Sets them, and waits until the page has heard of it. */
  private void settings(Person person, boolean notify, boolean text) throws Exception {
    ObjectNode set = ControlClient.request("settings");
    set.putObject("set").put("notify", notify).put("notifyText", text);
    one.ask(set);
    String now =
        "() => import('/base/store.js').then(({get}) => {"
            + " const {notify, notifyText} = get().settings; return notify + ' ' + notifyText; })";
    person.page().waitForCondition(() -> person.page().evaluate(now).equals(notify + " " + text));
  }

  private static void away(Person person, boolean away) {
    person
        .page()
        .evaluate(
            "away => { window.away = away; document.dispatchEvent(new Event('visibilitychange'));"
                + " window.dispatchEvent(new Event(away ? 'blur' : 'focus')); }",
            away);
  }

  @SuppressWarnings("unchecked") // It is a list of strings, made above.
  private static List<String> shown(Person person) {
    return (List<String>) person.page().evaluate("() => window.shown");
  }

  @Test
  void thePageMayBeReachedByAnyOfItsNames() throws Exception {
    friends();
    int port = URI.create(one.address()).getPort();
    for (String host : List.of("wayfolk.localhost", "localhost", "127.0.0.1", "[::1]")) {
      String code = one.address().replaceAll(".*#", "#");
      Person anna = new Person(one, stage.tab().open("http://" + host + ":" + port + "/" + code));
      anna.open("Boris");
      anna.tab().page().close();
    }
  }
}
