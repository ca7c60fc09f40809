package org.wayfolk.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The small program, run as it stands: real QUIC on loopback. */
final class HelloByKeyTest {

  @Test
  void theMessageIsHeardAndItsSenderIsToldSo() throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, UTF_8));
    try {
      HelloByKey.main(new String[0]);
    } finally {
      System.setOut(console);
    }
    assertThat(said.toString(UTF_8))
        .contains("alice hears: hello by key")
        .contains("bob is told: Delivered");
  }
}
