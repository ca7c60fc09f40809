package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.messenger.Look;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.wire.Malformed;

/** What a request asks for, key by key. */
record Asked(ObjectNode request) {
  /** Longest wait that a request may ask for. */
  private static final long MAX_WAIT_MILLIS = 600_000;

  /** Lines, or conversations, of one answer. */
  private static final int MAX_COUNT = 1_000;

  private static final int KEY_DIGITS = 32;

  /** A text; empty if there is none. */
  String text(String key) {
    return request.path(key).asText();
  }

  @Nullable String textOrNull(String key) {
    return request.hasNonNull(key) ? text(key) : null;
  }

  boolean has(String key) {
    return request.hasNonNull(key);
  }

  boolean flag(String key) {
    return request.path(key).asBoolean();
  }

  boolean flag(String key, boolean otherwise) {
    return request.path(key).asBoolean(otherwise);
  }

  int count(int otherwise) {
    return Math.clamp(request.path("count").asInt(otherwise), 1, MAX_COUNT);
  }

  Duration patience() {
    long millis = request.path("timeoutMs").asLong(30_000);
    return Duration.ofMillis(Math.clamp(millis, 1, MAX_WAIT_MILLIS));
  }

  /** The local number of whom it is about; 0 for oneself. */
  long who(Look look) {
    return look.find(text("who"));
  }

  @Nullable Long whoOrNull(Look look) {
    return has("who") ? who(look) : null;
  }

  /** A whole id of a message. */
  EventId id(String key) throws Failure {
    return id(text(key), key);
  }

  private static EventId id(String hex, String key) throws Failure {
    try {
      return EventId.parse(hex);
    } catch (Malformed e) {
      throw Failure.usage(
          "'" + hex + "' is no message (" + key + ")", "see `wayfolk history WHO --json`");
    }
  }

  /** The key under which something is sent once; null if there is none. */
  byte @Nullable [] onceKey() throws Failure {
    String hex = textOrNull("key");
    if (hex == null) {
      return null;
    }
    if (hex.length() != KEY_DIGITS || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw Failure.usage("a key has 32 hex digits", "see docs/control-socket.md");
    }
    return HexFormat.of().parseHex(hex);
  }

  /** A passphrase. */
  byte[] secret(String key) throws Failure {
    byte[] s = secretOrNull(key);
    if (s == null || s.length == 0) {
      throw Failure.usage("a passphrase is needed", "type it, or give it on standard input");
    }
    return s;
  }

  byte @Nullable [] secretOrNull(String key) throws Failure {
    if (!has(key)) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(text(key));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("the passphrase is no base64", "see docs/control-socket.md");
    }
  }

  /** A file that is not there yet. */
  Path newFile() throws Failure {
    Path file = Path.of(text("file"));
    if (!file.isAbsolute()) {
      throw Failure.usage("the file must be named from the root", "see docs/control-socket.md");
    }
    if (Files.exists(file)) {
      throw Failure.usage(
          file + " is there already", "choose another name: nothing is overwritten");
    }
    return file;
  }
}
