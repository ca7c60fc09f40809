package org.wayfolk.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;

/**
 * One encrypted file under a passphrase, of any length, for what leaves the home: backups.
 *
 * <pre>
 * header  magic "wayfolk sealed 1" (16) | Argon2id memory KiB, passes, lanes (u32 each) | salt (16)
 *         | nonce prefix (19) | check (16)
 * chunks  XChaCha20-Poly1305 of 65,536 bytes each, the last one shorter (0 to 65,536), tag (16) each
 * </pre>
 *
 * The nonce of a chunk is prefix | number (u32) | 1 if it is the last, else 0; bound to each chunk:
 * the whole header. So chunks can be neither reordered, left out nor cut off, nor mixed from two
 * files (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The check tells
 * a wrong passphrase from a damaged file; it is HMAC of a fixed text under a key of its own.
 *
 * <p>Holds one chunk in memory. Whoever reads must not act on the content before its end has come:
 * only then is it whole.
 */
public final class SealedFile {

  /** Plaintext bytes of a chunk. */
  static final int CHUNK = 64 * 1024;

  private SealedFile() {}

  /** Writes the plaintext. */
  public interface Content {
    /** Writes all; what it throws gives up the file. */
    void to(OutputStream out) throws IOException;
  }

  /**
   * Writes a file for its owner only; it appears under its name, in place of what was there, only
   * when it is whole and on the disk.
   *
   * @throws IOException if the disk fails; then nothing is left and what was there stays
   */
  public static void write(Path file, byte[] passphrase, RandomGenerator random, Content content)
      throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    OwnerOnly.create(part);
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        OutputStream sealed = sealing(Channels.newOutputStream(channel), passphrase, random);
        content.to(sealed);
        ((SealedOutput) sealed).finish();
        channel.force(true);
      }
      publish(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Gives a finished file its name, in place of what was there, so that it also has it after a
   * power loss.
   */
  public static void publish(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    OwnerOnly.sync(file.toAbsolutePath().getParent());
  }

  /**
   * Seals what is written; closing it writes the last chunk and closes {@code out}. A file that was
   * never closed does not open.
   */
  public static OutputStream sealing(OutputStream out, byte[] passphrase, RandomGenerator random)
      throws IOException {
    SealedHeader header = SealedHeader.fresh(random);
    SealedHeader.Keyed keyed = header.key(passphrase);
    out.write(keyed.bytes());
    return new SealedOutput(out, keyed);
  }

  /**
   * Opens a sealed stream: every byte that it hands out is authentic, and its end is the true one.
   *
   * @throws WrongPassphrase if it is another passphrase's
   * @throws IOException if it is no sealed file; reads throw it if the file is altered or cut
   */
  public static InputStream opening(InputStream in, byte[] passphrase)
      throws IOException, WrongPassphrase {
    return new SealedInput(in, SealedHeader.read(in, passphrase));
  }
}
