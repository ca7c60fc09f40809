package org.wayfolk.daemon.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.Handler;
import org.wayfolk.daemon.people.PeopleRequests;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.web.Page;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.Send;
import org.wayfolk.id.NodeId;
import org.wayfolk.trace.TraceHop;
import org.wayfolk.trace.Traces;
import org.wayfolk.transport.Address;

/** What the running node does for commands; each request is described in docs/control-socket.md. */
public final class Requests implements Handler {
  /** Longest wait that a request may ask for. */
  private static final Duration MAX_WAIT = Duration.ofMinutes(10);

  /** How often a followed status is told. */
  private static final Duration WATCH = Duration.ofSeconds(1);

  private final LocalNode node;
  private final Ring<RawMessage> ring;
  private final Carrying carrying;
  private final long startedMillis = System.currentTimeMillis();
  private final Handler people;
  private final Runnable leave;
  private final @Nullable Page page;

  /**
   * The requests of one node.
   *
   * @param people what answers requests about people
   * @param leave begins a graceful end of the process; returns at once
   * @param page null if none is served
   */
  Requests(
      LocalNode node,
      Ring<RawMessage> ring,
      Carrying carrying,
      Handler people,
      Runnable leave,
      @Nullable Page page) {
    this.node = node;
    this.ring = ring;
    this.carrying = carrying;
    this.people = people;
    this.leave = leave;
    this.page = page;
  }

  @Override
  public ObjectNode handle(String what, ObjectNode request, Events events)
      throws Failure, IOException, InterruptedException {
    return switch (what) {
      case "status" -> status(request, events);
      case "node.send" -> send(request);
      case "node.listen" -> listen(request, events);
      case "ask" -> ask(request);
      case "trace" -> trace(request, events);
      case "carry" -> carrying.handle(request);
      case "open" -> open(request);
      case "down" -> down();
      case String w when PeopleRequests.knows(w) -> people.handle(w, request, events);
      default ->
          throw Failure.usage(
              "the running node knows no request '" + what + "'",
              "restart it: `wayfolk down`, then `wayfolk up`");
    };
  }

  private ObjectNode status(ObjectNode request, Events events)
      throws IOException, InterruptedException {
    while (request.path("watch").asBoolean()) {
      events.tell(status());
      Thread.sleep(WATCH);
    }
    return status();
  }

  private ObjectNode status() {
    ObjectNode out = StatusReport.of(node, startedMillis, ring.unread());
    return page == null ? out : out.set("page", page.status());
  }

  private ObjectNode open(ObjectNode request) throws Failure {
    if (page == null) {
      throw Failure.failed(
          "this node serves no page",
          "restart it without --page off: `wayfolk down`, `wayfolk up`");
    }
    return page.open(request);
  }

  private ObjectNode send(ObjectNode request) throws Failure, InterruptedException {
    byte[] payload;
    try {
      payload = Base64.getDecoder().decode(request.path("payload").asText());
    } catch (IllegalArgumentException e) {
      throw Failure.usage("the payload is no base64", "see docs/control-socket.md");
    }
    if (payload.length > Send.MAX_PAYLOAD) {
      throw Failure.usage(
          "the message has %d bytes, at most %d are possible"
              .formatted(payload.length, Send.MAX_PAYLOAD),
          "send it in parts");
    }
    NodeId to = who(request);
    long start = System.nanoTime();
    Outcome outcome = node.send(to, payload, wait(request));
    double millis = (System.nanoTime() - start) / 1e6;
    return switch (outcome) {
      case Outcome.Delivered d ->
          Json.object()
              .put("outcome", "delivered")
              .put("ms", Json.round(d.roundTrip().toNanos() / 1e6))
              .put("hops", d.hops())
              .put("tries", d.tries());
      case Outcome.Undelivered u ->
          Json.object()
              .put("outcome", "undelivered")
              .put("reason", u.why().key())
              .put("ms", Json.round(millis))
              .put("tries", u.tries());
      case Outcome.Sent s -> Json.object().put("outcome", "sent").put("ms", Json.round(millis));
    };
  }

  private ObjectNode listen(ObjectNode request, Events events)
      throws IOException, InterruptedException {
    long wanted = request.path("count").asLong(Long.MAX_VALUE);
    try (Ring<RawMessage>.Reader reader = ring.reader()) {
      long told = 0;
      while (told < wanted) {
        RawMessage message = reader.peek();
        if (message == null) {
          break;
        }
        events.tell(describe(message));
        reader.taken();
        told++;
      }
      return Json.object().put("messages", told).put("missed", reader.missed());
    }
  }

  /** The bytes go along where they are no text. */
  private static ObjectNode describe(RawMessage m) {
    ObjectNode out = Json.object().put("from", m.from().hex());
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(m.payload())).toString();
      out.put("text", text);
    } catch (CharacterCodingException e) {
      out.put("text", new String(m.payload(), StandardCharsets.UTF_8));
      out.put("base64", Base64.getEncoder().encodeToString(m.payload()));
    }
    return out.put("protection", m.protection()).put("atMs", m.atMillis());
  }

  private ObjectNode ask(ObjectNode request) throws Failure, InterruptedException {
    LocalNode.Asked asked = node.ask(who(request), wait(request)).orElse(null);
    ObjectNode out = Json.object().put("answered", asked != null);
    if (asked != null) {
      out.put("ms", Json.round(asked.millis()));
      out.put("hops", asked.hops()).put("direct", asked.direct());
    } else {
      out.put("reason", node.links().isEmpty() ? "no_route" : "no_answer");
    }
    return out;
  }

  private ObjectNode trace(ObjectNode request, Events events)
      throws Failure, IOException, InterruptedException {
    int[] last = {0};
    Traces.End end =
        node.trace(
            who(request),
            hop -> {
              last[0] = hop.hop();
              events.tell(describe(hop));
            });
    ObjectNode out = Json.object().put("reached", end == Traces.End.REACHED);
    return end == Traces.End.REACHED
        ? out.put("hops", last[0])
        : out.put("reason", end.name().toLowerCase(Locale.ROOT));
  }

  private static ObjectNode describe(TraceHop hop) {
    ObjectNode out = Json.object().put("hop", hop.hop());
    NodeId id = hop.id();
    if (id == null) {
      return out;
    }
    out.put("id", id.hex()).put("ms", Json.round(hop.roundTripNanos() / 1e6));
    NodeId next = hop.next();
    if (next != null) {
      out.put("next", next.hex()).put("nextMs", Json.round(hop.nextNanos() / 1e6));
    }
    return out.put("nextHidden", hop.nextHidden()).put("target", hop.target());
  }

  private ObjectNode down() {
    leave.run();
    return Json.object().put("leaving", true).put("pid", ProcessHandle.current().pid());
  }

  /** Whom a request is about; an address with it is a hint where to find them. */
  private NodeId who(ObjectNode request) throws Failure {
    try {
      NodeId id = NodeId.parse(request.path("to").asText());
      if (request.hasNonNull("address") && !id.equals(node.id())) {
        node.join(id, Address.parse(request.path("address").asText()));
      }
      return id;
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()), "write it as ID[@IP:PORT]");
    }
  }

  private static Duration wait(ObjectNode request) {
    long millis = request.path("timeoutMs").asLong(30_000);
    return Duration.ofMillis(Math.clamp(millis, 1, MAX_WAIT.toMillis()));
  }
}
