package org.wayfolk.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.wayfolk.house.fixture.AmbientUser;
import org.wayfolk.house.fixture.SleepingProcess;

final class AmbientTest {

  @Test
  void nothingBelowTheDaemonReachesForTimeOrChance() throws IOException {
    for (String module : Ambient.MODULES) {
      assertThat(Ambient.violations(Classes.of(module))).as(module).isEmpty();
    }
  }

  @Test
  void noTestBelowTheDaemonSleeps() throws IOException {
    for (String module : Ambient.MODULES) {
      assertThat(Ambient.sleeps(Classes.tests(module))).as(module).isEmpty();
    }
  }

  @Test
  void everyExcusedClassExists() throws IOException {
    assertThat(Classes.byModule().values().stream().flatMap(Collection::stream))
        .extracting(JavaClass::getName)
        .containsAll(Ambient.EXCUSED.keySet());
  }

  @Test
  void canaryEachAmbientUseIsFoundAndSeededOnesAreNot() {
    assertThat(Ambient.violations(new ClassFileImporter().importClasses(AmbientUser.class)))
        .extracting(s -> s.replaceAll(".* uses (.*) \\(line.*", "$1"))
        .containsExactly(
            "java.lang.Math.random()",
            "java.lang.System.currentTimeMillis()",
            "java.lang.System.nanoTime()",
            "java.lang.Thread.sleep(long)",
            "java.security.SecureRandom.<init>()",
            "java.time.Clock.systemUTC()",
            "java.time.Instant.now()",
            "java.util.Collections.shuffle(java.util.List)",
            "java.util.Random.<init>()",
            "java.util.concurrent.ThreadLocalRandom.current()");
  }

  @Test
  void canaryASleepingTestIsFoundUnlessItStartsProcesses() {
    assertThat(
            Ambient.sleeps(
                new ClassFileImporter().importClasses(AmbientUser.class, SleepingProcess.class)))
        .singleElement()
        .asString()
        .contains("AmbientUser uses java.lang.Thread.sleep(long)");
  }
}
