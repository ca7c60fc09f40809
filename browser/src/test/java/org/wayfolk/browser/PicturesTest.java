package org.wayfolk.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.daemon.control.ControlClient;

/**
 * Makes the pictures in {@code docs/img}: real homes, whose people have really written to each
 * other; only the days are made. {@code ./wayfolk dev pictures} runs this and nothing else does.
 */
@Tag("pictures")
final class PicturesTest {
  /** The day of the pictures, a Thursday; and the minute at which they are taken. */
  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);

  private static final Instant TAKEN = DAY.atTime(14, 32).toInstant(ZoneOffset.UTC);

  @RegisterExtension
  final Stage stage =
      new Stage()
          .within(
              "FONTCONFIG_FILE",
              Program.root().resolve("browser/src/test/resources/pictures/fonts.conf").toString());

  private final Path directory = Program.root().resolve("docs/img");
  private final Map<String, LiveHome> homes = new HashMap<>();
  private final Map<String, String> last = new HashMap<>();
  private final PictureClock clock = new PictureClock();
  private String language = "en";
  private long bytes;
  private int count;

  @ParameterizedTest
  @ValueSource(strings = {"en", "ru"})
  void everyScreen(String inLanguage) throws Exception {
    language = inLanguage;
    Files.createDirectories(directory);
    Script script = Script.of(language);
    clock.set(at(-9, 10 * 60));
    raise(script);
    play(script);
    stage.step("everything is written");
    clock.set(TAKEN);
    firstRun(script.who("me"));
    conversations(script);
    System.out.printf("%d pictures in %s, %d KB%n", count, language, bytes / 1000);
  }

  private LiveHome home(String name) {
    return Objects.requireNonNull(homes.get(name), name);
  }

  private static Instant at(int day, int minutes) {
    return DAY.plusDays(day).atStartOfDay().plusMinutes(minutes).toInstant(ZoneOffset.UTC);
  }

  /** Everybody's home, on one network; whoever plays `friend` and I take no links of others. */
  private void raise(Script script) throws Exception {
    LiveHome third = stage.home("third").up();
    List<CompletableFuture<ObjectNode>> begun = new ArrayList<>();
    int number = 0;
    for (String part : List.of("me", "friend", "unread", "draft", "away", "muted", "guest")) {
      List<String> options = new ArrayList<>(List.of("--join", third.peer()));
      if (part.equals("me") || part.equals("friend")) {
        options.addAll(List.of("--max-inbound", "0"));
      }
      LiveHome home = stage.home("p" + number++, options.toArray(new String[0]));
      begun.add(home.begin());
      homes.put(script.who(part), home);
    }
    begun.forEach(CompletableFuture::join);
    for (Map.Entry<String, LiveHome> home : homes.entrySet()) {
      Meeting.named(home.getValue(), home.getKey());
    }
    for (String part : List.of("guest", "muted", "draft", "away", "unread", "friend")) {
      Meeting.befriend(home(script.who("me")), home(script.who(part)));
      stage.step(script.who(part) + " is a friend");
    }
  }

  private void play(Script script) throws Exception {
    Script.Says said = new Script.Says("", "", "", false);
    for (Script.Line line : script.lines()) {
      switch (line) {
        case Script.At(int day, int minutes) -> clock.set(at(day, minutes));
        case Script.Off(String who) -> home(who).down();
        case Script.Says says -> {
          say(script, says);
          said = says;
        }
        case Script.Reacts(String who, String emoji) -> {
          ObjectNode react = ControlClient.request("react").put("message", last.get(pair(said)));
          home(who).ask(react.put("emoji", emoji).put("on", true));
        }
      }
    }
    LiveHome me = home(script.who("me"));
    ObjectNode settings = ControlClient.request("settings");
    settings.putObject("set").put("notify", false);
    me.ask(settings);
    contact(me, script.who("friend"), "pin");
    contact(me, script.who("friend"), "verified");
    contact(me, script.who("muted"), "mute");
    ObjectNode draft = ControlClient.request("draft").put("who", script.who("draft"));
    me.ask(draft.put("text", script.what("draft")));
    for (String part : List.of("guest", "muted", "friend", "away")) {
      read(me, script.who(part));
    }
  }

  private static void contact(LiveHome me, String who, String act) throws Exception {
    ObjectNode contact = ControlClient.request("contact").put("who", who).put("act", act);
    me.ask(act.equals("verified") ? contact.put("same", true) : contact);
  }

  private void read(LiveHome me, String who) throws Exception {
    String message = last.get(who);
    if (message != null) {
      me.ask(ControlClient.request("read").put("who", who).put("message", message));
    }
  }

  private static String pair(Script.Says says) {
    return says.from().compareTo(says.to()) < 0 ? says.from() + says.to() : says.to() + says.from();
  }

  private void say(Script script, Script.Says says) throws Exception {
    String message;
    LiveHome from = home(says.from());
    String to = says.to();
    if (to.equals(script.who("away")) && !home(to).process().isAlive()) {
      message = Meeting.keep(from, to, says.text());
    } else {
      String before = says.answers() ? last.getOrDefault(pair(says), "") : "";
      message = Meeting.say(from, to, says.text(), before);
    }
    last.put(pair(says), message);
    if (to.equals(script.who("me"))) {
      last.put(says.from(), message);
    }
  }

  private Person open(LiveHome home) throws Exception {
    Browser.NewContextOptions options =
        Stage.english()
            .setLocale(language.equals("ru") ? "ru-RU" : "en-GB")
            .setTimezoneId("UTC")
            .setReducedMotion(ReducedMotion.REDUCE);
    BrowserContext context = stage.browser().newContext(options);
    clock.into(context);
    Tab tab = stage.tab(context).allow("WebSocket").allow("net::ERR_CONNECTION_");
    tab.page().clock().setFixedTime(Date.from(TAKEN));
    return Person.at(home, tab);
  }

  private void firstRun(String name) throws Exception {
    LiveHome home = stage.home("fresh").up();
    Person person = open(home);
    Page page = person.page();
    person.screen("first").locator("input[name=name]").fill(name);
    take(person, "first-1");
    page.locator("[data-screen=first] button[type=submit]").click();
    page.locator("[data-step='2'] li").first().waitFor();
    take(person, "first-2");
    page.locator("[data-screen=first] button[type=submit]").click();
    page.locator("[data-step='3'] input[type=radio]").first().check();
    take(person, "first-3");
    page.locator("[data-screen=first] button[type=submit]").click();
    person.screen("empty");
    take(person, "empty");
    ObjectNode secret = ControlClient.request("passphrase").put("new", "aGVyb24gcmVlZCBsYW1w");
    home.ask(secret);
    home.ask("lock");
    person.screen("locked");
    take(person, "locked");
    Tab shut = stage.tab(Stage.english().setLocale(language.equals("ru") ? "ru-RU" : "en-GB"));
    shut.open(person.tab().origin() + "/");
    Person stranger = new Person(home, shut);
    stranger.screen("unopened");
    take(stranger, "unopened");
    shut.page().close();
    page.close();
    home.close();
    stage.step("the first run is taken");
  }

  private void conversations(Script script) throws Exception {
    LiveHome me = home(script.who("me"));
    Person person = open(me);
    Page page = person.page();
    page.locator("[data-area='list'] [data-card]").first().waitFor();
    take(person, "list");
    String card = "";
    for (var chat : me.ask("chats").path("chats")) {
      if (chat.path("name").asText().equals(script.who("friend"))) {
        card = chat.path("card").asText();
      }
    }
    person.go("#/c/" + card).screen("talk");
    page.locator("[data-line]").first().waitFor();
    take(person, "talk");
    person.go("#/person/" + card).screen("person");
    take(person, "person");
    person.go("#/verify/" + card).screen("verify").locator("ol li").first().waitFor();
    take(person, "verify");
    person.go("#/invite").screen("invite").locator("[data-code]").waitFor();
    take(person, "invite");
    person.go("#/accept").screen("accept");
    take(person, "accept");
    person.go("#/connection").screen("connection");
    take(person, "connection");
    person.go("#/settings").screen("settings");
    take(person, "settings");
    person.go("#/help").screen("help");
    take(person, "help");
    over(person, card);
    me.kill();
    page.locator(".banner").first().waitFor();
    page.waitForTimeout(2_500);
    take(person, "stopped");
  }

  /** What lies over a conversation or beside it. */
  private void over(Person person, String card) throws IOException {
    Page page = person.page();
    size(page, 1280);
    person.go("#/c/" + card).screen("talk");
    page.locator("[data-line]").last().waitFor();
    page.locator("[data-line].mine button.meta").last().click();
    page.waitForTimeout(300);
    take(person, "message");
    page.keyboard().press("Escape");
    size(page, 1280);
    page.keyboard().press("Control+k");
    page.getByRole(AriaRole.COMBOBOX).waitFor();
    take(person, "find");
    page.keyboard().press("Escape");
    size(page, 1280);
    page.keyboard().press("Control+/");
    page.locator("[data-screen=shortcuts]").waitFor();
    take(person, "shortcuts");
    page.keyboard().press("Escape");
  }

  private static void size(Page page, int width) {
    page.setViewportSize(width, width < 720 ? 740 : 800);
  }

  /** A screen in its widths and themes; in Russian the two that differ most. */
  private void take(Person person, String screen) throws IOException {
    Page page = person.page();
    boolean russian = language.equals("ru");
    for (int width : new int[] {1280, 360}) {
      size(page, width);
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        boolean light = scheme == ColorScheme.LIGHT;
        if (russian && light != (width == 1280)) {
          continue;
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.waitForTimeout(250);
        String theme = scheme.name().toLowerCase(Locale.ROOT);
        String name = screen + (russian ? "-ru" : "") + "-" + theme + "-" + width + ".png";
        byte[] png =
            page.screenshot(
                new Page.ScreenshotOptions().setAnimations(ScreenshotAnimations.DISABLED));
        bytes += PalettePng.write(png, directory.resolve(name));
        count++;
      }
    }
    size(page, 1280);
  }
}
