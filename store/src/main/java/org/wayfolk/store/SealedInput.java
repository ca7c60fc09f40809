package org.wayfolk.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Opens chunk by chunk; reads one byte ahead to know which chunk should be the last. */
final class SealedInput extends InputStream {

  private static final int SEALED = SealedFile.CHUNK + XChaCha.TAG;

  private final InputStream in;
  private final SealedHeader.Keyed keyed;
  private byte[] ahead;
  private byte[] plain = new byte[0];
  private int at;
  private long number;
  private boolean ended;

  SealedInput(InputStream in, SealedHeader.Keyed keyed) throws IOException {
    this.in = in;
    this.keyed = keyed;
    this.ahead = in.readNBytes(SEALED + 1);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (at == plain.length) {
      if (ended) {
        return -1;
      }
      next();
    }
    int some = Math.min(length, plain.length - at);
    System.arraycopy(plain, at, into, offset, some);
    at += some;
    return some;
  }

  private void next() throws IOException {
    boolean last = ahead.length <= SEALED;
    byte[] chunk = last ? ahead : Arrays.copyOf(ahead, SEALED);
    byte[] opened = XChaCha.open(keyed.key(), keyed.nonce(number, last), keyed.bytes(), chunk, 0);
    if (opened == null) {
      throw new IOException(
          last
              ? "this sealed file is damaged, or its end is missing: use another copy"
              : "this sealed file is damaged: use another copy");
    }
    plain = opened;
    at = 0;
    number++;
    ended = last;
    if (!last) {
      byte first = ahead[SEALED];
      byte[] more = in.readNBytes(SEALED);
      ahead = new byte[1 + more.length];
      ahead[0] = first;
      System.arraycopy(more, 0, ahead, 1, more.length);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
