package org.wayfolk.daemon.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/** Serves files, codes, blobs and sockets on sockets that are bound already. */
final class PageServer {
  /** Sockets at once: more pages than a person looks at. */
  static final int MAX_SOCKETS = 16;

  /** Sockets that have not proven a token yet; each may take a handshake's time. */
  static final int MAX_STRANGERS = 16;

  /** Closed because there are too many; coming again later helps. */
  static final int CLOSE_MANY = 4429;

  /** TCP connections at once: what the sockets and a browser's six for each page come to. */
  private static final int MAX_CONNECTIONS = 128;

  /** Longest body: a code. */
  private static final int MAX_BODY = 1_024;

  /** Longest name in a request, headers and all. */
  private static final int MAX_HEAD = 8_192;

  private static final int MIN_THREADS = 4;
  private static final int MAX_THREADS = 24;

  /** A connection on which nobody says anything is closed; sockets stay. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** What the server needs of the page. */
  interface Shared extends PageSocket.Shared {
    /** Uses a code up; what the page gets for it. */
    Codes.Result use(String code);

    /** A token for a code that was right. */
    String token() throws Failure;

    Blobs blobs();

    Sites sites();
  }

  private final Shared shared;
  private final Assets assets;
  private final Javalin javalin;

  PageServer(Shared shared, Assets assets, Loopback loopback) {
    this.shared = shared;
    this.assets = assets;
    javalin = Javalin.create(c -> configure(c, loopback));
  }

  void start() {
    javalin.start();
  }

  void stop() {
    javalin.stop();
  }

  private void configure(JavalinConfig c, Loopback loopback) {
    c.startup.showJavalinBanner = false;
    c.startup.startupWatcherEnabled = false;
    c.startup.showOldJavalinVersionWarning = false;
    c.http.compressionStrategy = CompressionStrategy.NONE;
    c.http.maxRequestSize = MAX_BODY;
    c.jetty.threadPool = threads();
    c.jetty.modifyHttpConfiguration(h -> {
      h.setSendServerVersion(false);
      h.setSendXPoweredBy(false);
      h.setRequestHeaderSize(MAX_HEAD);
      h.setIdleTimeout(IDLE.toMillis());
    });
    for (ServerSocketChannel socket : loopback.sockets()) {
      c.jetty.addConnector((server, http) -> connector(server, http, socket));
    }
    c.jetty.modifyServer(server -> {
      Gate gate = new Gate(shared.sites(), shared.refusals());
      gate.setHandler(WebSocketUpgradeHandler.from(server, this::sockets));
      server.setHandler(gate);
      server.setErrorHandler(new PlainErrors(shared.refusals()));
      server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
      server.setStopTimeout(0);
    });
    routes(c.routes);
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool pool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, 10_000);
    pool.setName("wayfolk-page");
    pool.setDaemon(true);
    return pool;
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, ServerSocketChannel socket) {
    ServerConnector connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
    connector.setIdleTimeout(IDLE.toMillis());
    try {
      connector.open(socket);
    } catch (IOException e) {
      throw new IllegalStateException("a bound socket can be served", e);
    }
    return connector;
  }

  private void routes(RoutesConfig routes) {
    routes.get("/*", this::get);
    routes.head("/*", this::get);
    routes.post(Gate.OPEN, this::open);
    routes.error(404, ctx -> ctx.result("nothing is here\n").contentType("text/plain"));
  }

  /**
   * Sockets pass the framework by: its upgrade sets a cookie, and a cookie goes to every port of
   * this machine. No extension is agreed on: compressing costs more than the loopback does.
   */
  private void sockets(ServerWebSocketContainer container) {
    container.setMaxTextMessageSize(PageSocket.MAX_FRAME);
    container.setMaxBinaryMessageSize(1);
    container.setMaxFrameSize(PageSocket.MAX_FRAME);
    container.setIdleTimeout(Duration.ZERO); // a page in the background says nothing for hours
    container.addMapping(
        Gate.SOCKET,
        (request, response, callback) -> {
          response.setExtensions(List.of());
          return new PageSocket(shared);
        });
  }

  private void get(Context ctx) throws IOException {
    String path = ctx.path();
    if (path.startsWith(Gate.BLOBS)) {
      blob(ctx, path.substring(Gate.BLOBS.length()));
      return;
    }
    Assets.Asset asset = assets.find(path);
    if (asset == null) {
      shared.refusals().count(Refusals.Why.PATH);
      ctx.status(404).header("Cache-Control", "no-store");
      return;
    }
    // Asked for anew each time, and answered without the bytes if they are the same: a page is
    // never made of two versions.
    ctx.header("Cache-Control", "no-cache").header("ETag", asset.tag());
    if (asset.tag().equals(ctx.header("If-None-Match"))) {
      ctx.status(304);
      return;
    }
    ctx.contentType(asset.type()).result(asset.bytes());
  }

  private void blob(Context ctx, String id) throws IOException {
    ctx.header("Cache-Control", "no-store");
    boolean takes = ctx.req().getMethod().equals("GET");
    Blobs.Offer offer = takes ? shared.blobs().take(id) : shared.blobs().look(id);
    if (offer == null) {
      shared.refusals().count(Refusals.Why.BLOB);
      ctx.status(404);
      return;
    }
    ctx.contentType("application/octet-stream")
        .header("Content-Disposition", "attachment; filename=\"" + offer.name() + "\"");
    ctx.res().setContentLengthLong(Files.size(offer.file()));
    if (takes) {
      try {
        Files.copy(offer.file(), ctx.res().getOutputStream());
      } finally {
        Blobs.delete(offer.file());
      }
    }
  }

  private void open(Context ctx) {
    ctx.header("Cache-Control", "no-store");
    if (ctx.req().getContentLengthLong() > MAX_BODY) {
      refuse(ctx, 413, Refusals.Why.LARGE);
      return;
    }
    String code = code(ctx);
    if (code == null) {
      refuse(ctx, 400, Refusals.Why.MALFORMED);
      return;
    }
    switch (shared.use(code)) {
      case WRONG -> refuse(ctx, 403, Refusals.Why.CODE);
      case TOO_MANY -> refuse(ctx, 429, Refusals.Why.CODE_RATE);
      case RIGHT -> {
        try {
          ObjectNode out = Json.object().put("token", shared.token()).put("word", Codes.word(code));
          ctx.contentType("application/json").result(Json.line(out));
        } catch (Failure e) {
          ctx.status(500).result(e.line() + "\n");
        }
      }
    }
  }

  private void refuse(Context ctx, int status, Refusals.Why why) {
    shared.refusals().count(why);
    ctx.status(status).result("refused: " + why.key() + "\n");
  }

  /** JSON and nothing that a form could send; so a browser asks us first before it sends it. */
  private static @Nullable String code(Context ctx) {
    boolean json = "application/json".equals(ctx.req().getContentType());
    if (!json || ctx.req().getContentLengthLong() < 0) {
      return null;
    }
    try {
      String code =
          Json.parse(new String(ctx.bodyAsBytes(), StandardCharsets.UTF_8)).path("code").asText();
      return code.isEmpty() ? null : code;
    } catch (IOException e) {
      return null;
    }
  }
}
