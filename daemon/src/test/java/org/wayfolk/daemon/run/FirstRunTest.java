package org.wayfolk.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Paint;
import org.wayfolk.daemon.terminal.Voice;

/** Which network a home belongs to. */
final class FirstRunTest {
  @TempDir Path tmp;

  @Test
  void aHomeThatNamesNoNetworkIsDamagedAndNotAWrongCommandLine() throws Exception {
    Path dir = tmp.resolve("home");
    Home.open(dir).close();
    Path config = dir.resolve("config");
    Files.writeString(config, "{\"format\":1,\"network\":\"weird\",\"port\":0}");
    try (Home home = Home.open(dir)) {
      PrintStream nowhere =
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      FirstRun first = new FirstRun(home, new Voice(nowhere, nowhere, Paint.PLAIN, false, false));
      Failure e = catchThrowableOfType(Failure.class, () -> first.network(null));
      assertThat(e.exit()).isEqualTo(Exit.FAILED);
      assertThat(e.what()).contains(config.toString()).contains("damaged").contains("weird");
    }
  }

  @Test
  void aNameThatIsNoNetworkIsSaidOnce() {
    Failure e = catchThrowableOfType(Failure.class, () -> FirstRun.parse("MAIN"));
    assertThat(e.line())
        .isEqualTo("'MAIN' is no network: use main, local or local:NAME, in lower case");
  }
}
