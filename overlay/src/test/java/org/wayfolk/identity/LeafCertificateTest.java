package org.wayfolk.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wayfolk.wire.Malformed;

class LeafCertificateTest {

  private static final Vectors V = Vectors.named("nodenet-identity.txt");
  private static final Crypto CRYPTO = Crypto.best();
  private static final Identity A = Identity.ofSeed(V.get("id.A.seed"));

  @Test
  void isByteForByteTheCertificateThatGoAccepted() {
    LeafCertificate leaf = LeafCertificate.create(A, BigInteger.ONE);
    byte[] expected = V.get("cert.doc_example_der");
    int signed =
        4 + 4 + 301; // both headers and the signed part; then comes ECDSA, which is not one value
    assertThat(Arrays.copyOfRange(leaf.der(), 4, signed))
        .isEqualTo(Arrays.copyOfRange(expected, 4, signed));
    assertThat(leaf.spkiHash()).isEqualTo(CRYPTO.sha256(V.get("cert.spki_d1")));
    assertThat(LeafCertificate.isP256(V.get("cert.spki_d1"))).isTrue();
  }

  @Test
  void writesPrivateKeysAsGoReadsThem() {
    BigInteger scalar =
        new BigInteger("dee42292126a73d45dfd0966978f3d03bc3cef314c85ede2e56746a2cd681fc0", 16);
    assertThat(LeafCertificate.create(A, scalar).pkcs8()).isEqualTo(V.get("cert.A.key_pkcs8"));
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void acceptsWhatGoAcceptedAndRefusesWhatItRefused(Crypto crypto) throws Malformed {
    for (String name :
        List.of(
            "cert.doc_example_der",
            "cert.A.der",
            "cert.accept.critical",
            "cert.go_buildcert.der")) {
      assertThat(PeerCertificate.verify(crypto, V.get(name)).identity())
          .as(name)
          .isEqualTo(A.publicIdentity());
    }
    for (String name : List.of("bad_signature", "no_extension", "value_97_bytes")) {
      assertThatThrownBy(() -> PeerCertificate.verify(crypto, V.get("cert.reject." + name)))
          .as(name)
          .isInstanceOf(Malformed.class);
    }
  }

  @Test
  void standsBeforeTheJdkAsASelfSignedCertificateWhoseKeySigns() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      LeafCertificate leaf = LeafCertificate.create(A, new SplittableRandom(seed));
      X509Certificate certificate = leaf.certificate();
      certificate.verify(certificate.getPublicKey());
      assertThat(certificate.getVersion()).isEqualTo(3);
      assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=nodenet");
      assertThat(certificate.getNotAfter().toInstant()).hasToString("9999-12-31T23:59:59Z");
      assertThat(certificate.getEncoded()).isEqualTo(leaf.der());
      assertThat(leaf.spkiHash()).isEqualTo(CRYPTO.sha256(certificate.getPublicKey().getEncoded()));
      assertThat(signsFor(leaf, certificate)).isTrue();
      PeerCertificate peer = PeerCertificate.verify(CRYPTO, leaf.der());
      assertThat(peer.identity()).isEqualTo(A.publicIdentity());
      assertThat(peer.spkiHash()).isEqualTo(leaf.spkiHash());
    }
  }

  private static boolean signsFor(LeafCertificate leaf, X509Certificate certificate)
      throws GeneralSecurityException {
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(leaf.privateKey());
    signer.update(new byte[] {1, 2, 3});
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(certificate.getPublicKey());
    verifier.update(new byte[] {1, 2, 3});
    return verifier.verify(signer.sign());
  }

  @Test
  void isTheSameForTheSameRandomness() {
    LeafCertificate one = LeafCertificate.create(A, new SplittableRandom(3));
    assertThat(LeafCertificate.create(A, new SplittableRandom(3)).der()).isEqualTo(one.der());
    assertThat(LeafCertificate.create(A, new SplittableRandom(4)).der()).isNotEqualTo(one.der());
  }

  /**
   * Every truncation and 20,000 damaged certificates: never anything thrown but Malformed, never
   * another identity.
   */
  @Test
  void neitherTruncationNorDamageYieldsAnythingElse() {
    byte[] good = LeafCertificate.create(A, BigInteger.TWO).der();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> PeerCertificate.verify(CRYPTO, cut)).isInstanceOf(Malformed.class);
    }
    assertThatThrownBy(() -> PeerCertificate.verify(CRYPTO, Arrays.copyOf(good, good.length + 1)))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> PeerCertificate.verify(CRYPTO, new byte[5000]))
        .isInstanceOf(Malformed.class);
    SplittableRandom random = new SplittableRandom(1);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = good.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(PeerCertificate.verify(CRYPTO, damaged).identity())
            .isEqualTo(A.publicIdentity());
        accepted++; // names, dates, the self-signature: they say nothing
      } catch (Malformed e) {
        assertThat(e.getStackTrace()).isEmpty();
      }
    }
    assertThat(accepted).isBetween(1, 15_000);
  }

  @Test
  void remembersAcceptedCertificatesUpToItsLimit() throws Malformed {
    CertificateVerdicts verdicts = new CertificateVerdicts(CRYPTO, 2);
    byte[] first = LeafCertificate.create(A, BigInteger.TWO).der();
    PeerCertificate verdict = verdicts.check(first);
    assertThat(verdicts.check(first)).isSameAs(verdict);
    verdicts.check(LeafCertificate.create(A, BigInteger.valueOf(3)).der());
    assertThat(verdicts.check(first)).isSameAs(verdict);
    verdicts.check(LeafCertificate.create(A, BigInteger.valueOf(4)).der());
    assertThat(verdicts.size()).isEqualTo(2);
    assertThat(verdicts.check(first)).isSameAs(verdict);
    first[first.length - 1] ^= 1; // the self-signature: accepted, but another certificate
    assertThat(verdicts.check(first)).isNotSameAs(verdict);
    byte[] refused = V.get("cert.reject.bad_signature");
    assertThatThrownBy(() -> verdicts.check(refused)).isInstanceOf(Malformed.class);
    assertThat(verdicts.size()).isEqualTo(2);
  }

  @Test
  void signsNoOtherKeyThanAP256Key() {
    assertThatThrownBy(() -> A.signSpki(new byte[91])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> A.signSpki(new byte[32])).isInstanceOf(IllegalArgumentException.class);
  }
}
