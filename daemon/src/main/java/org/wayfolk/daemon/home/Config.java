package org.wayfolk.daemon.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/**
 * What a home keeps between runs besides keys and peers. A JSON object with the number of its
 * format; keys that this version does not know stay as they are.
 *
 * @param network the network that the home belongs to; null until its first {@code up}
 * @param id the identity that the seed must give, so that a damaged seed is noticed; null until
 *     then
 * @param port the UDP port kept for this home; 0 until then
 * @param all everything in the file
 */
public record Config(@Nullable String network, @Nullable String id, int port, ObjectNode all) {
  /** The format that this program writes; a higher one in a file is from a newer program. */
  static final int FORMAT = 1;

  private static final String CARRY = "carryPerDay";
  private static final String COST = "cost";
  private static final String UNLIMITED = "unlimited";

  /** More than a config will ever need; a larger file is not ours. */
  private static final int MAX_BYTES = 65_536;

  /** The config of a home that has none yet. */
  static Config fresh() {
    return new Config(null, null, 0, Json.object());
  }

  /**
   * Reads {@code file}; {@link #fresh} if there is none.
   *
   * @throws Failure if a newer program wrote it, or it is damaged
   */
  static Config read(Path file) throws Failure {
    byte[] bytes;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw damaged(file);
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return fresh();
    } catch (IOException e) {
      throw DiskTrouble.explain(e, "reading the settings", file);
    }
    try {
      return of(Json.parse(new String(bytes, StandardCharsets.UTF_8)), file);
    } catch (IOException e) {
      throw damaged(file);
    }
  }

  private static Config of(ObjectNode all, Path file) throws Failure {
    JsonNode format = all.path("format");
    if (!format.isInt() || format.intValue() < 1) {
      throw damaged(file);
    }
    if (format.intValue() > FORMAT) {
      throw Failure.failed(
          "%s was written by a newer Wayfolk (format %d, this one knows %d); it is left as it is"
              .formatted(file.toAbsolutePath().getParent(), format.intValue(), FORMAT),
          "update Wayfolk, or choose another directory with --home");
    }
    int port = all.path("port").asInt(0);
    if (port < 0 || port > 65_535) {
      throw damaged(file);
    }
    return new Config(text(all, "network"), text(all, "id"), port, all);
  }

  private static @Nullable String text(ObjectNode all, String key) {
    JsonNode value = all.path(key);
    return value.isTextual() ? value.textValue() : null;
  }

  private static Failure damaged(Path file) {
    return Failure.failed(
        file + " is damaged",
        "restore it from a backup, or move it away to choose network and port anew");
  }

  /** The port kept for the local page; 0 until there was one. */
  public int page() {
    int page = all.path("page").asInt(0);
    return page < 0 || page > 65_535 ? 0 : page;
  }

  /** The same with another port for the page. */
  Config withPage(int page) {
    ObjectNode copy = all.deepCopy();
    copy.put("format", FORMAT).put("page", page);
    return new Config(network, id, port, copy);
  }

  /** The same with other choices. */
  Config with(String newNetwork, String newId, int newPort) {
    ObjectNode copy = all.deepCopy();
    copy.put("format", FORMAT).put("network", newNetwork).put("id", newId).put("port", newPort);
    return new Config(newNetwork, newId, newPort, copy);
  }

  /**
   * Most bytes a day that the node carries for others; {@link Long#MAX_VALUE} for any number, empty
   * if its user never said.
   */
  public OptionalLong carryPerDay() {
    JsonNode value = all.path(CARRY);
    if (value.asText().equals(UNLIMITED)) {
      return OptionalLong.of(Long.MAX_VALUE);
    }
    boolean fits = value.canConvertToLong() && value.longValue() >= 0;
    return fits ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
  }

  /** The same with another such limit. */
  Config withCarryPerDay(long bytes) {
    ObjectNode copy = all.deepCopy();
    copy.put("format", FORMAT);
    if (bytes == Long.MAX_VALUE) {
      copy.put(CARRY, UNLIMITED);
    } else {
      copy.put(CARRY, bytes);
    }
    return new Config(network, id, port, copy);
  }

  /** What it costs that the node is there for others, as `up --cost` names it; mains until said. */
  public String cost() {
    String cost = text(all, COST);
    return cost == null ? "mains" : cost;
  }

  /** The same with another cost class. */
  Config withCost(String cost) {
    ObjectNode copy = all.deepCopy();
    copy.put("format", FORMAT).put(COST, cost);
    return new Config(network, id, port, copy);
  }

  byte[] encode() {
    return Json.pretty(all).getBytes(StandardCharsets.UTF_8);
  }
}
