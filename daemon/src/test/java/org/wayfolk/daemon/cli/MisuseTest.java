package org.wayfolk.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.wayfolk.daemon.terminal.Failure;
import picocli.CommandLine.ParameterException;

/** What a newcomer reads who mistypes. */
final class MisuseTest {
  private static Failure misuse(String... args) {
    ParameterException e =
        catchThrowableOfType(
            ParameterException.class, () -> Program.line(new Wayfolk(), args).parseArgs(args));
    return Misuse.explain(e, e.getCommandLine().getCommandSpec());
  }

  @Test
  void helpIsACommandToo() {
    assertThat(Program.run("help")).isZero();
    assertThat(Program.run("help", "node", "send")).isZero();
    assertThat(Program.run("help", "dance")).isEqualTo(2);
  }

  @Test
  void whatIsMistypedIsSaidInWordsOfTheUser() {
    assertThat(misuse("dance").line())
        .isEqualTo("there is no command `wayfolk dance`: see `wayfolk --help`");
    assertThat(misuse("statu").remedy()).isEqualTo("did you mean `wayfolk status`?");
    assertThat(misuse("call", "ann").what()).isEqualTo("`wayfolk call` is not built yet");
    assertThat(misuse("up", "now").what()).isEqualTo("'now' is one argument too many");
    assertThat(misuse("down", "--now").line())
        .isEqualTo("there is no option '--now': see `wayfolk down --help`");
    assertThat(misuse("node", "send").what()).isEqualTo("missing WHO and TEXT");
    assertThat(misuse("--timeout", "abc", "status").what())
        .isEqualTo("--timeout: 'abc' is no number");
    assertThat(misuse("up", "--home").what()).isEqualTo("--home needs a DIR");
  }
}
