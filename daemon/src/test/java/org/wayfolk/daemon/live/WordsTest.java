package org.wayfolk.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.process.SameProgram;

/** That a node says what happened, and not what only looks like it. */
@Tag("process")
final class WordsTest {
  private static final String NETWORK = "local:words";

  @TempDir Path tmp;

  @Test
  void theFirstLinkIsSaidAndLeavingIsNoTrouble() throws Exception {
    try (LiveNode a = LiveNode.start(tmp.resolve("a"), "--network", NETWORK);
        LiveNode b = LiveNode.start(tmp.resolve("b"), "--network", NETWORK, "--join", a.peer())) {
      b.awaitLine("\"event\":\"linked\"", Duration.ofSeconds(30));
      assertThat(b.terminate()).isZero();
      assertThat(b.lines("warning")).isEmpty();
      // The other one lost its last link, and did not want to.
      a.awaitLine("the last link is gone", Duration.ofSeconds(30));
    }
  }

  @Test
  void listeningForAWhileEndsWithWordsAboutListening() throws Exception {
    try (LiveNode a = LiveNode.start(tmp.resolve("a"), "--network", NETWORK)) {
      String home = a.home().toString();
      Ran ran = Ran.wayfolk("node", "listen", "--timeout", "0.2", "--home", home);
      assertThat(ran.status()).isEqualTo(5);
      assertThat(ran.error()).contains("no message came in 0.2 s");
      Ran sent = Ran.wayfolk("node", "send", a.id(), "", "--home", home);
      assertThat(sent.status()).isZero();
      assertThat(Ran.wayfolk("node", "listen", "-n", "1", "--home", home).out())
          .contains("(empty)");
    }
  }

  @Test
  void aCommandThatGoesOnPrintingEndsWhenNobodyReads() throws Exception {
    try (LiveNode a = LiveNode.start(tmp.resolve("a"), "--network", NETWORK)) {
      List<String> watch =
          SameProgram.with(Ran.MAIN, List.of("status", "--watch", "--home", a.home().toString()));
      List<String> shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" | head -n 1", "-"));
      shell.addAll(watch);
      Ran ran = Ran.command(shell);
      assertThat(ran.out().lines()).hasSize(1);
      assertThat(ran.err()).isEmpty();
    }
  }

  @Test
  void aLogThatCannotBeWrittenKeepsNobodyFromStarting() throws Exception {
    Path home = Files.createDirectory(tmp.resolve("a"));
    try (LiveNode a = LiveNode.start(home, "--network", NETWORK)) {
      assertThat(a.terminate()).isZero();
    }
    Path log = home.resolve("log");
    assertThat(log.resolve("node.log")).content().contains("INFO").contains(" up node=");
    Files.delete(log.resolve("node.log"));
    Files.delete(log);
    Files.writeString(log, "a file");
    try (LiveNode a = LiveNode.start(home)) {
      assertThat(a.terminate()).isZero();
      assertThat(a.lines("")).allMatch(line -> line.startsWith("{"));
    }
    assertThat(log).hasContent("a file");
  }
}
