package org.wayfolk.simulator.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the page of one {@link Watching} on loopback. It answers GET, and can change nothing. */
public final class WatchServer implements AutoCloseable {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> FILES =
      Map.of(
          "/", "watch.html",
          "/watch.js", "watch.js",
          "/watch.css", "watch.css");

  private static final Map<String, String> KINDS =
      Map.of("html", "text/html", "js", "text/javascript", "css", "text/css");

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Watching watching;
  private final Set<String> names;

  /**
   * Serves from now on.
   *
   * @param port of 127.0.0.1; 0 takes a free one
   * @throws IOException if the port is taken
   */
  public WatchServer(Watching watching, int port) throws IOException {
    this.watching = watching;
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    int bound = server.getAddress().getPort();
    names = Set.of("127.0.0.1:" + bound, "localhost:" + bound);
    server.createContext("/", this::answer);
    server.setExecutor(workers);
    server.start();
  }

  /** Where the page is. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
      String path = exchange.getRequestURI().getPath();
      if (!names.contains(host)) {
        say(exchange, 421, "text/plain", "this page has other names\n");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        say(exchange, 405, "text/plain", "GET\n");
      } else if (path.equals("/state")) {
        say(exchange, 200, "application/json", watching.state());
      } else if (path.matches("/failure/[0-9]{1,4}")) {
        String kept = watching.failure(Integer.parseInt(path.substring(9)));
        say(exchange, kept.isEmpty() ? 404 : 200, "application/json", kept);
      } else if (FILES.containsKey(path)) {
        String file = Objects.requireNonNull(FILES.get(path));
        String kind = Objects.requireNonNull(KINDS.get(file.substring(file.indexOf('.') + 1)));
        say(exchange, 200, kind, read(file));
      } else {
        say(exchange, 404, "text/plain", "nothing is here\n");
      }
    }
  }

  private static void say(HttpExchange to, int status, String kind, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    var headers = to.getResponseHeaders();
    headers.set("Content-Type", kind + "; charset=utf-8");
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    to.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      to.getResponseBody().write(body);
    }
  }

  private static String read(String file) throws IOException {
    try (InputStream in = WatchServer.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.close();
  }
}
