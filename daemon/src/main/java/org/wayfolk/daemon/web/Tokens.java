package org.wayfolk.daemon.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/**
 * Who may use the page: for each token that was given, its hash, durably. A token itself is nowhere
 * but in the page that got it. Any thread; changes block on the disk.
 */
final class Tokens {
  /** How long a token works: a page that is kept open longer asks to be opened again. */
  static final Duration LIFE = Duration.ofDays(30);

  /** Tokens at once; the oldest goes. More pages than anyone opens in a month. */
  static final int MAX = 64;

  private static final int FORMAT = 1;

  /** Where tokens are kept. */
  interface Disk {
    /** What is there; empty if nothing is. */
    byte[] read() throws IOException;

    /** Replaces it, durably, readable by its owner only. */
    void write(byte[] content) throws Failure;
  }

  /**
   * One token.
   *
   * @param key its SHA-256, with which challenges are answered
   * @param since when it was given, in milliseconds
   */
  record Entry(byte[] key, long since) {
    /** How a page names its token: it says nothing about the token. */
    String name() {
      return Secrets.hex(Secrets.sha256(key)).substring(0, 16);
    }
  }

  private final Disk disk;
  private final RandomGenerator random;
  private final InstantSource clock;
  private List<Entry> all;

  /** Reads what is kept. A file that is damaged counts as none: it costs opening the page again. */
  Tokens(Disk disk, RandomGenerator random, InstantSource clock) {
    this.disk = disk;
    this.random = random;
    this.clock = clock;
    this.all = read();
  }

  private List<Entry> read() {
    List<Entry> out = new ArrayList<>();
    try {
      byte[] bytes = disk.read();
      if (bytes.length > 0) {
        ObjectNode file = Json.parse(new String(bytes, StandardCharsets.UTF_8));
        for (JsonNode t : file.path("tokens")) {
          byte[] key = HexFormat.of().parseHex(t.path("key").asText());
          if (key.length == Secrets.LENGTH && out.size() < MAX) {
            out.add(new Entry(key, t.path("since").asLong()));
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      LoggerFactory.getLogger(Tokens.class).warn("page: tokens are unreadable: {}", e.toString());
      out.clear();
    }
    return List.copyOf(out);
  }

  /** A new token, valid once this returns. */
  synchronized String make() throws Failure {
    byte[] bytes = new byte[Secrets.LENGTH];
    random.nextBytes(bytes);
    List<Entry> next = new ArrayList<>(valid());
    while (next.size() >= MAX) {
      next.removeFirst();
    }
    next.add(new Entry(Secrets.sha256(bytes), clock.millis()));
    keep(next);
    return Secrets.base64(bytes);
  }

  /** The token of that name, if it is valid. */
  synchronized Optional<Entry> find(String name) {
    return valid().stream().filter(e -> Secrets.same(e.name(), name)).findFirst();
  }

  /** How many are valid. */
  synchronized int size() {
    return valid().size();
  }

  /**
   * Makes all of them invalid, at once and for good.
   *
   * @throws Failure if the disk does not take it; until the next start they are invalid all the
   *     same
   */
  synchronized void revoke() throws Failure {
    boolean any = !all.isEmpty();
    all = List.of();
    if (any) {
      keep(List.of());
    }
  }

  private List<Entry> valid() {
    long now = clock.millis();
    // A clock that was set back must not make a token live longer than it may.
    return all.stream().filter(e -> Math.abs(now - e.since()) < LIFE.toMillis()).toList();
  }

  private void keep(List<Entry> next) throws Failure {
    ObjectNode file = Json.object().put("format", FORMAT);
    ArrayNode tokens = file.putArray("tokens");
    for (Entry e : next) {
      tokens.addObject().put("key", Secrets.hex(e.key())).put("since", e.since());
    }
    disk.write(Json.pretty(file).getBytes(StandardCharsets.UTF_8));
    all = List.copyOf(next);
  }
}
