package org.wayfolk.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The parts of a conversation that need no daemon, run in the browser: what a hostile text becomes,
 * where a late line goes, what a mark may do. The files are served without any home.
 */
@Tag("browser")
final class ConversationScriptsTest {
  private static final Path FILES = Path.of("..", "daemon", "src", "main", "resources", "page");
  private static final String ORIGIN = "http://localhost:1";

  @RegisterExtension static final Stage stage = new Stage();

  @BeforeEach
  void open() {
    page = stage.tab().page();
    page.route(ORIGIN + "/**", ConversationScriptsTest::serve);
    page.navigate(ORIGIN + "/blank.html");
  }

  @org.jspecify.annotations.Nullable private Page page;

  private static void serve(Route route) {
    String path = route.request().url().substring(ORIGIN.length() + 1);
    boolean script = path.endsWith(".js") && Files.isRegularFile(FILES.resolve(path));
    route.fulfill(
        script
            ? new Route.FulfillOptions()
                .setPath(FILES.resolve(path))
                .setContentType("text/javascript")
            : new Route.FulfillOptions().setContentType("text/html").setBody("<title>.</title>"));
  }

  /** What an expression is worth; {@code x} is the argument, modules stand by their names. */
  private Object worth(String expression, Object x) {
    String script =
        """
        async x => {
          const talk = '/screens/talk/';
          const [parse, links, lines, news] = await Promise.all(
            ['parse', 'links', 'lines', 'news'].map(name => import(talk + name + '.js')));
          return JSON.stringify(%s);
        }
        """
            .formatted(expression);
    return java.util.Objects.requireNonNull(page).evaluate(script, x);
  }

  private Object spans(String text) {
    return worth("parse.blocks(parse.neutral(x)).flatMap(b => b.spans || b.items || [b])", text);
  }

  @Test
  void marksBecomeSpansAndMarkupStaysText() {
    assertThat(spans("*bold* and _it_ `a*b*c` 2*3*4"))
        .isEqualTo(
            "[{\"kind\":\"bold\",\"spans\":[{\"kind\":\"text\",\"text\":\"bold\"}]},"
                + "{\"kind\":\"text\",\"text\":\" and \"},"
                + "{\"kind\":\"italic\",\"spans\":[{\"kind\":\"text\",\"text\":\"it\"}]},"
                + "{\"kind\":\"text\",\"text\":\" \"},{\"kind\":\"code\",\"text\":\"a*b*c\"},"
                + "{\"kind\":\"text\",\"text\":\" 2*3*4\"}]");
    assertThat(spans("<img src=x onerror=alert(1)> [a](javascript:alert(1))"))
        .isEqualTo(
            "[{\"kind\":\"text\",\"text\":\"<img src=x onerror=alert(1)>"
                + " [a](javascript:alert(1))\"}]");
  }

  @Test
  void oneDashIsSpeechAndTwoAreAList() {
    assertThat(worth("parse.blocks(x).map(b => b.kind)", "- Yes, she said.")).isEqualTo("[\"p\"]");
    assertThat(worth("parse.blocks(x).map(b => b.kind)", "so:\n- a\n- b\n> q\n```\n<b>\n```"))
        .isEqualTo("[\"p\",\"list\",\"quote\",\"code\"]");
  }

  @Test
  void anAddressIsALinkOnlyIfItsHostIsWhatItShows() {
    String safe = "links.pieces(x).filter(p => p.kind === 'link').map(p => [p.to.safe, p.to.host])";
    assertThat(worth(safe, "see https://example.org/a_b_(c), and"))
        .isEqualTo(one(true, "example.org"));
    assertThat(worth(safe, "http://bank.com@evil.example/x")).isEqualTo(one(false, "evil.example"));
    assertThat(worth(safe, "https://\u0430pple.com/"))
        .as("a Cyrillic letter among Latin ones")
        .isEqualTo(one(false, "xn--pple-43d.com"));
    assertThat(worth(safe, "https://xn--pple-43d.com/")).isEqualTo(one(false, "xn--pple-43d.com"));
    assertThat(worth(safe, "https://0x7f.1/")).isEqualTo(one(false, "127.0.0.1"));
    assertThat(worth(safe, "https://a.example\u202Egro.knab/x"))
        .as("a sign that turns what follows")
        .isEqualTo("[]");
    for (String other : List.of("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x")) {
      assertThat(worth(safe, other)).as(other).isEqualTo("[]");
    }
  }

