package org.wayfolk.daemon.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.control.Handler;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/**
 * The local page of one running node. Its port is bound when it is made, so that its address is
 * known and nobody else gets it; it answers once {@link #serve} was called, in the background, for
 * a node need not wait for its page. Thread-safe.
 */
public final class Page implements AutoCloseable {
  /** The port to ask for when the home's own is wanted. */
  public static final int KEPT = 0;

  /** No page. */
  public static final int OFF = -1;

  private static final String TOKENS = "page";

  private final Home home;
  private final Loopback loopback;
  private final Sites sites;
  private final boolean moved;
  private final SecureRandom random = new SecureRandom();
  private final Refusals refusals = new Refusals();
  private final Codes codes = new Codes(random, System::nanoTime);
  private final Blobs blobs = new Blobs(random, System::nanoTime);
  private final Tokens tokens;
  private final byte[] nobody = random.generateSeed(Secrets.LENGTH);
  private final Set<PageSocket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<PageSocket> strangers = ConcurrentHashMap.newKeySet();
  private @Nullable PageServer server;
  private boolean closed;
  private volatile @Nullable String trouble;

  private Page(Home home, Loopback loopback, boolean moved) {
    this.home = home;
    this.loopback = loopback;
    this.moved = moved;
    sites = new Sites(loopback.port());
    tokens = new Tokens(new File(home), random, InstantSource.system());
  }

  /** The file in the home. */
  private record File(Home home) implements Tokens.Disk {
    @Override
    public byte[] read() throws IOException {
      Path file = home.dir().resolve(TOKENS);
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    @Override
    public void write(byte[] content) throws Failure {
      home.write(TOKENS, content);
    }
  }

  /**
   * Binds the page's port: the one asked for, else the one kept for the home, else a new one. If it
   * is another than was kept, whoever has the old one may have been given tokens by pages that were
   * still open, so all of them are revoked.
   *
   * @param wanted a port, or {@link #KEPT}
   * @throws Failure if the port that was asked for is taken, or the disk fails: without a durable
   *     end of the old tokens there is no page
   */
  public static Page bind(Home home, int wanted) throws Failure {
    int kept = home.config().page();
    Loopback loopback = loopback(wanted, kept);
    boolean other = kept != 0 && loopback.port() != kept;
    Page page = new Page(home, loopback, other && wanted == KEPT);
    OpeningFile.sweep(home.dir());
    try {
      if (other) {
        page.tokens.revoke();
      }
      home.keepPage(loopback.port());
    } catch (Failure e) {
      loopback.close();
      throw e;
    }
    return page;
  }

  private static Loopback loopback(int wanted, int kept) throws Failure {
    int first = wanted == KEPT ? kept : wanted;
    Optional<Loopback> bound = first == 0 ? Optional.empty() : Loopback.bind(first);
    if (bound.isPresent()) {
      return bound.get();
    }
    if (wanted != KEPT) {
      throw Failure.failed(
          "port " + wanted + " of 127.0.0.1 or [::1] is in use by another program",
          "end that program, or choose another port with --page PORT");
    }
    try {
      return Loopback.any(new SecureRandom());
    } catch (IOException e) {
      throw Failure.failed("the page cannot be served (" + e.getMessage() + ")", "use --page off");
    }
  }

  /** Whether the kept port was not to be had, so that all pages were signed out. */
  public boolean moved() {
    return moved;
  }

  /** Where people go. */
  public String address() {
    return sites.address();
  }

  /** Where files are offered. */
  public Blobs blobs() {
    return blobs;
  }

  /**
   * Begins to answer, in the background.
   *
   * @param handler what answers requests
   * @param version of the program, for pages
   * @param name of the home: the same at each start, and another for each home
   * @param served called once it answers
   */
  public void serve(Handler handler, String version, String name, Runnable served) {
    ObjectNode welcome = Json.object().put("version", version).put("home", name);
    Thread.ofPlatform().daemon().name("wayfolk-page").start(() -> run(handler, welcome, served));
  }

