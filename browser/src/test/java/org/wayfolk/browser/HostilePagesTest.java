package org.wayfolk.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.LoadState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a page of somebody else may try from the user's own browser: from a foreign name, from this
 * machine's names, from the page's own name on another port, and from a name that was bound anew to
 * this machine (DNS rebinding). What the daemon says to raw HTTP is tested beside it.
 */
@Tag("browser")
final class HostilePagesTest {
  private static final String FOREIGN = "evil.example";

  @RegisterExtension
  static final Stage stage = new Stage("--host-resolver-rules=MAP *.example 127.0.0.1");

  /** A home, its page's port, and a server of somebody else. */
  private record Scene(LiveHome home, int port, List<String> origins) {
    String code() throws Exception {
      return home.address().replaceAll(".*#code=", "");
    }
  }

  private Scene scene() throws Exception {
    LiveHome home = stage.friends().one();
    int port = URI.create(home.address()).getPort();
    ElsewhereServer server = stage.with(new ElsewhereServer());
    int other = URI.create(server.serve("/", "<title>elsewhere</title>")).getPort();
    stage.step("a home is up");
    return new Scene(
        home,
        port,
        List.of(
            "http://" + FOREIGN + ":" + other,
            "http://127.0.0.1:" + other,
            "http://localhost:" + other,
            "http://wayfolk.localhost:" + other));
  }

  /** A tab of a stranger: what the browser says to its tries is no complaint of ours. */
  private Page stranger(String address) {
    return stage.tab().allow("").open(address).page();
  }

  private static List<String> hosts(Scene scene) {
    return List.of(
        "wayfolk.localhost:" + scene.port,
        "localhost:" + scene.port,
        "127.0.0.1:" + scene.port,
        "[::1]:" + scene.port);
  }

