package org.wayfolk.daemon.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.wayfolk.daemon.terminal.Json;

/** Counts what the page's side refuses, each under its reason. Any thread. */
final class Refusals {
  /** Why something was refused; the name in lower case is what {@code status --json} says. */
  enum Why {
    /** A name in {@code Host} that is not ours: a rebound name, or no name. */
    HOST,
    /** Another origin asks. */
    ORIGIN,
    /** The browser says that another site asks. */
    CROSS_SITE,
    /** A method that is not for that path. */
    METHOD,
    /** Nothing is there. */
    PATH,
    /** A WebSocket elsewhere, or none where one is due; or a body that is not understood. */
    MALFORMED,
    /** A code that is wrong, used or too old. */
    CODE,
    /** Too many wrong codes. */
    CODE_RATE,
    /** A token that nobody was given, or no longer valid. */
    TOKEN,
    /** Whoever knows the token's name but not the token. */
    PROOF,
    /** More sockets than may be. */
    SOCKETS,
    /** More requests at once than may be. */
    REQUESTS,
    /** Requests that only the command line may make. */
    NOT_HERE,
    /** More bytes at once than may be. */
    LARGE,
    /** A page that does not read. */
    SLOW,
    /** No handshake in time. */
    LATE,
    /** A blob that is not there, or no longer. */
    BLOB;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Why, AtomicLong> counts = new EnumMap<>(Why.class);

  Refusals() {
    for (Why w : Why.values()) {
      counts.put(w, new AtomicLong());
    }
  }

  void count(Why why) {
    AtomicLong n = counts.get(why);
    if (n != null) {
      n.incrementAndGet();
    }
  }

  long of(Why why) {
    AtomicLong n = counts.get(why);
    return n == null ? 0 : n.get();
  }

  /** Those that happened. */
  ObjectNode json() {
    ObjectNode out = Json.object();
    counts.forEach((why, n) -> {
      if (n.get() > 0) {
        out.put(why.key(), n.get());
      }
    });
    return out;
  }
}
