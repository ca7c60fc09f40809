package org.wayfolk.store;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A key of a passphrase: Argon2id (RFC 9106).
 *
 * @param salt 16 random bytes
 * @param memoryKib memory in KiB
 * @param passes passes over it
 * @param lanes lanes
 */
record PassphraseKey(byte[] salt, int memoryKib, int passes, int lanes) {

  static final int SALT = 16;

  /** Of today: 64 MiB, 3 passes: about a quarter of a second, on a phone-like core too. */
  static final int MEMORY_KIB = 64 * 1024;

  static final int PASSES = 3;
  static final int LANES = 1;

  /** A file that asks for more is damaged or hostile: it would only take our memory. */
  static final int MAX_MEMORY_KIB = 1024 * 1024;

  static final int MAX_PASSES = 64;
  static final int MAX_LANES = 16;

  /** A longer passphrase is a mistake (a file piped in). */
  static final int MAX_PASSPHRASE = 1024;

  static PassphraseKey today(byte[] salt) {
    return new PassphraseKey(salt, MEMORY_KIB, PASSES, LANES);
  }

  /** Whether the parameters are within the limits. */
  boolean sane() {
    return salt.length == SALT
        && memoryKib >= 8 * lanes
        && memoryKib <= MAX_MEMORY_KIB
        && passes >= 1
        && passes <= MAX_PASSES
        && lanes >= 1
        && lanes <= MAX_LANES;
  }

  /** 32 bytes; takes the time and the memory that the parameters say. */
  byte[] derive(byte[] passphrase) {
    check(passphrase);
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(salt)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .build());
    byte[] key = new byte[XChaCha.KEY];
    generator.generateBytes(passphrase, key);
    return key;
  }

  static void check(byte[] passphrase) {
    if (passphrase.length == 0 || passphrase.length > MAX_PASSPHRASE) {
      throw new IllegalArgumentException(
          "a passphrase has 1 to " + MAX_PASSPHRASE + " bytes, this one " + passphrase.length);
    }
  }
}
