package org.wayfolk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.proof.messages.Messages;

final class OptionsTest {
  @Test
  void aRowAloneIsTheFullRow() {
    Messages.Options o = Options.parse(List.of("messages")).messages();
    assertThat(o.messages()).isEqualTo(1_000_000);
    assertThat(o.canary()).isFalse();
  }

  @Test
  void eachOptionIsTaken() {
    Messages.Options o =
        Options.parse(
                List.of(
                    "messages",
                    "--seed",
                    "7",
                    "--messages",
                    "20",
                    "--pause",
                    "50",
                    "--dir",
                    "x",
                    "--canary"))
            .messages();
    assertThat(o).isEqualTo(new Messages.Options(7, 20, 50, true, Path.of("x")));
  }

  @Test
  void whatIsNotUnderstoodIsNamed() {
    assertThatThrownBy(() -> Options.parse(List.of("dreams"))).hasMessageContaining("dreams");
    assertThatThrownBy(() -> Options.parse(List.of("messages", "--sed")))
        .hasMessageContaining("--sed");
    assertThatThrownBy(() -> Options.parse(List.of("messages", "--seed")))
        .hasMessageContaining("--seed needs a value");
    assertThatThrownBy(() -> Options.parse(List.of("messages", "--seed", "-1")))
        .hasMessageContaining("-1");
  }
}
