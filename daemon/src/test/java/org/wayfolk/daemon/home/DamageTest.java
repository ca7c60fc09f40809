package org.wayfolk.daemon.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.terminal.Failure;

/** Files that were spoilt, and directories that went away. */
final class DamageTest {
  @TempDir Path tmp;

  @Test
  void bytesThatAreNoTextAmongTheKnownPeersCostOneLine() throws Exception {
    List<Failure> trouble = new ArrayList<>();
    try (Home home = Home.open(tmp.resolve("home"))) {
      byte[] damaged = {(byte) 0xff, (byte) 0xfe, 0, '\n', (byte) 0xc3, '\n'};
      Files.write(home.dir().resolve("peers"), damaged);
      assertThat(new PeersFile(home, trouble::add).load()).isEmpty();
    }
    assertThat(trouble).isEmpty();
  }

  @Test
  void aRuntimeDirectoryThatIsGoneDoesNotKeepANodeFromStarting() throws Exception {
    Path home = Files.createDirectories(tmp.resolve("x".repeat(SocketPlace.MAX_PATH)));
    Path socket = SocketPlace.prepare(home, tmp.resolve("gone").toString());
    assertThat(socket.getParent()).isDirectory();
    assertThat(SocketPlace.find(home)).isEqualTo(socket);
    SocketPlace.remove(home);
    assertThat(home).isEmptyDirectory();
  }
}