  /** Buys a token as the page does; the status. */
  private static int buy(Scene scene, String code) throws Exception {
    URI at = URI.create("http://127.0.0.1:" + scene.port + "/open");
    HttpRequest request =
        HttpRequest.newBuilder(at)
            .header("Origin", "http://127.0.0.1:" + scene.port)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + code + "\"}"))
            .build();
    HttpClient.Builder plain = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    try (HttpClient client = plain.build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }

  /** Every way of a page to send a code somewhere; answers what it could read of answers. */
  private static final String SEND_CODE =
      """
      async ({target, code}) => {
        const read = [];
        const body = JSON.stringify({code});
        const tell = async (how, fn) => {
          try { const a = await fn(); if (a) read.push(how + ': ' + a); } catch {}
        };
        const text = async answer => answer.type === 'opaque' ? '' : answer.status + ' ' + await answer.text();
        await tell('simple', async () => text(await fetch(target, {method: 'POST', mode: 'no-cors', body})));
        await tell('json', async () => text(await fetch(target,
          {method: 'POST', headers: {'Content-Type': 'application/json'}, body})));
        await tell('with cookies', async () => text(await fetch(target,
          {method: 'POST', mode: 'no-cors', credentials: 'include', body})));
        await tell('get', async () => text(await fetch(target + '?code=' + code)));
        await tell('beacon', async () => { navigator.sendBeacon(target, body); });
        await tell('beacon json', async () => {
          navigator.sendBeacon(target, new Blob([body], {type: 'application/json'})); });
        await tell('image', () => new Promise(done => {
          const image = new Image();
          image.onload = () => done('shown');
          image.onerror = () => done('');
          image.src = target + '?code=' + code;
        }));
        await tell('form', () => new Promise(done => {
          const frame = document.createElement('iframe');
          frame.name = 'f' + Math.random();
          document.body.append(frame);
          const form = document.createElement('form');
          form.method = 'POST'; form.action = target; form.target = frame.name; form.enctype = 'text/plain';
          const field = document.createElement('input');
          field.name = '{"code":"' + code + '","x":"'; field.value = '"}';
          form.append(field); document.body.append(form);
          frame.onload = () => {
            let seen = '';
            try { seen = frame.contentDocument.body.textContent; } catch {}
            done(seen);
          };
          form.submit();
          setTimeout(() => done(''), 500);
        }));
        return read;
      }
      """;

  @Test
  void noRequestOfAnotherOriginUsesUpACode() throws Exception {
    Scene scene = scene();
    for (String origin : scene.origins) {
      String code = scene.code();
      Page page = stranger(origin);
      for (String host : hosts(scene)) {
        Object read =
            page.evaluate(SEND_CODE, Map.of("target", "http://" + host + "/open", "code", code));
        assertThat((List<?>) read).as(origin + " to " + host).isEmpty();
      }
      page.close();
      assertThat(buy(scene, code)).as("the code is still good, once").isEqualTo(200);
      assertThat(buy(scene, code)).isBetween(400, 499);
      stage.step(origin + " got nothing");
    }
  }

  private static final String OPEN_SOCKET =
      """
      address => new Promise(done => {
        const socket = new WebSocket(address);
        socket.onopen = () => { done('open'); socket.close(); };
        socket.onclose = socket.onerror = () => done('refused');
        setTimeout(() => done('silent'), 20000);
      })
      """;

  @Test
  void noSocketOfAnotherOriginOpens() throws Exception {
    Scene scene = scene();
    for (String origin : scene.origins) {
      Page page = stranger(origin);
      for (String host : hosts(scene)) {
        assertThat(page.evaluate(OPEN_SOCKET, "ws://" + host + "/socket"))
            .as(origin + " to " + host)
            .isEqualTo("refused");
      }
      page.close();
    }
    Page own = stranger("http://wayfolk.localhost:" + scene.port + "/");
    assertThat(own.evaluate(OPEN_SOCKET, "ws://wayfolk.localhost:" + scene.port + "/socket"))
        .as("canary: our own origin is let in, to prove itself")
        .isEqualTo("open");
    assertThat(own.evaluate(OPEN_SOCKET, "ws://localhost:" + scene.port + "/socket"))
        .as("from one of our names to another")
        .isEqualTo("refused");
  }

  @Test
  void noPageCanFrameIt() throws Exception {
    Scene scene = scene();
    for (String origin : scene.origins) {
      Page page = stranger(origin);
      page.evaluate(
          """
          address => {
            const frame = document.createElement('iframe');
            frame.src = address;
            document.body.append(frame);
            return new Promise(done => { frame.onload = done; setTimeout(done, 3000); });
          }
          """,
          "http://wayfolk.localhost:" + scene.port + "/");
      for (Frame frame : page.frames()) {
        assertThat(frame.locator("#root").count()).as(origin + " " + frame.url()).isZero();
      }
      page.close();
    }
  }

  @Test
  void aNameBoundToThisMachineGetsNeitherThePageNorASocketNorAToken() throws Exception {
    Scene scene = scene();
    String code = scene.code();
    String origin = "http://" + FOREIGN + ":" + scene.port;
    Tab tab = stage.tab().allow("");
    Response answer = tab.page().navigate(origin + "/");
    assertThat(answer).isNotNull();
    assertThat(answer.status()).isBetween(400, 499);
    assertThat(tab.page().locator("#root").count()).isZero();
    assertThat(tab.page().evaluate(OPEN_SOCKET, "ws://" + FOREIGN + ":" + scene.port + "/socket"))
        .isEqualTo("refused");
    Object read = tab.page().evaluate(SEND_CODE, Map.of("target", origin + "/open", "code", code));
    assertThat((List<?>) read)
        .as("what it may read of its own name are refusals")
        .allSatisfy(each -> assertThat((String) each).doesNotContain("token").contains(": 4"));
    assertThat(buy(scene, code)).isEqualTo(200);
  }

  @Test
  void nothingOfItCanBeTakenIntoAnotherPage() throws Exception {
    Scene scene = scene();
    String page = "http://wayfolk.localhost:" + scene.port;
    for (String origin : scene.origins) {
      Object taken =
          stranger(origin)
              .evaluate(
                  """
                  async page => {
                    const taken = [];
                    const load = (tag, more) => new Promise(done => {
                      const e = Object.assign(document.createElement(tag), more);
                      e.onload = () => { taken.push(tag + ' ' + (more.type || '')); done(); };
                      e.onerror = done;
                      document.head.append(e);
                    });
                    await load('script', {src: page + '/theme.js'});
                    await load('script', {src: page + '/app.js', type: 'module'});
                    await load('link', {href: page + '/style/base.css', rel: 'stylesheet'});
                    await load('img', {src: page + '/icon.svg'});
                    await fetch(page + '/').then(() => taken.push('fetch')).catch(() => {});
                    return taken;
                  }
                  """,
                  page);
      assertThat((List<?>) taken).as(origin).isEmpty();
    }
  }

  @Test
  void whoOpensItsWindowHasNoHoldOfIt() throws Exception {
    Scene scene = scene();
    for (String origin : scene.origins) {
      Page page = stranger(origin);
      Page opened =
          page.waitForPopup(() ->
              page.evaluate(
                  "address => { window.w = window.open(address); }",
                  "http://wayfolk.localhost:" + scene.port + "/"));
      opened.waitForLoadState(LoadState.LOAD);
      assertThat(opened.evaluate("() => window.opener")).as(origin).isNull();
      assertThat(page.evaluate("() => window.w.closed || window.w.length === undefined"))
          .as(origin)
          .isEqualTo(true);
      opened.close();
      page.close();
    }
  }

  @Test
  void aCodeLeavesTheAddressAndIsGoodOnce() throws Exception {
    Scene scene = scene();
    String address = scene.home.address();
    String code = address.replaceAll(".*#code=", "");
    BrowserContext ours = stage.browser().newContext(Stage.english());
    Tab tab = stage.tab(ours).open(address);
    tab.page().waitForSelector("[data-screen]");
    assertThat(tab.page().url()).doesNotContain(code);
    assertThat(tab.page().content()).doesNotContain(code);
    Object kept =
        tab.page()
            .evaluate("() => JSON.stringify([sessionStorage, localStorage, document.cookie])");
    assertThat((String) kept).doesNotContain(code);
    assertThat(ours.cookies()).isEmpty();
    tab.page().goBack();
    assertThat(tab.page().url()).doesNotContain(code);
    Tab second = stage.tab().allow("status of 4").open(address);
    second.page().waitForSelector("[data-screen=unopened]");
    assertThat(second.page().content()).doesNotContain(code);
  }
}