  private static String one(boolean safe, String host) {
    return "[[" + safe + ",\"" + host + "\"]]";
  }

  @Test
  void signsThatRearrangeATextAreTakenOut() {
    assertThat(worth("parse.neutral(x)", "a\u202Eb\u2066c\u2069\u0007\r\nd\u2028e"))
        .isEqualTo("\"abc\uFFFD\\nd\\ne\"");
  }

  @Test
  void hostileTextsOfTheGreatestLengthAreReadInAMoment() {
    for (String piece : List.of("*a ", "*a", "_", "`a`", "> ", "- \n", "```\n", "https://a.b( ")) {
      Object ms =
          worth(
              "(() => { const t = performance.now(); parse.blocks(parse.neutral(x)); "
                  + "return Math.round(performance.now() - t); })()",
              piece.repeat(65_536 / piece.length()));
      assertThat(Integer.parseInt((String) ms)).as("%s: ms", piece.strip()).isLessThan(2_000);
    }
  }

  @Test
  void oneToThreeEmojiAloneAreLarge() {
    for (String large : List.of("👍", "👨‍👩‍👧 🇷🇺", "❤️", "1️⃣")) {
      assertThat(worth("parse.onlyEmoji(x)", large)).as(large).isEqualTo("true");
    }
    for (String plain : List.of("12", "👍👍👍👍", "👍 yes", "#", "")) {
      assertThat(worth("parse.onlyEmoji(x)", plain)).as(plain).isEqualTo("false");
    }
  }

  private static Map<String, Object> line(String name, String state) {
    return Map.of(
        "message", name, "order", name, "mine", !state.equals("received"), "state", state);
  }

  @Test
  void aLateLineGoesToItsPlaceOnceAndWhatWasReadIsNotNew() {
    String late =
        """
        (() => {
          const view = {pinned: true, open: true, attended: true};
          const at = {...lines.EMPTY, lines: [x[0], x[2]], start: true, end: true};
          const now = lines.withLines(lines.withLines(at, [x[1]], view), [x[1]], view);
          return [now.lines.map(l => l.message).join(), now.newFrom, now.newCount];
        })()
        """;
    List<?> three = List.of(line("a", "received"), line("b", "received"), line("c", "received"));
    assertThat(worth(late, three)).isEqualTo("[\"a,b,c\",\"\",0]");
    String away = late.replace("attended: true", "attended: false");
    assertThat(worth(away, three)).as("nobody looked").isEqualTo("[\"a,b,c\",\"b\",1]");
  }

  @Test
  void aMarkNeverGoesBackwardsAndAFullWindowLosesItsOldest() {
    String back =
        """
        lines.withProgress({...lines.EMPTY, lines: [x]},
          [{message: 'a', state: 'sent', deliveries: []}]).lines[0].state
        """;
    assertThat(worth(back, line("a", "delivered"))).isEqualTo("\"delivered\"");
    assertThat(worth(back, line("a", "queued"))).isEqualTo("\"sent\"");
    String full =
        """
        (() => {
          const all = Array.from({length: 300}, (_, i) => ({...x, message: 'm' + i, order: String(1000 + i)}));
          const now = lines.withLines({...lines.EMPTY, start: true, end: true}, all,
            {pinned: true, open: true, attended: true});
          return [now.lines.length === lines.WINDOW, now.start, now.end, now.lines.at(-1).message];
        })()
        """;
    assertThat(worth(full, line("a", "received"))).isEqualTo("[true,false,true,\"m299\"]");
  }

  @Test
  void whatComesWhileTheHistoryIsReadIsNotLost() {
    String meanwhile =
        """
        (() => {
          const view = {pinned: true, open: true, attended: true};
          const told = [{...x[1], kind: 'message'}, {kind: 'progress', message: 'a', state: 'delivered'}];
          const reading = news.applied({...lines.EMPTY, loading: 'open'}, told, view);
          const read = lines.withWindow(reading, {messages: [x[0]], start: true, end: true});
          return news.caughtUp(read, true).lines.map(l => l.message + ' ' + l.state);
        })()
        """;
    assertThat(worth(meanwhile, List.of(line("a", "sent"), line("b", "received"))))
        .isEqualTo("[\"a delivered\",\"b received\"]");
  }
}
