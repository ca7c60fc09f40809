package org.wayfolk.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import picocli.CommandLine;

/** What may stand on the command line, and what a wrong one costs. */
final class CommandLineTest {
  private static final String ID = "ab".repeat(32);

  @TempDir Path tmp;

  private int run(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--home");
    all.add(tmp.resolve("home").toString());
    return Program.run(all.toArray(String[]::new));
  }

  @Test
  void aPeerIsAnIdWithOrWithoutAPlace() throws Exception {
    assertThat(Who.parse(ID)).isEqualTo(new Who(Who.parse(ID).id(), null, 0));
    assertThat(Who.parse(ID + "@example.org:4242").host()).isEqualTo("example.org");
    assertThat(Who.parse(ID + "@[::1]:4242").resolve().toString()).isEqualTo("[::1]:4242");
    assertThat(Who.parse(ID + "@127.1.2.3:65535").resolve().toString())
        .isEqualTo("127.1.2.3:65535");
  }

  @Test
  void whatIsNoPeerIsAUsageErrorThatSaysTheForm() {
    for (String bad :
        new String[] {
          "",
          "@",
          "ann",
          ID.substring(1),
          ID + "0",
          "g" + ID.substring(1),
          ID + "@",
          ID + "@host",
          ID + "@:1",
          ID + "@host:",
          ID + "@host:0",
          ID + "@host:65536",
          ID + "@host:-1",
          ID + "@::1:5",
          ID + "@[host]:5",
          ID + "@ho st:5",
          ID + "@a@b:5"
        }) {
      assertThatThrownBy(() -> Who.parse(bad))
          .as(bad)
          .isInstanceOfSatisfying(
              Failure.class,
              f -> {
                assertThat(f.exit()).isEqualTo(Exit.USAGE);
                assertThat(f.remedy()).contains("ID@HOST:PORT");
              });
    }
  }

  @Test
  void aFriendsNameWhereANodeIsWantedIsSaidToBelongElsewhere() {
    assertThatThrownBy(() -> Who.parse("ann")).hasMessageContaining("names of friends are for");
  }

  @Test
  void theWrongCommandLineIsStatusTwo() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("dance")).isEqualTo(2);
    assertThat(run("status", "--nonsense")).isEqualTo(2);
    assertThat(run("node")).isEqualTo(2);
    assertThat(run("node", "send", ID)).isEqualTo(2);
    assertThat(run("node", "send", "ann", "hello")).isEqualTo(2);
    assertThat(run("ping", ID, "-c", "0")).isEqualTo(2);
    assertThat(run("status", "--timeout", "0")).isEqualTo(2);
  }

  @Test
  void withoutANodeCommandsEndWithNotRunning() {
    assertThat(run("status")).isEqualTo(3);
    assertThat(run("status", "--json")).isEqualTo(3);
    assertThat(run("down")).isEqualTo(3);
    assertThat(run("ping", ID)).isEqualTo(3);
    assertThat(run("node", "send", ID, "hello")).isEqualTo(3);
    assertThat(run("node", "listen")).isEqualTo(3);
  }

  @Test
  void thereIsNoIdBeforeTheFirstStart() {
    assertThat(run("id")).isEqualTo(1);
  }

  @Test
  void optionsOfEveryCommandStandBeforeOrBehindItsName() {
    String home = tmp.resolve("home").toString();
    assertThat(Program.run("--home", home, "--json", "status")).isEqualTo(3);
    assertThat(Program.run("status", "--home", home, "--json")).isEqualTo(3);
    assertThat(Program.run("--home", home, "node", "listen", "--json")).isEqualTo(3);
    assertThat(Program.run("-q", "version", "-v")).isZero();
    assertThat(Program.run("-V")).isZero();
  }

  @Test
  void everyHelpOpensWithAnExample() {
    for (String command :
        new String[] {"up", "down", "status", "id", "ping", "node", "demo", "version"}) {
      assertThat(Program.run(command, "--help")).as(command).isZero();
      CommandLine line = Program.line(new Wayfolk(), command);
      CommandLine sub = Objects.requireNonNull(line.getSubcommands().get(command));
      assertThat(sub.getUsageMessage()).startsWith("Example: wayfolk " + command);
      sub.getSubcommands()
          .forEach((name, s) ->
              assertThat(s.getUsageMessage())
                  .startsWith("Example: wayfolk " + command + " " + name));
    }
    assertThat(Program.line(new Wayfolk()).getUsageMessage()).startsWith("Example: wayfolk up");
  }

  @Test
  void onlyTheCommandThatIsNamedIsLoaded() {
    assertThat(Program.named("status", "--peers")).isEqualTo("status");
    assertThat(Program.named("--home", "up", "status")).isEqualTo("status");
    assertThat(Program.named("--json", "--timeout", "3", "id")).isEqualTo("id");
    assertThat(Program.named("dance", "up")).isNull();
    assertThat(Program.named()).isNull();
  }

  @Test
  void optionsWhoseFeatureIsNotBuiltAreAcceptedOnlyAtAutoOrOff() {
    String[][] later = {
      {"--relay", "on"},
      {"--limit-up", "1M"},
      {"--metrics", "127.0.0.1:9"},
    };
    for (String[] option : later) {
      assertThat(run("up", option[0], option[1])).as(option[0]).isEqualTo(2);
    }
    assertThat(run("up", "--relay", "perhaps")).isEqualTo(2);
    assertThat(run("up", "--dialable", "perhaps")).isEqualTo(2);
    assertThat(run("up", "--daily", "much")).isEqualTo(2);
    assertThat(run("up", "--page", "80")).isEqualTo(2);
    assertThat(run("up", "--page", "65536")).isEqualTo(2);
    assertThat(run("up", "--page", "on")).isEqualTo(2);
    assertThat(run("up", "--max-inbound", "-1")).isEqualTo(2);
    assertThat(run("up", "--network", "other")).isEqualTo(2);
    assertThat(run("up", "--listen", "nowhere")).isEqualTo(2);
    assertThat(run("up", "--join", "ann")).isEqualTo(2);
    assertThat(run("up", "--join", ID)).isEqualTo(2);
    assertThat(tmp.resolve("home").resolve("seed")).doesNotExist();
  }

  @Test
  void reasonsBecomeExitStatuses() {
    assertThat(NodeSend.exit("no_route")).isEqualTo(Exit.NO_ROUTE);
    assertThat(NodeSend.exit("no_answer")).isEqualTo(Exit.TIMED_OUT);
    assertThat(NodeSend.exit("refused")).isEqualTo(Exit.REFUSED);
    assertThat(NodeSend.exit("backpressure")).isEqualTo(Exit.FAILED);
  }
}
