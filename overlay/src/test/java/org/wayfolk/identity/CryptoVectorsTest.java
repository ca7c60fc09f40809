package org.wayfolk.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wayfolk.wire.Malformed;

/** Every published vector, on both providers. */
class CryptoVectorsTest {

  @Test
  void conscryptsNativeLoadsHereAndIsChosen() {
    assertThat(new ConscryptCrypto().name()).isEqualTo("conscrypt");
    assertThat(Crypto.best()).isInstanceOf(ConscryptCrypto.class);
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void signsAndVerifiesAsRfc8032Says(Crypto crypto) {
    List<String[]> rows = Vectors.table("rfc8032.txt");
    assertThat(rows).hasSize(4);
    for (String[] row : rows) {
      byte[] publicKey = Vectors.hex(row[2]);
      byte[] message = Vectors.hex(row[3]);
      byte[] signature = Vectors.hex(row[4]);
      try (Crypto.SigningKey key = crypto.signingKey(Vectors.hex(row[1]))) {
        assertThat(key.publicKey()).as(row[0]).isEqualTo(publicKey);
        assertThat(key.sign(message)).as(row[0]).isEqualTo(signature);
      }
      assertThat(crypto.ed25519Public(Vectors.hex(row[1]))).isEqualTo(publicKey);
      assertThat(crypto.ed25519Verify(publicKey, message, signature)).as(row[0]).isTrue();
      byte[] envelope = Nodenet.concat(new byte[3], publicKey, new byte[5], signature);
      assertThat(crypto.ed25519Verify(envelope, 3, 40, message)).isTrue();
      signature[7] ^= 1;
      assertThat(crypto.ed25519Verify(publicKey, message, signature)).as(row[0]).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void givesWycheproofsVerdictOnEverySignature(Crypto crypto) {
    List<String> wrong = new ArrayList<>();
    List<String[]> rows = Vectors.table("wycheproof-ed25519.txt");
    for (String[] row : rows) {
      boolean valid =
          crypto.ed25519Verify(Vectors.hex(row[2]), Vectors.hex(row[3]), Vectors.hex(row[4]));
      if (valid != row[1].equals("valid")) {
        wrong.add(String.join("|", row));
      }
    }
    assertThat(rows).hasSizeGreaterThan(140);
    assertThat(wrong).isEmpty();
  }

  /**
   * Keys and Rs outside the prime-order subgroup, of small order, not canonical: where libraries
   * differ, and where an attacker would split a network.
   */
  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void givesOneVerdictWhereLibrariesDiffer(Crypto crypto) {
    List<String> wrong = new ArrayList<>();
    List<String[]> rows = Vectors.table("ed25519-edges.txt");
    for (String[] row : rows) {
      byte[] key = Vectors.hex(row[2]);
      byte[] message = Vectors.hex(row[3]);
      byte[] signature = Vectors.hex(row[4]);
      boolean valid = row[1].equals("valid");
      byte[] inside = Nodenet.concat(key, signature);
      if (crypto.ed25519Verify(key, message, signature) != valid
          || crypto.ed25519Verify(inside, 0, 32, message) != valid) {
        wrong.add(String.join("|", row));
      }
    }
    assertThat(rows).hasSize(118);
    assertThat(wrong).isEmpty();
  }

  /** Why BouncyCrypto does more than to call it: without that, this many verdicts would differ. */
  @Test
  void bouncyCastleAloneWouldDiffer() {
    int differs = 0;
    for (String[] row : Vectors.table("ed25519-edges.txt")) {
      byte[] key = Vectors.hex(row[2]);
      byte[] message = Vectors.hex(row[3]);
      byte[] signature = Vectors.hex(row[4]);
      if (Strict.publicKey(key, 0) && Strict.signature(signature, 0)) {
        boolean plain = Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
        differs += plain == row[1].equals("valid") ? 0 : 1;
      }
    }
    assertThat(differs).isGreaterThan(3);
  }

  /** The slow way and BoringSSL, on keys of every kind and on signatures damaged at random. */
  @Test
  void theExactCheckAgreesWithBoringSsl() {
    ConscryptCrypto conscrypt = new ConscryptCrypto();
    SplittableRandom random = new SplittableRandom(3);
    for (String[] row : Vectors.table("ed25519-edges.txt")) {
      byte[] key = Vectors.hex(row[2]);
      byte[] signature = Vectors.hex(row[4]);
      if (random.nextInt(3) == 0) {
        signature[random.nextInt(32)] ^= 1;
      }
      if (Strict.publicKey(key, 0) && Strict.signature(signature, 0)) {
        byte[] message = Vectors.hex(row[3]);
        assertThat(ExactEd25519.verify(key, signature, message))
            .as(row[0])
            .isEqualTo(conscrypt.verifyChecked(key, signature, message));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void agreesAsRfc7748Says(Crypto crypto) throws Malformed {
    Vectors v = Vectors.named("rfc7748.txt");
    for (String mul : List.of("mul1", "mul2")) {
      assertThat(crypto.x25519Agree(v.get(mul + ".scalar"), v.get(mul + ".u")))
          .isEqualTo(v.get(mul + ".out"));
    }
    byte[] alice = v.get("dh.alice.private");
    byte[] bob = v.get("dh.bob.private");
    assertThat(crypto.x25519Public(alice)).isEqualTo(v.get("dh.alice.public"));
    assertThat(crypto.x25519Public(bob)).isEqualTo(v.get("dh.bob.public"));
    assertThat(crypto.x25519Agree(alice, v.get("dh.bob.public"))).isEqualTo(v.get("dh.shared"));
    assertThat(crypto.x25519Agree(bob, v.get("dh.alice.public"))).isEqualTo(v.get("dh.shared"));
    byte[] k = new byte[32];
    k[0] = 9;
    byte[] u = k.clone();
    for (int i = 1; i <= 1000; i++) {
      byte[] next = crypto.x25519Agree(k, u);
      u = k;
      k = next;
      if (i == 1) {
        assertThat(k).isEqualTo(v.get("iterated.1"));
      }
    }
    assertThat(k).isEqualTo(v.get("iterated.1000"));
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void agreesOrRefusesAsWycheproofSays(Crypto crypto) {
    List<String[]> rows = Vectors.table("wycheproof-x25519.txt");
    int refused = 0;
    for (String[] row : rows) {
      byte[] shared = Vectors.hex(row[4]);
      if (Arrays.equals(shared, new byte[32])) {
        refused++;
        assertThatThrownBy(() -> crypto.x25519Agree(Vectors.hex(row[2]), Vectors.hex(row[3])))
            .as(row[0])
            .isInstanceOf(Malformed.class);
      } else {
        assertThat(agree(crypto, row)).as(row[0]).isEqualTo(shared);
      }
    }
    assertThat(rows).hasSizeGreaterThan(500);
    assertThat(refused).isGreaterThan(20);
  }

  private static byte[] agree(Crypto crypto, String[] row) {
    try {
      return crypto.x25519Agree(Vectors.hex(row[2]), Vectors.hex(row[3]));
    } catch (Malformed e) {
      throw new AssertionError("refused case " + row[0], e);
    }
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void sealsAndOpensAsWycheproofSays(Crypto crypto) throws Malformed {
    List<String[]> rows = Vectors.table("wycheproof-chacha20poly1305.txt");
    for (String[] row : rows) {
      byte[] key = Vectors.hex(row[2]);
      byte[] nonce = Vectors.hex(row[3]);
      byte[] aad = Vectors.hex(row[4]);
      byte[] sealed = Vectors.hex(row[6]);
      if (row[1].equals("valid")) {
        byte[] message = Vectors.hex(row[5]);
        assertThat(crypto.seal(key, nonce, aad, message)).as(row[0]).isEqualTo(sealed);
        assertThat(crypto.open(key, nonce, aad, sealed)).as(row[0]).isEqualTo(message);
        byte[] inside = Nodenet.concat(new byte[7], sealed, new byte[9]);
        assertThat(crypto.open(key, nonce, aad, inside, 7, sealed.length)).isEqualTo(message);
      } else {
        assertThatThrownBy(() -> crypto.open(key, nonce, aad, sealed))
            .as(row[0])
            .isInstanceOf(Malformed.class);
      }
    }
    assertThat(rows).hasSizeGreaterThan(250);
  }
}
