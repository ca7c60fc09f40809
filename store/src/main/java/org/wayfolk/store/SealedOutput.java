package org.wayfolk.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Seals what is written, chunk by chunk. */
final class SealedOutput extends OutputStream {

  private final OutputStream out;
  private final SealedHeader.Keyed keyed;
  private final byte[] chunk = new byte[SealedFile.CHUNK];
  private int filled;
  private long number;
  private boolean finished;

  SealedOutput(OutputStream out, SealedHeader.Keyed keyed) {
    this.out = out;
    this.keyed = keyed;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    while (at < offset + length) {
      if (filled == chunk.length) {
        seal(false); // More follows: so this one is not the last.
      }
      int some = Math.min(chunk.length - filled, offset + length - at);
      System.arraycopy(bytes, at, chunk, filled, some);
      filled += some;
      at += some;
    }
  }

  private void seal(boolean last) throws IOException {
    if (finished || number > 0xFFFF_FFFFL) {
      throw new IOException("the sealed file is finished, or longer than its numbers reach");
    }
    byte[] sealed = new byte[filled + XChaCha.TAG];
    byte[] plain = Arrays.copyOf(chunk, filled);
    XChaCha.seal(keyed.key(), keyed.nonce(number, last), keyed.bytes(), plain, sealed, 0);
    out.write(sealed);
    number++;
    filled = 0;
  }

  /** Writes the last chunk. */
  void finish() throws IOException {
    if (!finished) {
      seal(true);
      finished = true;
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      finish();
    }
  }
}
