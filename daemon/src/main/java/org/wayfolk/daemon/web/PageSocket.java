package org.wayfolk.daemon.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.exceptions.MessageTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.control.Handler;
import org.wayfolk.daemon.control.Wire;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/**
 * One page's socket: the handshake, then many requests at once, each with the page's number. The
 * server calls from one thread at a time; requests run on threads of their own. Public for the
 * server's sake, which looks its methods up; nobody else can make one.
 */
public final class PageSocket implements Session.Listener.AutoDemanding {
  /** Longest frame of a page: a request of the control socket, with its number. */
  static final int MAX_FRAME = Wire.MAX_REQUEST;

  /** Requests of one page at once: a busy page has a handful. */
  static final int MAX_REQUESTS = 64;

  /** A page answers the challenge at once; whoever does not is none. */
  static final Duration HANDSHAKE = Duration.ofSeconds(10);

  /** A browser answers a farewell at once. */
  static final Duration FAREWELL = Duration.ofSeconds(1);

  /** Closed because it asked wrongly, so that coming again helps nothing. */
  static final int CLOSE_WRONG = 4400;

  private static final Logger LOG = LoggerFactory.getLogger(PageSocket.class);

  /** Keys of what goes to a page. */
  private static final String NUMBER = "n";

  /** What all sockets share. */
  interface Shared {
    /** Begins a handshake. */
    Handshake handshake();

    /** What a page is told once it is in. */
    ObjectNode welcome();

    /** Answers requests. */
    Handler handler();

    /** Counts. */
    Refusals refusals();

    /** A stranger has come; false if too many are there. */
    boolean arrived(PageSocket socket);

    /** It has proven its token; false if too many pages are in. */
    boolean admit(PageSocket socket);

    /** It has gone. */
    void gone(PageSocket socket);
  }

  private final Shared shared;
  private final Map<Long, Thread> working = new ConcurrentHashMap<>();
  private volatile @Nullable Link link;
  private @Nullable Handshake handshake;
  private volatile Tokens.@Nullable Entry token;
  private volatile boolean closed;

  /** The open connection and what waits to leave by it. */
  private record Link(Session session, Outgoing out) {}

  PageSocket(Shared shared) {
    this.shared = shared;
    handshake = shared.handshake();
  }

  @Override
  public void onWebSocketOpen(Session session) {
    Runnable slow = () -> shared.refusals().count(Refusals.Why.SLOW);
    link = new Link(session, new Outgoing(session, slow));
    if (!shared.arrived(this)) {
      refuse(PageServer.CLOSE_MANY, Refusals.Why.SOCKETS);
      return;
    }
    Thread.ofVirtual().name("wayfolk-page-handshake").start(this::await);
  }

  @Override
  public void onWebSocketText(String frame) {
    heard(frame);
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    refuse(CLOSE_WRONG, Refusals.Why.MALFORMED);
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    if (cause instanceof MessageTooLargeException) {
      shared.refusals().count(Refusals.Why.LARGE);
    }
    gone();
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    callback.succeed();
    gone();
  }

  private void await() {
    try {
      Thread.sleep(HANDSHAKE);
    } catch (InterruptedException e) {
      return;
    }
    if (!closed && token == null) {
      shared.refusals().count(Refusals.Why.LATE);
      Link l = link;
      if (l != null) {
        l.session().disconnect();
      }
    }
  }

  /** Whether it came in with that token. */
  boolean has(Tokens.Entry other) {
    Tokens.Entry t = token;
    return t != null && t.name().equals(other.name());
  }

  private void heard(String frame) {
    ObjectNode said;
    try {
      said = Json.parse(frame);
    } catch (IOException e) {
      refuse(CLOSE_WRONG, Refusals.Why.MALFORMED);
      return;
    }
    Handshake opening = handshake;
    if (opening == null) {
      request(said);
      return;
    }
    switch (opening.on(said)) {
      case Handshake.Say say -> send(Json.line(say.what()));
      case Handshake.Refuse no -> refuse(no.code(), no.why());
      case Handshake.Open open -> {
        token = open.token();
        handshake = null;
        if (shared.admit(this)) {
          send(Json.line(Json.object().set("open", shared.welcome())));
        } else {
          refuse(PageServer.CLOSE_MANY, Refusals.Why.SOCKETS);
        }
      }
    }
  }

