package org.wayfolk.daemon.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.Progress;

/** Homes: opened once, kept durably, never spoilt. */
final class HomeTest {
  @TempDir Path tmp;

  private Path dir() {
    return tmp.resolve("home");
  }

  private static Identity identity() {
    return Identity.mint(0, Progress.NONE);
  }

  private static String mode(Path p) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(p));
  }

  /** A home as a first start leaves it. */
  private Identity settled() throws Failure {
    Identity identity = identity();
    try (Home home = Home.open(dir())) {
      home.adopt(identity);
      home.keep("local:x", identity.id().hex(), 4_242);
    }
    return identity;
  }

  @Test
  void aNewHomeIsForItsOwnerAlone() throws Exception {
    settled();
    assertThat(mode(dir())).isEqualTo("rwx------");
    assertThat(mode(dir().resolve("seed"))).isEqualTo("rw-------");
    assertThat(mode(dir().resolve("config"))).isEqualTo("rw-------");
    assertThat(Files.size(dir().resolve("seed"))).isEqualTo(32);
  }

  @Test
  void identityNetworkAndPortComeBack() throws Exception {
    Identity identity = settled();
    try (Home home = Home.open(dir())) {
      assertThat(home.identity().orElseThrow().id()).isEqualTo(identity.id());
      assertThat(home.config().network()).isEqualTo("local:x");
      assertThat(home.config().port()).isEqualTo(4_242);
    }
  }

  @Test
  void damagedSealingKeysAreSetAsideAndNotOverwritten() throws Exception {
    settled();
    byte[] damaged = {1, 2, 3};
    List<Failure> told = new ArrayList<>();
    try (Home home = Home.open(dir())) {
      Files.write(dir().resolve("sealing"), damaged);
      SealingFile file = new SealingFile(home, told::add);
      assertThat(file.load()).isEqualTo(damaged);
      file.damaged();
      file.save(new byte[] {4});
    }
    assertThat(dir().resolve("sealing.damaged")).hasBinaryContent(damaged);
    assertThat(dir().resolve("sealing")).hasBinaryContent(new byte[] {4});
    assertThat(told).singleElement().extracting(Failure::what).asString().contains("damaged");
  }

  @Test
  void permissionsOfAnEmptyOrOwnDirectoryAreTightened() throws Exception {
    Files.createDirectory(dir());
    Files.setPosixFilePermissions(dir(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Home.open(dir()).close();
    assertThat(mode(dir())).isEqualTo("rwx------");
  }

  @Test
  void aDirectoryOfOtherThingsIsNotTakenOver() throws Exception {
    Files.createDirectory(dir());
    Files.writeString(dir().resolve("thesis.txt"), "years of work");
    Files.setPosixFilePermissions(dir(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> Home.open(dir()).close())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("holds other things");
    assertThat(mode(dir())).isEqualTo("rwxr-xr-x");
  }

  @Test
  void aSecondOpeningIsRefusedUntilTheFirstIsClosed() throws Exception {
    Home first = Home.open(dir());
    assertThatThrownBy(() -> Home.open(dir()).close())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("already runs on " + dir())
        .hasMessageContaining("process " + ProcessHandle.current().pid());
    first.close();
    Home.open(dir()).close();
  }

  @Test
  void aHomeOfANewerProgramIsLeftExactlyAsItIs() throws Exception {
    settled();
    Path config = dir().resolve("config");
    String newer = "{\"format\":2,\"network\":\"main\",\"wonder\":true}";
    Files.writeString(config, newer);
    Files.setPosixFilePermissions(dir(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> Home.open(dir()).close())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("newer Wayfolk");
    assertThat(config).hasContent(newer);
    assertThat(mode(dir())).isEqualTo("rwxr-xr-x");
  }

  @Test
  void keysThatThisVersionDoesNotKnowSurvive() throws Exception {
    Identity identity = settled();
    Path config = dir().resolve("config");
    Files.writeString(
        config,
        "{\"format\":1,\"network\":\"local:x\",\"id\":\"%s\",\"port\":1,\"later\":[1,2]}"
            .formatted(identity.id().hex()));
    try (Home home = Home.open(dir())) {
      home.keep("local:x", identity.id().hex(), 2);
    }
    assertThat(Files.readString(config)).contains("\"later\"").contains("\"port\" : 2");
  }

  @Test
  void aDamagedConfigIsSaidAndLeft() throws Exception {
    settled();
    for (String damaged : new String[] {"", "{", "[]", "{\"format\":\"1\"}", "\u0000\u0000"}) {
      Files.writeString(dir().resolve("config"), damaged);
      assertThatThrownBy(() -> Home.open(dir()).close())
          .isInstanceOf(Failure.class)
          .hasMessageContaining("config is damaged");
      assertThat(dir().resolve("config")).hasContent(damaged);
    }
  }

  @Test
  void aSeedOfAnotherLengthIsDamagedAndIsLeft() throws Exception {
    settled();
    Files.write(dir().resolve("seed"), new byte[31]);
    assertThatThrownBy(() -> Home.identity(dir()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("32 bytes");
    assertThat(Files.size(dir().resolve("seed"))).isEqualTo(31);
  }

  @Test
  void aFlippedBitInTheSeedIsNoticed() throws Exception {
    settled();
    byte[] seed = Files.readAllBytes(dir().resolve("seed"));
    seed[7] ^= 1;
    Files.write(dir().resolve("seed"), seed);
    assertThatThrownBy(() -> Home.identity(dir()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aLostSeedIsNotQuietlyReplacedByANewOne() throws Exception {
    settled();
    Files.delete(dir().resolve("seed"));
    assertThatThrownBy(() -> Home.identity(dir()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is gone");
  }

  @Test
  void aHomeThatIsAFileOrLiesBelowOneIsSaid() throws Exception {
    Files.writeString(dir(), "a file");
    for (Path p : new Path[] {dir(), dir().resolve("below")}) {
      assertThatThrownBy(() -> Home.open(p).close())
          .isInstanceOf(Failure.class)
          .hasMessageContaining(dir() + " is a file")
          .extracting(e -> ((Failure) e).exit())
          .isEqualTo(Exit.FAILED);
    }
    assertThat(dir()).hasContent("a file");
  }

  @Test
  void aWriteThatFailsLeavesTheOldContentAndNothingElse() throws Exception {
    Files.createDirectory(dir());
    DurableFile.write(dir(), "kept", bytes("old"));
    // A directory in the way of the renaming: the last step that can fail.
    Files.createDirectories(dir().resolve("blocked").resolve("full"));
    assertThatThrownBy(() -> DurableFile.write(dir(), "blocked", bytes("new")))
        .isInstanceOf(IOException.class);
    assertThat(dir().resolve("kept")).hasContent("old");
    assertThat(dir().resolve("blocked" + DurableFile.PART)).doesNotExist();
  }

  @Test
  void whatACrashLeftHalfWrittenIsSweptAway() throws Exception {
    settled();
    Files.writeString(dir().resolve("peers" + DurableFile.PART), "half");
    Home.open(dir()).close();
    assertThat(dir().resolve("peers" + DurableFile.PART)).doesNotExist();
  }

  @Test
  void aSocketWhosePathWouldBeTooLongLiesElsewhereAndIsFoundThroughTheHome() throws Exception {
    Path deep = tmp.resolve("d".repeat(60)).resolve("e".repeat(60));
    Files.createDirectories(deep);
    Path runtime = Files.createDirectory(tmp.resolve("run"));
    Path socket = SocketPlace.prepare(deep, runtime.toString());
    assertThat(socket.getParent()).isEqualTo(runtime);
    assertThat(SocketPlace.find(deep)).isEqualTo(socket);
    SocketPlace.remove(deep);
    assertThat(deep.resolve("sock")).doesNotExist();
    Path fallback = SocketPlace.prepare(deep, tmp.resolve("gone").toString());
    assertThat(mode(Objects.requireNonNull(fallback.getParent()))).isEqualTo("rwx------");
    assertThat(SocketPlace.fits(fallback)).isTrue();
    SocketPlace.remove(deep);
    assertThat(SocketPlace.prepare(Files.createDirectory(dir()), null))
        .isEqualTo(dir().resolve("sock"));
  }

  @Test
  void theStandardPlaceFollowsTheSystem() {
    Path user = Path.of("/home/ann");
    assertThat(Home.standard(Map.of(), "Linux", user))
        .isEqualTo(user.resolve(".local/share/wayfolk"));
    assertThat(Home.standard(Map.of("XDG_DATA_HOME", "/data"), "Linux", user))
        .isEqualTo(Path.of("/data/wayfolk"));
    assertThat(Home.standard(Map.of("WAYFOLK_HOME", "/w"), "Linux", user)).isEqualTo(Path.of("/w"));
    assertThat(Home.standard(Map.of(), "Mac OS X", user))
        .isEqualTo(user.resolve("Library/Application Support/wayfolk"));
  }

  @Test
  void aFullDiskIsCalledSo() {
    IOException full = new FileSystemException("/x/seed.part", null, "No space left on device");
    Failure f = DiskTrouble.explain(full, "storing the seed", Path.of("/x/seed"));
    assertThat(f.what()).contains("disk that holds /x/seed is full");
    assertThat(f.remedy()).contains("free some space");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
