package org.wayfolk.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.house.LauncherSandbox.Ran;

/** The launcher as its user meets it. */
@Tag("process")
final class LauncherTest {

  @TempDir Path home;
  private LauncherSandbox sandbox;

  @BeforeEach
  void makeSandbox() throws IOException {
    sandbox = new LauncherSandbox(home);
  }

  @Test
  void buildsOnFirstUseAndThenOnlyStarts() throws Exception {
    Ran first = sandbox.run("version");
    assertThat(first.status()).isZero();
    assertThat(first.err()).contains("[1/2] Wayfolk overlay").contains("built");
    Ran second = sandbox.run("version");
    assertThat(second.status()).isZero();
    assertThat(second.err()).isEmpty();
    assertThat(sandbox.builds()).isEqualTo(1);
  }

  @Test
  void itsProcessIsTheProgramAndItsStatusIsOurs() throws Exception {
    sandbox.environment.put("PROGRAM_STATUS", "6");
    Ran ran = sandbox.run("node", "send", "two words", "");
    assertThat(ran.status()).isEqualTo(6);
    assertThat(ran.out().lines().findFirst()).contains("" + ran.pid());
    assertThat(ran.out()).endsWith("org.wayfolk.daemon.Main\nnode\nsend\ntwo words\n\n");
    assertThat(ran.out()).contains("-XX:AOTCache=" + sandbox.installed().getFirst());
  }

