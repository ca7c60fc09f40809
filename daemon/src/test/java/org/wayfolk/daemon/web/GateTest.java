package org.wayfolk.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.web.Visitor.Reply;

/** Who may ask at all: issue 5, "hostile pages", by raw HTTP. */
final class GateTest {
  @TempDir static Path tmp;
  private static Served served;
  private static Visitor visitor;

  @BeforeAll
  static void serve() throws Exception {
    served = new Served(tmp.resolve("home"), (what, request, events) -> Json.object());
    visitor = served.visitor;
  }

  @AfterAll
  static void end() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wayfolk.localhost", "localhost", "127.0.0.1", "[::1]"})
  void thePageAnswersToItsFourNames(String name) throws Exception {
    assertThat(visitor.ask("GET", "/", name + ":" + served.port, "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:PORT",
        "evil.localhost:PORT",
        "app.wayfolk.localhost:PORT",
        "wayfolk.localhost.evil.example:PORT",
        "wayfolk.localhost",
        "wayfolk.localhost:1",
        "localhost:PORT.evil.example",
        "127.0.0.2:PORT",
        "0.0.0.0:PORT",
        "[::ffff:127.0.0.1]:PORT",
        "127.1:PORT",
        "WAYFOLK.localhost:PORT0",
        "localhost.:PORT",
        "user@localhost:PORT",
        " "
      })
  void aReboundOrInventedNameIsRefused(String host) throws Exception {
    long before = served.refused(Refusals.Why.HOST) + served.refused(Refusals.Why.MALFORMED);
    Reply reply = visitor.ask("GET", "/", host.replace("PORT", "" + served.port), "");
    assertThat(reply.status()).isIn(400, 403);
    assertThat(reply.body()).doesNotContain("<");
    assertThat(served.refused(Refusals.Why.HOST) + served.refused(Refusals.Why.MALFORMED))
        .isGreaterThan(before);
  }

  @Test
  void aRequestWithoutANameOrWithTwoIsRefused() throws Exception {
    assertThat(visitor.raw("GET / HTTP/1.0\r\n\r\n").status()).isEqualTo(403);
    assertThat(visitor.raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status()).isEqualTo(400);
    String two = "Host: " + visitor.host() + "\r\nHost: " + visitor.host() + "\r\n";
    assertThat(visitor.raw("GET / HTTP/1.1\r\n" + two + "Connection: close\r\n\r\n").status())
        .isIn(400, 403);
  }

  @Test
  void aNameInTheFirstLineMustBeOursToo() throws Exception {
    assertThat(
            visitor
                .ask("GET", "http://evil.example:" + served.port + "/", visitor.host(), "")
                .status())
        .isIn(400, 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "http://localhost:1",
        "https://wayfolk.localhost:PORT",
        "http://localhost:PORT",
        "http://wayfolk.localhost",
        "http://app.wayfolk.localhost:PORT",
        "http://wayfolk.localhost:PORT/"
      })
  void anotherOriginMayNeitherAskNorOpenASocket(String origin) throws Exception {
    String header = "Origin: " + origin.replace("PORT", "" + served.port);
    String code = served.code();
    String body = "{\"code\":\"" + code + "\"}";
    String type = "Content-Type: application/json";
    assertThat(visitor.ask("POST", "/open", visitor.host(), body, header, type).status())
        .isEqualTo(403);
    assertThat(visitor.get("/", header).status()).isEqualTo(403);
    try (Guest guest = Guest.knock(served.port, visitor.host(), header)) {
      assertThat(guest.status()).isEqualTo(403);
    }
    assertThat(visitor.code(code).status()).as("the code was not used up").isEqualTo(200);
  }

  @Test
  void whoeverHidesTheirOriginMayNeitherAskNorOpenASocket() throws Exception {
    String body = "{\"code\":\"x\"}";
    assertThat(
            visitor
                .ask("POST", "/open", visitor.host(), body, "Content-Type: application/json")
                .status())
        .isEqualTo(403);
    try (Guest guest = Guest.knock(served.port, visitor.host())) {
      assertThat(guest.status()).isEqualTo(403);
    }
  }

  @Test
  void aSocketUnderAForeignNameIsRefused() throws Exception {
    String evil = "evil.example:" + served.port;
    try (Guest guest = Guest.knock(served.port, evil, "Origin: http://" + evil)) {
      assertThat(guest.status()).isEqualTo(403);
    }
  }

  @Test
  void aFormOfAnotherSiteCannotAsk() throws Exception {
    String body = "{\"code\":\"x\"}";
    for (String type :
        new String[] {
          "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"
        }) {
      assertThat(
              visitor
                  .ask(
                      "POST",
                      "/open",
                      visitor.host(),
                      body,
                      "Origin: " + visitor.origin(),
                      "Content-Type: " + type)
                  .status())
          .isEqualTo(400);
    }
    assertThat(visitor.ask("POST", "/open", visitor.host(), body, "Origin: null").status())
        .isEqualTo(403);
  }

  @Test
  void anotherSiteMayLeadToThePageAndLoadNothingOfIt() throws Exception {
    String cross = "Sec-Fetch-Site: cross-site";
    assertThat(
            visitor
                .get("/", cross, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
                .status())
        .as("our own file, which leads here, is another site too")
        .isEqualTo(200);
    assertThat(
            visitor.get("/", cross, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe").status())
        .isEqualTo(403);
    assertThat(
            visitor
                .get("/app.js", cross, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script")
                .status())
        .isEqualTo(403);
    assertThat(visitor.get("/app.js", "Sec-Fetch-Site: same-site").status())
        .as("another port of localhost is the same site")
        .isEqualTo(403);
    assertThat(visitor.get("/app.js", "Sec-Fetch-Site: same-origin").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "POST", "BREW"})
  void onlyReadingIsAllowed(String method) throws Exception {
    Reply reply = visitor.ask(method, "/", visitor.host(), "", "Origin: " + visitor.origin());
    assertThat(reply.status()).isIn(400, 405);
    assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void noReadingChangesAnything() throws Exception {
    String code = served.code();
    for (String path : new String[] {"/open?code=" + code, "/open", "/?code=" + code}) {
      visitor.get(path);
      visitor.ask("HEAD", path, visitor.host(), "");
    }
    assertThat(visitor.get("/open?code=" + code).status()).isEqualTo(405);
    assertThat(visitor.code(code).status()).as("it still works").isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../config",
        "/..%2fconfig",
        "/%2e%2e/config",
        "/%2e%2e%2fconfig",
        "/base/../../config",
        "/base/..;/config",
        "/..\\config",
        "/..%5cconfig",
        "//etc/passwd",
        "/./config",
        "/%00",
        "/app.js%00.html",
        "/page",
        "/config",
        "/base/",
        "/base",
        "/META-INF/MANIFEST.MF",
        "/org/wayfolk/daemon/Main.class",
        "file:///etc/passwd",
        "/%c0%ae%c0%ae/config"
      })
  void noPathLeadsOutOfThePage(String path) throws Exception {
    Reply reply = visitor.get(path);
    assertThat(reply.status()).isIn(400, 403, 404);
    assertThat(reply.body()).hasSizeLessThan(40);
  }

  @Test
  void everyAnswerCarriesTheRulesForBrowsers() throws Exception {
    Reply[] replies = {
      visitor.get("/"),
      visitor.get("/nothing"),
      visitor.get("/", "Origin: http://evil.example"),
      visitor.get("/%2e%2e/x"),
      visitor.ask("DELETE", "/", visitor.host(), ""),
      visitor.code("wrong")
    };
    for (Reply r : replies) {
      assertThat(r.header("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'")
          .contains("script-src 'self';")
          .contains("frame-ancestors 'none'")
          .contains("base-uri 'none'")
          .contains("form-action 'none'")
          .contains("require-trusted-types-for 'script'")
          .doesNotContain("unsafe");
      assertThat(r.header("X-Content-Type-Options")).contains("nosniff");
      assertThat(r.header("Referrer-Policy")).contains("no-referrer");
      assertThat(r.header("Cross-Origin-Opener-Policy")).contains("same-origin");
      assertThat(r.header("Cross-Origin-Resource-Policy")).contains("same-origin");
      assertThat(r.header("X-Frame-Options")).contains("DENY");
      assertThat(r.header("Set-Cookie")).isEmpty();
      assertThat(r.header("Server")).isEmpty();
      assertThat(r.header("Access-Control-Allow-Origin")).isEmpty();
    }
    try (Guest guest = Guest.come(served.port)) {
      assertThat(guest.head)
          .noneMatch(h -> h.toLowerCase(java.util.Locale.ROOT).contains("cookie"));
      assertThat(guest.head).noneMatch(h -> h.contains("permessage"));
    }
  }

  @Test
  void filesAreAskedForAnewAndSentOnlyIfTheyChanged() throws Exception {
    Reply first = visitor.get("/app.js");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("Content-Type").orElse("")).startsWith("text/javascript");
    assertThat(first.header("Cache-Control")).contains("no-cache");
    String tag = first.header("ETag").orElseThrow();
    Reply second = visitor.get("/app.js", "If-None-Match: " + tag);
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    Reply head = visitor.ask("HEAD", "/app.js", visitor.host(), "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(visitor.code(served.code()).header("Cache-Control")).contains("no-store");
  }

  @Test
  void aBodyThatIsTooLongIsNotRead() throws Exception {
    Reply reply = visitor.code("x".repeat(2_000));
    assertThat(reply.status()).isEqualTo(413);
    assertThat(served.refused(Refusals.Why.LARGE)).isPositive();
    String chunked =
        "POST /open HTTP/1.1\r\nHost: "
            + visitor.host()
            + "\r\nOrigin: "
            + visitor.origin()
            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
            + "Connection: close\r\n\r\nc\r\n{\"code\":\"x\"}\r\n0\r\n\r\n";
    assertThat(visitor.raw(chunked).status()).isEqualTo(400);
  }
}
