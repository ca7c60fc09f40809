package org.wayfolk.daemon.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.messenger.work.Trouble;

final class OpenExportTest {
  @TempDir Path dir;

  @Test
  void onlyItsOwnerReadsWhatIsWrittenInClear() throws Exception {
    Path file = dir.resolve("all.jsonl");
    try (FileChannel made = OpenExport.create(file)) {
      assertThat(made.isOpen()).isTrue();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> OpenExport.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("elsewhere"));
    assertThatThrownBy(() -> OpenExport.create(link))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(dir.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void commandsThatWordsSuggestRunNothingOfAName() {
    for (Trouble.Reason reason :
        new Trouble.Reason[] {
          Trouble.Reason.ALREADY_FRIENDS, Trouble.Reason.BLOCKED, Trouble.Reason.OTHER_NETWORK
        }) {
      Failure said = PeopleWords.failure(new Trouble(reason, "x'; reboot; '"));
      assertThat(said.remedy()).contains("'x'\\''; reboot; '\\'''");
    }
  }
}
