package org.wayfolk.daemon.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/**
 * How much a node carried for others and when that was, so that a restart is no new day. A file of
 * its own beside the config: it changes by the minute. A damaged one counts as nothing carried.
 */
public final class CarriedFile {
  private static final Logger LOG = LoggerFactory.getLogger(CarriedFile.class);
  private static final String NAME = "carried";

  /** Two numbers; a longer file is not ours. */
  private static final int MAX_BYTES = 1_024;

  private final Home home;

  /**
   * What is kept.
   *
   * @param bytes carried on the day of {@code atMillis}
   * @param atMillis when that was written, ms since the epoch
   */
  public record Figure(long bytes, long atMillis) {
    /** Nothing, and never. */
    public static final Figure NONE = new Figure(0, 0);
  }

  /** The figure of a home. */
  public CarriedFile(Home home) {
    this.home = home;
  }

  /** What an earlier run left. */
  public Figure load() {
    Path file = home.dir().resolve(NAME);
    try {
      if (Files.size(file) <= MAX_BYTES) {
        ObjectNode all = Json.parse(Files.readString(file, StandardCharsets.UTF_8));
        JsonNode bytes = all.path("bytes");
        JsonNode at = all.path("atMs");
        if (bytes.canConvertToLong() && at.canConvertToLong() && bytes.longValue() >= 0) {
          return new Figure(bytes.longValue(), at.longValue());
        }
      }
      LOG.warn("what was carried today is damaged, counting anew");
    } catch (NoSuchFileException e) {
      LOG.debug("nothing was carried yet");
    } catch (IOException e) {
      LOG.warn("what was carried today cannot be read, counting anew: {}", e.getMessage());
    }
    return Figure.NONE;
  }

  /** Keeps it, durably. Blocks on the disk. */
  public void save(Figure figure) throws Failure {
    ObjectNode all = Json.object().put("bytes", figure.bytes()).put("atMs", figure.atMillis());
    home.write(NAME, Json.pretty(all).getBytes(StandardCharsets.UTF_8));
  }
}