  private void run(Handler handler, ObjectNode welcome, Runnable served) {
    try {
      PageServer made = new PageServer(new Inside(handler, welcome), Assets.load(), loopback);
      synchronized (this) {
        if (closed) {
          return;
        }
        made.start();
        server = made;
      }
      if (Boolean.getBoolean(Rehearsal.PROPERTY)) {
        Rehearsal.visit(sites);
      }
      served.run();
    } catch (IOException | RuntimeException e) {
      trouble = String.valueOf(e.getMessage());
      LoggerFactory.getLogger(Page.class).error("page: it cannot be served", e);
      loopback.close();
    }
  }

  /** What the server and its sockets use of this page. */
  private final class Inside implements PageServer.Shared {
    private final Handler handler;
    private final ObjectNode welcome;

    Inside(Handler handler, ObjectNode welcome) {
      this.handler = handler;
      this.welcome = welcome;
    }

    @Override
    public Codes.Result use(String code) {
      Codes.Result result = codes.use(code);
      if (result == Codes.Result.RIGHT) {
        OpeningFile.sweep(home.dir());
      }
      return result;
    }

    @Override
    public String token() throws Failure {
      return tokens.make();
    }

    @Override
    public Blobs blobs() {
      return blobs;
    }

    @Override
    public Sites sites() {
      return sites;
    }

    @Override
    public Handshake handshake() {
      return new Handshake(tokens, nobody, random);
    }

    @Override
    public ObjectNode welcome() {
      return welcome;
    }

    @Override
    public Handler handler() {
      return handler;
    }

    @Override
    public Refusals refusals() {
      return refusals;
    }

    @Override
    public boolean arrived(PageSocket socket) {
      synchronized (sockets) {
        return strangers.size() < PageServer.MAX_STRANGERS && strangers.add(socket);
      }
    }

    @Override
    public boolean admit(PageSocket socket) {
      synchronized (sockets) {
        strangers.remove(socket);
        return sockets.size() < PageServer.MAX_SOCKETS && sockets.add(socket);
      }
    }

    @Override
    public void gone(PageSocket socket) {
      strangers.remove(socket);
      sockets.remove(socket);
    }
  }

  /**
   * Answers {@code open}: a new code, or with {@code forget} the end of all pages.
   *
   * @throws Failure if the disk fails, or the page is not served
   */
  public ObjectNode open(ObjectNode request) throws Failure {
    if (request.path("forget").asBoolean()) {
      return forget();
    }
    String why = trouble;
    if (why != null) {
      throw Failure.failed("the page cannot be served (" + why + ")", "see the log");
    }
    String code = codes.make();
    String url = address() + "#code=" + code;
    Path file = OpeningFile.write(home, url, Codes.LIFE, random);
    return Json.object()
        .put("url", url)
        .put("address", address())
        .put("file", file.toString())
        .put("word", Codes.word(code))
        .put("expiresMs", Codes.LIFE.toMillis())
        .put("moved", moved);
  }

  private ObjectNode forget() throws Failure {
    int pages = tokens.size();
    codes.clear();
    OpeningFile.sweep(home.dir());
    try {
      tokens.revoke();
    } finally {
      List.copyOf(sockets).forEach(s -> s.close(Handshake.CLOSE_TOKEN, "forgotten"));
    }
    return Json.object().put("forgotten", pages);
  }

  /** What {@code status} says of the page. */
  public ObjectNode status() {
    ObjectNode out = Json.object().put("address", address()).put("moved", moved);
    String why = trouble;
    if (why != null) {
      out.put("trouble", why);
    }
    out.put("open", sockets.size()).put("known", tokens.size());
    return out.set("refused", refusals.json());
  }

  /** Ends it; pages see their sockets close. */
  @Override
  public void close() {
    PageServer s;
    synchronized (this) {
      closed = true;
      s = server;
    }
    List.copyOf(sockets).forEach(p -> p.close(1001, "the node ends"));
    if (s != null) {
      s.stop();
    }
    loopback.close();
    blobs.close();
    OpeningFile.sweep(home.dir());
  }

  /** Bytes of a home's stable name, as pages know it. */
  public static String name(String id) {
    byte[] hash = Secrets.sha256(("wayfolk page home\0" + id).getBytes(StandardCharsets.UTF_8));
    return Secrets.hex(hash).substring(0, 8);
  }
}
