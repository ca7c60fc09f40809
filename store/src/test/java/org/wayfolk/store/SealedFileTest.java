package org.wayfolk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealedFileTest {

  private static final byte[] PASS = Notes.bytes("correct horse");
  private static final int HEAD = 16 + 12 + 16 + 19 + 16;
  private static final int SEALED = SealedFile.CHUNK + 16;

  /** With a cheap passphrase key: a reader takes its cost from the head. */
  private static byte[] sealed(byte[] plain) throws IOException {
    byte[] salt = new byte[PassphraseKey.SALT];
    SealedHeader head = new SealedHeader(new PassphraseKey(salt, 64, 1, 1), new byte[19]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SealedHeader.Keyed keyed = head.key(PASS);
    out.writeBytes(keyed.bytes());
    try (OutputStream sealing = new SealedOutput(out, keyed)) {
      sealing.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] opened(byte[] sealed, byte[] pass) throws IOException, WrongPassphrase {
    try (var in = SealedFile.opening(new ByteArrayInputStream(sealed), pass)) {
      return in.readAllBytes();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, SealedFile.CHUNK - 1, SealedFile.CHUNK, SealedFile.CHUNK + 1, 200_000})
  void whatGoesInComesOut(int length) throws Exception {
    byte[] plain = random(length);
    byte[] sealed = sealed(plain);
    int chunks = Math.max(1, (length + SealedFile.CHUNK - 1) / SealedFile.CHUNK);
    assertThat(sealed).hasSize(HEAD + length + 16 * chunks);
    assertThat(opened(sealed, PASS)).isEqualTo(plain);
  }

  @Test
  void chunksCanBeNeitherReorderedNorLeftOutNorCutOffNorAdded() throws Exception {
    byte[] sealed = sealed(random(3 * SealedFile.CHUNK + 10));
    byte[] head = Arrays.copyOf(sealed, HEAD);
    byte[] first = Arrays.copyOfRange(sealed, HEAD, HEAD + SEALED);
    byte[] second = Arrays.copyOfRange(sealed, HEAD + SEALED, HEAD + 2 * SEALED);
    byte[] third = Arrays.copyOfRange(sealed, HEAD + 2 * SEALED, HEAD + 3 * SEALED);
    byte[] last = Arrays.copyOfRange(sealed, HEAD + 3 * SEALED, sealed.length);
    assertThat(opened(joined(head, first, second, third, last), PASS))
        .hasSize(3 * SealedFile.CHUNK + 10);
    refused(joined(head, second, first, third, last));
    refused(joined(head, first, third, last));
    refused(joined(head, first, second, third));
    refused(joined(head, first, second));
    refused(head);
    refused(joined(head, last));
    refused(joined(head, first, second, third, last, last));
    refused(joined(head, first, second, third, last, new byte[] {0}));
    refused(Arrays.copyOf(sealed, sealed.length - 1));
  }

  @Test
  void aChunkOfAnotherFileUnderTheSamePassphraseIsRefused() throws Exception {
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    try (OutputStream sealing = SealedFile.sealing(made, PASS, new Random(7))) {
      sealing.write(random(10));
    }
    byte[] one = sealed(random(10));
    byte[] other = made.toByteArray();
    assertThat(opened(other, PASS)).isEqualTo(random(10));
    refused(joined(Arrays.copyOf(one, HEAD), Arrays.copyOfRange(other, HEAD, other.length)));
    refused(joined(Arrays.copyOf(other, HEAD), Arrays.copyOfRange(one, HEAD, one.length)));
  }

  @Test
  void anAlteredByteAnywhereIsRefused() throws Exception {
    byte[] sealed = sealed(random(50));
    for (int at = 0; at < sealed.length; at += at < HEAD ? 13 : 7) {
      if (at >= 16 && at < 28) {
        continue; // Parameters: the next test; they would cost minutes of Argon2 here.
      }
      byte[] altered = sealed.clone();
      altered[at] ^= 0x40;
      assertThatThrownBy(() -> opened(altered, PASS))
          .as("byte " + at)
          .isInstanceOfAny(IOException.class, WrongPassphrase.class);
    }
  }

  @Test
  void parametersBeyondTheLimitsAreRefusedBeforeTheyCostAnything() throws Exception {
    byte[] sealed = sealed(random(50));
    for (int field = 16; field < 28; field += 4) {
      byte[] altered = sealed.clone();
      altered[field] = 0x7F;
      assertThatThrownBy(() -> opened(altered, PASS)).hasMessageContaining("damaged");
    }
  }

  @Test
  void aWrongPassphraseIsToldFromAFileThatIsNone() throws Exception {
    byte[] sealed = sealed(random(50));
    assertThatThrownBy(() -> opened(sealed, Notes.bytes("wrong")))
        .isInstanceOf(WrongPassphrase.class);
    assertThatThrownBy(() -> opened(random(500), PASS)).hasMessageContaining("not a sealed file");
    assertThatThrownBy(() -> opened(new byte[0], PASS)).hasMessageContaining("not a sealed file");
  }

  @Test
  void aFileAppearsOnlyWhole(@TempDir Path home) throws Exception {
    Path file = home.resolve("backup");
    SealedFile.write(file, PASS, new Random(1), out -> out.write(Notes.bytes("old")));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() ->
            SealedFile.write(
                file,
                PASS,
                new Random(1),
                out -> {
                  out.write(random(100_000));
                  throw new IOException("no room");
                }))
        .hasMessage("no room");
    assertThat(opened(Files.readAllBytes(file), PASS)).isEqualTo(Notes.bytes("old"));
    try (var files = Files.list(home)) {
      assertThat(files).containsExactly(file);
    }
  }

  private static void refused(byte[] file) {
    assertThatThrownBy(() -> opened(file, PASS)).isInstanceOf(IOException.class);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
