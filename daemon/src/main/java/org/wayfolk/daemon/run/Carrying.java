package org.wayfolk.daemon.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.home.CarriedFile;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Wording;
import org.wayfolk.routing.Carried;

/**
 * What the user of this home agreed to carry for others, and today's figure across restarts. The
 * node counts and stops by itself; here is what must outlive it.
 */
final class Carrying {
  /**
   * Bytes a day unless the user says otherwise: 200 MB are 2.3 kB a second, 0.02 % of a line of 100
   * Mbit/s and 6 GB a month, and a hundred times what one person's messages cost their network
   * (docs/decisions.md).
   */
  static final long DEFAULT_PER_DAY = 200_000_000;

  /**
   * How much of what was carried a crash may forget; and one write of the disk a minute at most.
   */
  private static final Duration SAVE_EVERY = Duration.ofMinutes(1);

  private static final Pattern AMOUNT =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?(|[kmgt])(|b)", Pattern.CASE_INSENSITIVE);

  private final LocalNode node;
  private final Home home;
  private final CarriedFile file;
  private CarriedFile.Figure saved;
  private @Nullable Thread keeper;

  Carrying(LocalNode node, Home home) {
    this.node = node;
    this.home = home;
    this.file = new CarriedFile(home);
    this.saved = file.load();
  }

  /** The limit that a home's node begins with. */
  static long perDay(Home home) {
    return home.config().carryPerDay().orElse(DEFAULT_PER_DAY);
  }

  /** What is said at each start until the user has said how much. */
  static String unasked() {
    return "It carries up to "
        + Wording.bytes(DEFAULT_PER_DAY)
        + " of others' sealed messages a day: say how much with --daily BYTES, 0 for none";
  }

  /**
   * Reads an amount a day as a user writes it: {@code 200MB}, {@code 1.5 GB}, {@code 0} or {@code
   * off} for nothing, {@code unlimited}. Powers of a thousand.
   *
   * @throws Failure with status 2 if it is none
   */
  static long parse(String text) throws Failure {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.equals("off") || word.equals("none")) {
      return 0;
    }
    if (word.equals("unlimited")) {
      return Carried.NO_LIMIT;
    }
    Matcher m = AMOUNT.matcher(word);
    if (!m.matches()) {
      throw Failure.usage(
          "'" + text + "' is no number of bytes", "write 200MB, 1.5GB, 0 or unlimited");
    }
    int thousands = "kmgt".indexOf(m.group(2)) + (m.group(2).isEmpty() ? 0 : 1);
    BigDecimal bytes = new BigDecimal(m.group(1)).movePointRight(3 * thousands);
    // More than a long holds is more than any line carries in a day.
    return bytes.min(BigDecimal.valueOf(Carried.NO_LIMIT)).longValue();
  }

  /** Begins to keep today's figure. */
  void start() {
    keeper =
        Thread.ofVirtual()
            .name("wayfolk-carried")
            .start(() -> {
              try {
                while (true) {
                  Thread.sleep(SAVE_EVERY);
                  save();
                }
              } catch (InterruptedException e) {
                // The node ends; its last figure is saved by whoever ends it.
              }
            });
  }

  /** Keeps what was carried if it has changed. Blocks on the disk. */
  synchronized void save() {
    Carried now = node.carried();
    boolean same = now.today() == saved.bytes() && saved.atMillis() >= now.dayBegan();
    if (same || now.dayBegan() == 0) {
      return;
    }
    // As of the beginning of its day at the least: what counts is which day it was.
    CarriedFile.Figure figure = new CarriedFile.Figure(now.today(), now.dayBegan());
    try {
      file.save(figure);
      saved = figure;
    } catch (Failure e) {
      LoggerFactory.getLogger(Carrying.class).warn("home: {}", e.what());
    }
  }

  /** Request {@code carry}: changes the limit if asked to, and says how it stands. */
  ObjectNode handle(ObjectNode request) throws Failure {
    JsonNode perDay = request.path("perDay");
    if (request.path("unlimited").asBoolean()) {
      limit(Carried.NO_LIMIT);
    } else if (!perDay.isMissingNode()) {
      if (!perDay.canConvertToLong() || !perDay.isIntegralNumber() || perDay.longValue() < 0) {
        throw Failure.usage(
            "perDay is no number of bytes", "0 or more; see docs/control-socket.md");
      }
      limit(perDay.longValue());
    }
    Carried now = node.carried();
    ObjectNode out = Json.object();
    if (now.perDay() == Carried.NO_LIMIT) {
      out.put("unlimited", true);
    } else {
      out.put("perDay", now.perDay());
    }
    return out.put("today", now.today()).put("since", now.dayBegan()).put("on", now.on());
  }

  private void limit(long bytes) throws Failure {
    home.keepCarryPerDay(bytes); // first: what was answered holds after a crash, too
    node.carry(bytes);
  }

  /** Before the node is closed: keeps the last figure. */
  void close() {
    Thread t = keeper;
    if (t != null) {
      t.interrupt();
    }
    save();
  }
}
