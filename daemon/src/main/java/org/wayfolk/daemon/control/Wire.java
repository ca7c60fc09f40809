package org.wayfolk.daemon.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/**
 * The lines of the control socket.
 *
 * <pre>
 * request   {"wayfolk":1,"do":"NAME",...}
 * answer    {"event":{...}} any number of times, then
 *           {"done":{...}}  or  {"failed":{"exit":N,"error":"what happened","do":"what to do","reason":"machine_word"}}
 * </pre>
 *
 * The reason is missing where no program needs to tell one failure from another.
 */
public final class Wire {
  /** The version of this protocol; another one in a request is refused with a clear line. */
  static final int VERSION = 1;

  /** Longest request: a text of 64 KiB, each byte of which may take six in JSON, and all else. */
  public static final int MAX_REQUEST = 512 * 1024;

  /** Longest answer: the status of a node with every link it may have. */
  public static final int MAX_ANSWER = 4 << 20;

  private Wire() {}

  static ObjectNode request(String what) {
    return Json.object().put("wayfolk", VERSION).put("do", what);
  }

  /** An event as it goes to a client. */
  public static ObjectNode event(ObjectNode event) {
    return Json.object().set("event", event);
  }

  /** An answer as it goes to a client. */
  public static ObjectNode done(ObjectNode result) {
    return Json.object().set("done", result);
  }

  /** A failure as it goes to a client. */
  public static ObjectNode failed(Failure f) {
    ObjectNode inner =
        Json.object().put("exit", f.exit().code()).put("error", f.what()).put("do", f.remedy());
    if (!f.reason().isEmpty()) {
      inner.put("reason", f.reason());
    }
    return Json.object().set("failed", inner);
  }

  static Failure failure(ObjectNode answer) {
    var inner = answer.path("failed");
    return new Failure(
        Exit.of(inner.path("exit").asInt(1)),
        inner.path("error").asText("the node could not do it"),
        inner.path("do").asText(""),
        inner.path("reason").asText(""));
  }
}
