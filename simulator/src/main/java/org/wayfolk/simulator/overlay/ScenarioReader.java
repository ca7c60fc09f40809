package org.wayfolk.simulator.overlay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Scenarios as data: a JSON object with {@code what}, {@code steps} (each with {@code do}), and if
 * wanted {@code hostile}, {@code checks} and {@code expect}. Each step's fields are those of its
 * record in {@link Step}; times are texts such as {@code 20ms} or {@code 6h}. What is misspelt is
 * refused, not ignored.
 */
public final class ScenarioReader {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Duration NONE = Duration.ZERO;

  private ScenarioReader() {}

  /** The names of the scenarios that come with the program. */
  public static List<String> names() {
    return List.of(
        "all-at-once",
        "canary",
        "churn",
        "clock-skew",
        "cut",
        "faults",
        "fixed-entries",
        "kill-and-restart",
        "outage",
        "thirty",
        "vanishing");
  }

  /**
   * A scenario that comes with the program.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Scenario named(String name) {
    String path = "scenarios/" + name + ".json";
    try (InputStream in = ScenarioReader.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "no scenario " + name + "; there are " + String.join(", ", names()));
      }
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException("scenario " + name + " cannot be read", e);
    }
  }

  /**
   * Reads a scenario.
   *
   * @throws IllegalArgumentException with words for a user
   */
  public static Scenario read(String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
    Fields f = new Fields(root, "scenario");
    List<Step> steps = new ArrayList<>();
    int n = 0;
    for (JsonNode step : f.node("steps")) {
      steps.add(step(new Fields(step, "step " + ++n)));
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a scenario needs steps");
    }
    List<Check> checks = Check.usual();
    if (f.has("checks")) {
      checks = new ArrayList<>();
      for (JsonNode c : f.node("checks")) {
        checks.add(check(c.asText()));
      }
    }
    List<Expectation> expect = new ArrayList<>();
    f.node("expect").forEach(e -> expect.add(Expectation.of(e.asText())));
    Scenario scenario = new Scenario(f.text("what"), hostile(f), steps, checks, expect);
    f.end();
    return scenario;
  }

  /**
   * Reads a time such as {@code 20ms}, {@code 1.5s}, {@code 10m} or {@code 6h}.
   *
   * @param what whose value it is, for the message
   * @throws IllegalArgumentException with words for a user
   */
  public static Duration time(String what, String text) {
    return Fields.duration(text, what);
  }

  private static Optional<Scenario.Hostile> hostile(Fields f) {
    if (!f.has("hostile")) {
      return Optional.empty();
    }
    Fields h = new Fields(f.node("hostile"), "hostile");
    Scenario.Hostile hostile = new Scenario.Hostile(h.share("share", 0), h.text("attack"));
    h.end();
    return Optional.of(hostile);
  }

  private static Check check(String name) {
    return Arrays.stream(Check.values())
        .filter(c -> c.option().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no check " + name));
  }

  private static Step step(Fields f) {
    String kind = f.text("do");
    Step step =
        switch (kind) {
          case "join" -> join(f);
          case "wait" -> new Step.Wait(f.time("time"));
          case "send" ->
              new Step.Send(f.text("name", ""), f.count("pairs"), f.time("over"), f.yes("again"));
          case "newcomers" -> new Step.Newcomers(f.count("nodes"));
          case "attack" -> new Step.Attack();
          case "kill" -> new Step.Kill(f.share("share"));
          case "notice" -> new Step.Notice();
          case "leave" -> new Step.Leave(f.share("share"));
          case "back" -> new Step.Back(f.share("disk", 1));
          case "churn" -> churn(f);
          case "turnover" ->
              new Step.Turnover(
                  f.share("share"), f.time("every"), f.time("back_after"), f.share("disk", 1));
          case "calm" -> new Step.Calm();
          case "net" -> net(f);
          case "cut" -> new Step.Cut(f.share("share"));
          case "heal" -> new Step.Heal();
          case "clog" -> new Step.Clog(f.share("share"), f.time("time"));
          case "freeze" -> new Step.Freeze(f.share("share"), f.time("time"));
          case "skew" -> new Step.Skew(f.share("share"), f.time("most"));
          default -> throw new IllegalArgumentException("no step \"" + kind + "\"");
        };
    f.end();
    return step;
  }

  private static Step join(Fields f) {
    boolean together = f.yes("at_once");
    double rate = f.number("rate", 1);
    if (!together && rate <= 0) {
      throw new IllegalArgumentException("join: rate must be above 0, or at_once true");
    }
    return new Step.Join(
        f.count("nodes"), together ? Double.POSITIVE_INFINITY : rate, f.count("entries", 0));
  }

  private static Step churn(Fields f) {
    Duration mean = f.time("mean");
    return new Step.Churn(
        mean, f.time("away", mean.dividedBy(6)), f.share("ungraceful", 0.5), f.share("disk", 0.5));
  }

  private static Step net(Fields f) {
    return new Step.Net(
        f.time("delay", Step.Net.QUIET.delay()),
        f.time("jitter", NONE),
        f.share("loss", 0),
        f.share("frame_loss", 0),
        f.share("reorder", 0),
        f.share("duplicate", 0),
        (long) f.number("bandwidth", 0));
  }
}
