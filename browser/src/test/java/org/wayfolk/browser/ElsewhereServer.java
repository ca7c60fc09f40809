package org.wayfolk.browser;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A web server of somebody else: another origin on this machine, which serves what it is told. */
final class ElsewhereServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> pages = new ConcurrentHashMap<>();

  ElsewhereServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              pages
                  .getOrDefault(exchange.getRequestURI().getPath(), "")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          if (exchange.getRequestURI().getPath().startsWith("/strict")) {
            exchange.getResponseHeaders().set("Content-Security-Policy", "script-src 'self'");
          }
          // 204 for what nobody made, as the browser asks for an icon.
          exchange.sendResponseHeaders(
              body.length == 0 ? 204 : 200, body.length == 0 ? -1 : body.length);
          if (body.length > 0) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
  }

  /** Serves a page; under {@code /strict} with a policy against inline scripts. */
  String serve(String path, String html) {
    pages.put(path, html);
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
