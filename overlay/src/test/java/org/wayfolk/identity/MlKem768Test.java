package org.wayfolk.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.crypto.KEM;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.junit.jupiter.api.Test;
import org.wayfolk.wire.Malformed;

/** The JDK's own ML-KEM is the second opinion; the X-Wing vectors pin key pairs of given seeds. */
class MlKem768Test {
  private final SplittableRandom random = new SplittableRandom(768);

  @Test
  void theJdkOpensWhatWeEncapsulate() throws GeneralSecurityException, Malformed {
    var pair = KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] raw =
        Arrays.copyOfRange(encoded, encoded.length - MlKem768.PUBLIC_BYTES, encoded.length);

    MlKem768.Encapsulated sent = MlKem768.encapsulate(raw, bytes(MlKem768.ENTROPY_BYTES));

    assertThat(sent.ciphertext()).hasSize(MlKem768.CIPHERTEXT_BYTES);
    byte[] theirs =
        KEM.getInstance("ML-KEM")
            .newDecapsulator(pair.getPrivate())
            .decapsulate(sent.ciphertext())
            .getEncoded();
    assertThat(theirs).hasSize(MlKem768.SECRET_BYTES).isEqualTo(sent.secret());
  }

  @Test
  void weOpenWhatTheJdkEncapsulates() throws GeneralSecurityException, Malformed {
    byte[] prefix = x509Prefix();
    for (int i = 0; i < 8; i++) {
      try (MlKem768.KeyPair own = MlKem768.keyPair(bytes(MlKem768.SEED_BYTES))) {
        PublicKey key =
            KeyFactory.getInstance("ML-KEM")
                .generatePublic(new X509EncodedKeySpec(Nodenet.concat(prefix, own.publicKey())));
        KEM.Encapsulated sent = KEM.getInstance("ML-KEM").newEncapsulator(key).encapsulate();
        assertThat(own.decapsulate(sent.encapsulation())).isEqualTo(sent.key().getEncoded());
      }
    }
  }

  @Test
  void theSameSeedAndEntropyGiveTheSame() throws Malformed {
    byte[] seed = bytes(MlKem768.SEED_BYTES);
    byte[] entropy = bytes(MlKem768.ENTROPY_BYTES);
    byte[] kept = entropy.clone();
    try (MlKem768.KeyPair one = MlKem768.keyPair(seed);
        MlKem768.KeyPair two = MlKem768.keyPair(seed)) {
      MlKem768.Encapsulated first = MlKem768.encapsulate(one.publicKey(), entropy);
      MlKem768.Encapsulated second = MlKem768.encapsulate(two.publicKey(), entropy);
      assertThat(second.ciphertext()).isEqualTo(first.ciphertext());
      assertThat(second.secret()).isEqualTo(first.secret());
      assertThat(entropy).isEqualTo(kept);
    }
  }

  /** FIPS 203, algorithm 18: K = J(z ‖ c) for a ciphertext that does not re-encrypt to itself. */
  @Test
  void aDamagedCiphertextGivesTheSecretOfImplicitRejection() throws Malformed {
    byte[] seed = bytes(MlKem768.SEED_BYTES);
    try (MlKem768.KeyPair own = MlKem768.keyPair(seed)) {
      byte[] damaged =
          MlKem768.encapsulate(own.publicKey(), bytes(MlKem768.ENTROPY_BYTES)).ciphertext();
      damaged[random.nextInt(damaged.length)] ^= 4;
      SHAKEDigest j = new SHAKEDigest(256);
      j.update(seed, 32, 32);
      j.update(damaged, 0, damaged.length);
      byte[] expected = new byte[MlKem768.SECRET_BYTES];
      j.doFinal(expected, 0, expected.length);
      assertThat(own.decapsulate(damaged)).isEqualTo(expected);
    }
  }

  @Test
  void refusesKeysAndCiphertextsOfOtherLengths() {
    try (MlKem768.KeyPair own = MlKem768.keyPair(bytes(MlKem768.SEED_BYTES))) {
      for (int length : new int[] {0, 1183, 1185}) {
        byte[] key = Arrays.copyOf(own.publicKey(), length);
        assertThatThrownBy(() -> MlKem768.encapsulate(key, bytes(MlKem768.ENTROPY_BYTES)))
            .isInstanceOf(Malformed.class);
      }
      for (int length : new int[] {0, 1087, 1089}) {
        assertThatThrownBy(() -> own.decapsulate(new byte[length])).isInstanceOf(Malformed.class);
      }
      assertThatThrownBy(() -> MlKem768.encapsulate(own.publicKey(), new byte[31]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> MlKem768.keyPair(new byte[63]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** FIPS 203, 7.2: the modulus check; 3328 is the last value that passes, in either half. */
  @Test
  void refusesAKeyWithACoefficientThatIsNotBelowTheModulus() throws Malformed {
    byte[] good = MlKem768.keyPair(bytes(MlKem768.SEED_BYTES)).publicKey();
    for (int coefficient : new int[] {0, 1, 254, 255, 511, 766, 767}) {
      MlKem768.checkKey(with(good, coefficient, 3328));
      for (int value : new int[] {3329, 4095}) {
        byte[] bad = with(good, coefficient, value);
        assertThatThrownBy(() -> MlKem768.encapsulate(bad, bytes(MlKem768.ENTROPY_BYTES)))
            .as(coefficient + " = " + value)
            .isInstanceOf(Malformed.class);
      }
    }
    byte[] seedMayBeAnything = good.clone();
    Arrays.fill(seedMayBeAnything, 1152, 1184, (byte) 0xff);
    MlKem768.checkKey(seedMayBeAnything);
  }

  private static byte[] with(byte[] key, int coefficient, int value) {
    byte[] out = key.clone();
    int at = coefficient / 2 * 3;
    if (coefficient % 2 == 0) {
      out[at] = (byte) value;
      out[at + 1] = (byte) ((out[at + 1] & 0xf0) | value >>> 8);
    } else {
      out[at + 1] = (byte) ((out[at + 1] & 0x0f) | (value & 0x0f) << 4);
      out[at + 2] = (byte) (value >>> 4);
    }
    return out;
  }

  private static byte[] x509Prefix() throws GeneralSecurityException {
    byte[] any =
        KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair().getPublic().getEncoded();
    return Arrays.copyOf(any, any.length - MlKem768.PUBLIC_BYTES);
  }

  private byte[] bytes(int n) {
    byte[] out = new byte[n];
    random.nextBytes(out);
    return out;
  }
}
