package org.wayfolk.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The head of a {@link SealedFile}, without its check: what the keys are made of. */
record SealedHeader(PassphraseKey lock, byte[] prefix) {

  private static final byte[] MAGIC = "wayfolk sealed 1".getBytes(StandardCharsets.US_ASCII);
  private static final int PREFIX = 19;
  private static final int CHECK = 16;
  private static final int LENGTH = MAGIC.length + 12 + PassphraseKey.SALT + PREFIX + CHECK;

  /**
   * The header on the wire and the key of the chunks.
   *
   * @param bytes the whole header with its check: bound to every chunk
   */
  record Keyed(byte[] bytes, byte[] key, byte[] prefix) {

    byte[] nonce(long chunk, boolean last) {
      return ByteBuffer.allocate(XChaCha.NONCE)
          .put(prefix)
          .putInt((int) chunk)
          .put((byte) (last ? 1 : 0))
          .array();
    }
  }

  static SealedHeader fresh(RandomGenerator random) {
    byte[] salt = new byte[PassphraseKey.SALT];
    byte[] prefix = new byte[PREFIX];
    synchronized (random) {
      random.nextBytes(salt);
      random.nextBytes(prefix);
    }
    return new SealedHeader(PassphraseKey.today(salt), prefix);
  }

  Keyed key(byte[] passphrase) {
    byte[] head =
        ByteBuffer.allocate(LENGTH - CHECK)
            .put(MAGIC)
            .putInt(lock.memoryKib())
            .putInt(lock.passes())
            .putInt(lock.lanes())
            .put(lock.salt())
            .put(prefix)
            .array();
    byte[] master = lock.derive(passphrase);
    byte[] key = Keyed32.of(master, "wayfolk sealed 1 chunks");
    byte[] check = Keyed32.of(master, "wayfolk sealed 1 check");
    Arrays.fill(master, (byte) 0);
    byte[] bytes = Arrays.copyOf(head, LENGTH);
    System.arraycopy(check, 0, bytes, head.length, CHECK);
    return new Keyed(bytes, key, prefix);
  }

  static Keyed read(InputStream in, byte[] passphrase) throws IOException, WrongPassphrase {
    byte[] bytes = in.readNBytes(LENGTH);
    if (bytes.length < LENGTH || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("this is not a sealed file of Wayfolk, or only its first bytes");
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes, MAGIC.length, LENGTH - MAGIC.length);
    int memory = fields.getInt();
    int passes = fields.getInt();
    int lanes = fields.getInt();
    byte[] salt = new byte[PassphraseKey.SALT];
    byte[] prefix = new byte[PREFIX];
    fields.get(salt).get(prefix);
    PassphraseKey lock = new PassphraseKey(salt, memory, passes, lanes);
    if (!lock.sane()) {
      throw new IOException("the head of this sealed file is damaged");
    }
    Keyed keyed = new SealedHeader(lock, prefix).key(passphrase);
    if (!MessageDigest.isEqual(keyed.bytes(), bytes)) {
      throw new WrongPassphrase();
    }
    return keyed;
  }
}