  @Test
  void aProofIsBuiltAndRunFromItsOwnJars() throws Exception {
    sandbox.environment.put("PROGRAM_STATUS", "1");
    Ran ran = sandbox.run("proof", "messages", "--seed", "7");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out())
        .contains("proof/target/app/*\n")
        .endsWith("org.wayfolk.proof.Proof\nmessages\n--seed\n7\n");
    assertThat(ran.err()).contains("[1/2] Wayfolk overlay");
    assertThat(sandbox.calls()).content().contains("-pl proof -am");
    assertThat(sandbox.root.resolve("target/run")).doesNotExist();
    assertThat(Files.exists(sandbox.root.resolve("target/run.lock"), LinkOption.NOFOLLOW_LINKS))
        .isFalse();
  }

  @Test
  void aProofWithoutARowListsThem() throws Exception {
    assertThat(sandbox.run("proof").out()).endsWith("org.wayfolk.proof.Proof\n");
  }

  @Test
  void worksThroughLinksAndFromAnyDirectory() throws Exception {
    Path one = Files.createSymbolicLink(home.resolve("one"), sandbox.root.resolve("wayfolk"));
    Path two = Files.createSymbolicLink(home.resolve("two"), Path.of("one"));
    assertThat(one).exists();
    assertThat(sandbox.end(sandbox.start(two, home, "version")).status()).isZero();
    assertThat(sandbox.installed()).hasSize(1);
  }

  @Test
  void buildsAgainWhenASourceChangedOrWentAway() throws Exception {
    sandbox.run();
    sandbox.edit("daemon/src/main/A.java");
    sandbox.run();
    assertThat(sandbox.builds()).isEqualTo(2);
    Files.delete(sandbox.root.resolve("daemon/src/main/B.java"));
    sandbox.edit("daemon/src/main");
    sandbox.run();
    assertThat(sandbox.builds()).isEqualTo(3);
  }

  @Test
  void aBuildThatWasCutShortIsMadeAgain() throws Exception {
    sandbox.run();
    Files.delete(sandbox.root.resolve("target/run/stamp"));
    assertThat(sandbox.run().status()).isZero();
    assertThat(sandbox.builds()).isEqualTo(2);
  }

  @Test
  void aBuildLeavesTheJarsOfRunningNodesAlone() throws Exception {
    for (int i = 0; i < 5; i++) {
      sandbox.run();
      assertThat(sandbox.installed()).hasSize(Math.min(i + 1, 3));
      assertThat(sandbox.installed().getLast().resolve("a.jar")).exists();
      sandbox.edit("pom.xml");
    }
  }

  @Test
  void takesTheNativesOfThisPlatformOnly() throws Exception {
    sandbox.run();
    try (var files = Files.list(sandbox.installed().getFirst())) {
      assertThat(files.filter(p -> p.toString().contains("x-linux"))).hasSizeLessThan(2);
    }
  }

  @Test
  void aFailedBuildShowsItsErrorsAndNamesItsLog() throws Exception {
    sandbox.maven(1);
    Ran ran = sandbox.run("version");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("[ERROR] A.java:1: it does not compile")
        .contains("target/build.log");
    assertThat(sandbox.root.resolve("target/build.log")).content().contains("[1/2]");
    sandbox.maven(0);
    assertThat(sandbox.run("version").status()).isZero();
  }

  @Test
  void withoutMavenItSaysSoInOneLine() throws Exception {
    Files.delete(home.resolve("bin/mvn"));
    Ran ran = sandbox.run("version");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err().lines().filter(l -> l.contains("needs Maven"))).hasSize(1);
  }

  @Test
  void withoutAFittingJdkItSaysSoInOneLine() throws Exception {
    sandbox.jdk("jdk", "24.0.1");
    withoutTheJdksOfThisMachine();
    Ran ran = sandbox.run("version");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo(
            "wayfolk: needs a JDK 25 and found none: install one, or set JAVA_HOME to its"
                + " directory\n");
  }

  @Test
  void findsAJdkBehindTheJavaOfThePathWhenJavaHomeIsAnother() throws Exception {
    sandbox.jdk("old", "17.0.1");
    sandbox.environment.put("JAVA_HOME", home.resolve("old").toString());
    Files.createSymbolicLink(home.resolve("bin/java"), home.resolve("jdk/bin/java"));
    assertThat(sandbox.run("version").out()).contains("version");
    assertThat(sandbox.builds()).isEqualTo(1);
  }

  @Test
  void findsAJdkThatMavensToolchainsKnow() throws Exception {
    sandbox.environment.remove("JAVA_HOME");
    Path known = home.resolve("empty/.m2/discovered-jdk-toolchains-cache.xml");
    sandbox.script(known, "<jdkHome>" + home.resolve("jdk") + "</jdkHome>\n");
    withoutTheJdksOfThisMachine();
    assertThat(sandbox.run("version").status()).isZero();
  }

  @Test
  void concurrentFirstStartsBuildOnce() throws Exception {
    List<Process> started = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      started.add(sandbox.start(sandbox.root.resolve("wayfolk"), home, "start" + i));
    }
    for (int i = 0; i < 4; i++) {
      Ran ran = sandbox.end(started.get(i));
      assertThat(ran.status()).isZero();
      assertThat(ran.out()).endsWith("start" + i + "\n");
    }
    assertThat(sandbox.builds()).isEqualTo(1);
    assertThat(Files.exists(sandbox.root.resolve("target/run.lock"), LinkOption.NOFOLLOW_LINKS))
        .isFalse();
  }

  @Test
  void takesOverTheLockOfADeadProcess() throws Exception {
    Process dead = new ProcessBuilder("sh", "-c", "exit 0").start();
    dead.waitFor();
    Files.createDirectories(sandbox.root.resolve("target"));
    Files.createSymbolicLink(sandbox.root.resolve("target/run.lock"), Path.of("pid." + dead.pid()));
    assertThat(sandbox.run("version").status()).isZero();
  }

  @Test
  void aStartThatIsEndedDuringItsBuildLeavesNoLock() throws Exception {
    sandbox.script(
        home.resolve("bin/mvn"), "#!/bin/sh\necho '[INFO] Building X 1 [1/1]'\nexec sleep 60\n");
    Process process = sandbox.start(sandbox.root.resolve("wayfolk"), home, "version");
    Path log = sandbox.root.resolve("target/build.log");
    while (!Files.exists(log) || Files.size(log) == 0) {
      Thread.onSpinWait();
    }
    process.toHandle().destroy();
    assertThat(sandbox.end(process).status()).isEqualTo(143);
    assertThat(process.descendants()).isEmpty();
    assertThat(Files.exists(sandbox.root.resolve("target/run.lock"), LinkOption.NOFOLLOW_LINKS))
        .isFalse();
  }

  @Test
  void anotherJdkMakesANewStartUpCacheWithoutABuild() throws Exception {
    sandbox.run();
    sandbox.jdk("jdk", "25.0.10");
    Ran ran = sandbox.run();
    assertThat(ran.err()).contains("making the start-up cache");
    assertThat(sandbox.run().err()).isEmpty();
    assertThat(sandbox.builds()).isEqualTo(1);
  }

  private void withoutTheJdksOfThisMachine() throws IOException {
    Path launcher = sandbox.root.resolve("wayfolk");
    sandbox.script(
        launcher,
        Files.readString(launcher).replaceAll("(?m)(?<= )/(usr|opt|Library)/[^ ;]+", "/nowhere"));
  }
}
