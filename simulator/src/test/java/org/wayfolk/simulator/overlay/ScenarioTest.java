package org.wayfolk.simulator.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.simulator.figures.Figures;
import org.wayfolk.simulator.figures.Progress;

/** The scenarios that come with the program. */
final class ScenarioTest {
  private static Figures run(String name, long seed) {
    return new Run(ScenarioReader.named(name), seed, true, Progress.none()).figures();
  }

  private static void assertPassed(Figures f) {
    assertThat(f.map().get("passed")).as(f.json()).isEqualTo(true);
  }

  /** Issue 6, "Done when" 2: those of it that are this module's and no attack. */
  @ParameterizedTest
  @ValueSource(strings = {"thirty", "fixed-entries", "churn", "vanishing", "cut", "outage"})
  void aScenarioKeepsWhatItExpects(String name) {
    assertPassed(run(name, 1));
  }

  @Test
  void canaryAScenarioThatCannotHoldFailsAndSaysWhy() {
    Figures f = run("canary", 1);
    assertThat(f.map().get("passed")).isEqualTo(false);
    assertThat(String.valueOf(f.map().get("failures"))).contains("delivered >= 1.0, but it is 0.");
    assertThat(String.valueOf(f.map().get("undelivered"))).contains("reason=");
  }

  @Test
  void anotherSeedIsAnotherWorldAndTheSameIsTheSame() {
    Figures one = run("canary", 2);
    assertThat(one.json()).isEqualTo(run("canary", 2).json());
    assertThat(one.map().get("trace")).isNotEqualTo(run("canary", 3).map().get("trace"));
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.simulator.overlay.ScenarioReader#names")
  void everyScenarioOfTheProgramIsUnderstood(String name) {
    assertThat(ScenarioReader.named(name).steps()).isNotEmpty();
  }

  @Test
  void whatIsMisspeltIsNamed() {
    assertMisspelt("{\"what\": \"x\", \"steps\": []}", "needs steps");
    assertMisspelt(one("{\"do\": \"dance\"}"), "dance");
    assertMisspelt(one("{\"do\": \"kill\", \"share\": 2}"), "share from 0 to 1");
    assertMisspelt(one("{\"do\": \"kill\", \"shar\": 1}"), "share");
    assertMisspelt(one("{\"do\": \"wait\", \"time\": \"10\"}"), "such as 20ms");
    assertMisspelt(one("{\"do\": \"heal\", \"now\": true}"), "unknown now");
    assertMisspelt(
        "{\"what\": \"x\", \"steps\": [{\"do\": \"heal\"}], \"expect\": [\"all good\"]}",
        "all good");
    assertMisspelt(
        "{\"what\": \"x\", \"steps\": [{\"do\": \"heal\"}], \"checks\": [\"luck\"]}", "luck");
    assertThatThrownBy(() -> ScenarioReader.named("nowhere")).hasMessageContaining("canary");
  }

  private static String one(String step) {
    return "{\"what\": \"x\", \"steps\": [" + step + "]}";
  }

  private static void assertMisspelt(String json, String word) {
    assertThatThrownBy(() -> ScenarioReader.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(word);
  }
}