  private void request(ObjectNode said) {
    JsonNode n = said.path(NUMBER);
    if (!n.isIntegralNumber() || !n.canConvertToLong()) {
      refuse(CLOSE_WRONG, Refusals.Why.MALFORMED);
      return;
    }
    long number = n.asLong();
    if (said.path("stop").asBoolean()) {
      Thread t = working.get(number);
      if (t != null) {
        t.interrupt();
      }
      return;
    }
    String what = said.path("do").asText();
    Failure no = unfit(what, said, number);
    if (no != null) {
      tell(number, Wire.failed(no));
      return;
    }
    Thread work =
        Thread.ofVirtual()
            .name("wayfolk-page-request")
            .unstarted(() -> {
              ObjectNode answer = answer(number, what, said);
              working.remove(number); // first, so that the page may use its number again
              tell(number, answer);
            });
    working.put(number, work);
    if (closed) {
      working.remove(number);
    } else {
      work.start();
    }
  }

  private @Nullable Failure unfit(String what, ObjectNode said, long number) {
    if (working.containsKey(number)) {
      return Failure.usage("number " + number + " is being answered", "count upwards");
    }
    if (working.size() >= MAX_REQUESTS) {
      shared.refusals().count(Refusals.Why.REQUESTS);
      return new Failure(
          Exit.FAILED, MAX_REQUESTS + " requests are being answered", "try again soon", "busy");
    }
    // A page has no business with files of the machine, and must not make itself another token.
    boolean files = (what.equals("backup") || what.equals("export")) && said.has("file");
    boolean codes = what.equals("open") && !said.path("forget").asBoolean();
    if (files || codes) {
      shared.refusals().count(Refusals.Why.NOT_HERE);
      return new Failure(
          Exit.REFUSED, "a page may not ask for that", "use the command line", "not_here");
    }
    return null;
  }

  private ObjectNode answer(long number, String what, ObjectNode said) {
    try {
      return Wire.done(
          shared
              .handler()
              .handle(
                  what,
                  said,
                  event -> {
                    if (!tell(number, Wire.event(event))) {
                      throw new IOException("the page is gone");
                    }
                  }));
    } catch (Failure e) {
      return Wire.failed(e);
    } catch (InterruptedException e) {
      return Wire.done(Json.object().put("stopped", true));
    } catch (IOException e) {
      if (!closed) {
        LOG.warn("page request {}: {}", what, e.toString());
      }
      return Wire.failed(Failure.failed("that could not be done (" + e + ")", "see the log"));
    } catch (RuntimeException e) {
      LOG.error("page request failed: our bug", e);
      return Wire.failed(
          Failure.failed("the node has a bug (" + e + ")", "please report it; its log says more"));
    }
  }

  private boolean tell(long number, ObjectNode what) {
    String frame = Json.line(Json.object().put(NUMBER, number).setAll(what));
    if (frame.length() > Wire.MAX_ANSWER) {
      Failure long_ =
          new Failure(Exit.FAILED, "the answer is too long", "ask for less at once", "too_long");
      frame = Json.line(Json.object().put(NUMBER, number).setAll(Wire.failed(long_)));
    }
    return send(frame);
  }

  private boolean send(String frame) {
    Link l = link;
    return l != null && l.out().offer(frame);
  }

  private void refuse(int code, Refusals.Why why) {
    shared.refusals().count(why);
    close(code, why.key());
  }

  /** Ends it. */
  void close(int code, String why) {
    Link l = link;
    if (l != null) {
      l.out().end();
      l.session().close(code, why, Callback.NOOP);
      Thread.ofVirtual().name("wayfolk-page-farewell").start(() -> cut(l.session()));
    }
    gone();
  }

  /** Whoever does not answer a farewell must not keep the connection. */
  private static void cut(Session session) {
    try {
      Thread.sleep(FAREWELL);
    } catch (InterruptedException e) {
      // Then at once.
    }
    session.disconnect();
  }

  /** The other side has gone, or we have: what it asked for ends. */
  private void gone() {
    closed = true;
    Link l = link;
    if (l != null) {
      l.out().end();
    }
    working.values().forEach(Thread::interrupt);
    shared.gone(this);
  }
}
