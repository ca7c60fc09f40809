package org.wayfolk.daemon.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.wayfolk.daemon.control.Handler;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/** A page that is served in this process, on a home of its own. */
final class Served implements AutoCloseable {
  final Home home;
  final Page page;
  final int port;
  final Visitor visitor;

  Served(Path dir, Handler handler) throws Failure {
    home = Home.open(dir);
    page = Page.bind(home, Page.KEPT);
    port = home.config().page();
    visitor = new Visitor(port);
    page.serve(handler, "test", "01234567", () -> {});
  }

  /** A new code. */
  String code() throws Failure {
    String url = page.open(Json.object()).path("url").asText();
    return url.substring(url.indexOf("#code=") + 6);
  }

  /** A new token, bought with a code. */
  String token() throws Exception {
    return Json.parse(visitor.code(code()).body()).path("token").asText();
  }

  long refused(Refusals.Why why) {
    return page.status().path("refused").path(why.key()).asLong();
  }

  static ObjectNode request(long n, String what) {
    return Json.object().put("n", n).put("do", what);
  }

  @Override
  public void close() {
    page.close();
    home.close();
  }
}
