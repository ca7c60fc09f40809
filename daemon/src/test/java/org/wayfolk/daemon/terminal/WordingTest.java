package org.wayfolk.daemon.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How figures, tables, foreign texts and errors look. */
final class WordingTest {

  @Test
  void timesAreShort() {
    assertThat(Wording.millis(0.44)).isEqualTo("0.4 ms");
    assertThat(Wording.millis(12.3)).isEqualTo("12 ms");
    assertThat(Wording.millis(1_340)).isEqualTo("1.3 s");
    assertThat(Wording.millis(75_000)).isEqualTo("75 s");
  }

  @Test
  void whatAFriendIsCalledRunsInNoShell() {
    assertThat(Clean.argument("Ben")).isEqualTo("Ben");
    assertThat(Clean.argument("Ben R.")).isEqualTo("'Ben R.'");
    assertThat(Clean.argument("x'; reboot")).isEqualTo("'x'\\''; reboot'");
    assertThat(Clean.argument("$(reboot)")).isEqualTo("'$(reboot)'");
    assertThat(Clean.argument("")).isEqualTo("''");
  }

  @Test
  void jsonHoldsNothingThatATerminalObeysAndLosesNothing() throws Exception {
    String evil = "a\u009b2J\u202e\u2028b\u007f\u001b[31m \ud83d\ude00 \udb40\udc41 \u00e9";
    String line = Json.line(Json.object().put("text", evil));
    assertThat(line.codePoints())
        .noneMatch(c -> Character.isISOControl(c) || c == 0x202e || c == 0x2028 || c == 0xe0041);
    assertThat(line).contains("\ud83d\ude00").contains("\u00e9");
    assertThat(Json.parse(line).path("text").asText()).isEqualTo(evil);
  }

  @Test
  void agesSayTwoUnitsAtMost() {
    assertThat(Wording.age(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Wording.age(Duration.ofSeconds(3_599))).isEqualTo("59 min");
    assertThat(Wording.age(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    assertThat(Wording.age(Duration.ofHours(97))).isEqualTo("4 d 1 h");
  }

  @Test
  void amountsChangeTheirUnitBeforeTheyNeedFourDigits() {
    assertThat(Wording.bytes(999)).isEqualTo("999 B");
    assertThat(Wording.bytes(4_100)).isEqualTo("4.1 kB");
    assertThat(Wording.bytes(999_600)).isEqualTo("1.0 MB");
    assertThat(Wording.bytes(Long.MAX_VALUE)).isEqualTo("9223 PB");
  }

  @Test
  void aTableAlignsFiguresRightAndLeavesNoSpacesBehind() {
    assertThat(new Table(true, false, false).row("1", "a", "x").row("22", "bbb", "").lines("> "))
        .containsExactly(">  1  a    x", "> 22  bbb");
  }

  @Test
  void foreignTextCannotMoveTheCursorOrDisguiseANameOrBreakTheLine() {
    assertThat(Clean.line("a\u001b[2Jb\u0007")).isEqualTo("a\ufffd[2Jb\ufffd");
    assertThat(Clean.line("pay \u202egnp.exe")).isEqualTo("pay \ufffdgnp.exe");
    assertThat(Clean.line("one\ntwo\r\nthree")).isEqualTo("one two  three");
    assertThat(Clean.lines("one\ntwo")).isEqualTo("one\ntwo");
    assertThat(Clean.line("grüße 👩\u200d🚀 日本")).isEqualTo("grüße 👩\u200d🚀 日本");
  }

  @Test
  void anErrorIsOneLineOnStandardErrorAndOneObjectForScripts() {
    Failure failure = new Failure(Exit.NOT_RUNNING, "no node\nruns", "start it");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    voice(out, err, false, true).error(failure);
    assertThat(text(err)).isEqualTo("wayfolk: error: no node runs: start it\n");
    assertThat(text(out)).isEmpty();
    err.reset();
    voice(out, err, true, true).error(failure);
    assertThat(text(out)).isEqualTo("{\"error\":\"no node runs\",\"do\":\"start it\"}\n");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void quietKeepsResultsAndScriptsSeeOnlyJson() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Voice quiet = voice(out, out, false, true);
    quiet.say("hello");
    quiet.result("42");
    quiet.progress("50 %");
    assertThat(text(out)).isEqualTo("42\n");
    out.reset();
    Voice scripts = voice(out, out, true, false);
    scripts.say("hello");
    scripts.result("42");
    scripts.result(Json.object().put("answer", 42));
    scripts.warn("odd", "look");
    assertThat(text(out))
        .isEqualTo(
            "{\"answer\":42}\n{\"event\":\"warning\",\"warning\":\"odd\",\"do\":\"look\"}\n");
  }

  @Test
  void exitStatusesAreThoseThatScriptsKnow() {
    for (int code = 0; code <= 6; code++) {
      assertThat(Exit.of(code).code()).isEqualTo(code);
    }
    assertThat(Exit.of(77)).isEqualTo(Exit.FAILED);
    assertThat(Exit.REFUSED.code()).isEqualTo(6);
  }

  private static Voice voice(
      ByteArrayOutputStream out, ByteArrayOutputStream err, boolean json, boolean quiet) {
    return new Voice(print(out), print(err), Paint.PLAIN, json, quiet);
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
