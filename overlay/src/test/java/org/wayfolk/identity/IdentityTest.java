package org.wayfolk.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wayfolk.id.NodeId;
import org.wayfolk.wire.Malformed;

class IdentityTest {

  private static final Vectors V = Vectors.named("nodenet-identity.txt");
  private static final Purpose TEST = new Purpose("test");

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void derivesTheIdsThatGoDerives(Crypto crypto) {
    for (String who : List.of("A", "B", "C")) {
      String at = "id." + who + ".";
      try (Identity identity = Identity.ofSeed(V.get(at + "seed"), crypto)) {
        assertThat(identity.id().bytes()).isEqualTo(V.get(at + "node_id"));
        assertThat(identity.publicIdentity().key()).isEqualTo(V.get(at + "ed25519_pub"));
        assertThat(identity.exchangeKey()).isEqualTo(V.get(at + "x25519_pub"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void signsEnvelopesAsGoSignsThem(Crypto crypto) {
    byte[] frame = V.get("route_AB.frame");
    int targetAt = 4; // version, type, two bytes of length
    int payloadAt = targetAt + 32 + 1 + 32 + 8 + 1 + 1;
    assertThat(Nodenet.envelopeDigest(1, frame, targetAt, payloadAt, 2))
        .isEqualTo(V.get("route_AB.digest"));
    assertThat(PublicIdentity.verifyEnvelope(crypto, 1, frame, targetAt, payloadAt, 2)).isTrue();
    assertThat(PublicIdentity.verifyEnvelope(crypto, 4, frame, targetAt, payloadAt, 2)).isFalse();
    byte[] hop = V.get("route_AB.frame_ttl15");
    assertThat(PublicIdentity.verifyEnvelope(crypto, 1, hop, targetAt, payloadAt, 2)).isTrue();
    try (Identity a = Identity.ofSeed(V.get("id.A.seed"), crypto);
        Identity b = Identity.ofSeed(V.get("id.B.seed"), crypto)) {
      assertThat(a.signEnvelope(1, frame, targetAt, payloadAt, 2)).isEqualTo(V.get("route_AB.sig"));
      assertThatThrownBy(() -> b.signEnvelope(1, frame, targetAt, payloadAt, 2))
          .isInstanceOf(IllegalArgumentException.class);
    }
    frame[payloadAt] ^= 1;
    assertThat(PublicIdentity.verifyEnvelope(crypto, 1, frame, targetAt, payloadAt, 2)).isFalse();
  }

  @Test
  void aSignatureIsForOnePurposeAndOneCutIntoFields() {
    Crypto crypto = Crypto.best();
    try (Identity a = Identity.ofSeed(V.get("id.A.seed"));
        Identity b = Identity.ofSeed(V.get("id.B.seed"))) {
      byte[] signature = a.sign(TEST, new byte[] {1, 2}, new byte[] {3});
      PublicIdentity us = a.publicIdentity();
      assertThat(us.verify(crypto, TEST, signature, new byte[] {1, 2}, new byte[] {3})).isTrue();
      assertThat(us.verify(crypto, TEST, signature, new byte[] {1}, new byte[] {2, 3})).isFalse();
      assertThat(us.verify(crypto, TEST, signature, new byte[] {1, 2, 3})).isFalse();
      Purpose other = new Purpose("test 2");
      assertThat(us.verify(crypto, other, signature, new byte[] {1, 2}, new byte[] {3})).isFalse();
      PublicIdentity them = b.publicIdentity();
      assertThat(them.verify(crypto, TEST, signature, new byte[] {1, 2}, new byte[] {3})).isFalse();
      assertThat(us.verify(crypto, TEST, new byte[0], new byte[] {1, 2}, new byte[] {3})).isFalse();
    }
  }

  @Test
  void theSignedBytesOfAPurposeAreWhatThePageSays() {
    assertThat(new Purpose("link hello").signedBytes(new byte[] {7, 8}, new byte[0]))
        .isEqualTo(
            HexFormat.of()
                .parseHex("776179666f6c6b2f31206c696e6b2068656c6c6f0000000002070800000000"));
    for (String bad : List.of("", "Upper", " lead", "two  spaces", "zero\0", "x".repeat(33))) {
      assertThatThrownBy(() -> new Purpose(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void nothingSecretIsPrintedAndAClosedIdentitySignsNoMore() {
    Identity a = Identity.ofSeed(V.get("id.A.seed"));
    assertThat(a.toString()).isEqualTo("Identity[" + a.id().hex() + "]");
    a.close();
    assertThatThrownBy(() -> a.sign(TEST)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(a::exchangeKey).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesPeerKeysThatAreNotCanonicalOrOfSmallOrder() throws Malformed {
    assertThat(PublicIdentity.of(V.get("id.A.ed25519_pub")).id().bytes())
        .isEqualTo(V.get("id.A.node_id"));
    byte[] one = new byte[32];
    one[0] = 1;
    for (byte[] bad : List.of(new byte[32], one, new byte[31], new byte[33])) {
      assertThatThrownBy(() -> PublicIdentity.of(bad)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void mintsTheFirstSeedThatHasTheWork() {
    for (String d : List.of("d8", "d12", "d16")) {
      NodeId id = Identity.ofSeed(V.get("pow." + d + ".seed")).id();
      assertThat(id.bytes()).isEqualTo(V.get("pow." + d + ".node_id"));
      int difficulty = Integer.parseInt(d.substring(1));
      assertThat(ProofOfWork.satisfies(id, difficulty)).isTrue();
    }
    Crypto crypto = Crypto.best();
    Identity first = mint(8, Progress.NONE, crypto, 1);
    Identity again = mint(8, Progress.NONE, new BouncyCrypto(), 1);
    assertThat(first.id()).isEqualTo(again.id());
    SplittableRandom random = new SplittableRandom(5);
    byte[] seed = new byte[32];
    do {
      random.nextBytes(seed);
    } while (Identity.ofSeed(seed).id().leadingZeros() < 8);
    assertThat(first.id()).isEqualTo(Identity.ofSeed(seed).id());
    assertThat(mint(6, Progress.NONE, crypto, 3).id().leadingZeros()).isGreaterThanOrEqualTo(6);
    assertThat(Identity.mint(5, Progress.NONE).id().leadingZeros()).isGreaterThanOrEqualTo(5);
    assertThat(ProofOfWork.satisfies(first.id(), 0)).isTrue();
    assertThat(ProofOfWork.satisfies(first.id(), 257)).isFalse();
  }

  private static Identity mint(int difficulty, Progress progress, Crypto crypto, int threads) {
    return ProofOfWork.mint(difficulty, progress, new SplittableRandom(5), crypto, threads);
  }

  @Test
  void mintingReportsAndCanBeCancelled() {
    long[] tries = new long[1];
    Progress stopAfter4096 =
        work -> {
          assertThat(work.expected()).isEqualTo(Math.pow(2, 40));
          tries[0] = work.tries();
          return work.tries() < 4096;
        };
    assertThatThrownBy(() -> mint(40, stopAfter4096, Crypto.best(), 2))
        .isInstanceOf(CancellationException.class);
    assertThat(tries[0]).isBetween(4096L, 5200L);
    Progress broken =
        work -> {
          throw new IllegalStateException("watcher");
        };
    assertThatThrownBy(() -> mint(40, broken, Crypto.best(), 2))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("watcher");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> mint(40, Progress.NONE, Crypto.best(), 1))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void keepsASeedFileThatOnlyItsOwnerReadsAndNeverOverwritesIt(@TempDir Path home)
      throws IOException {
    Path file = home.resolve("seed");
    try (Identity a = Identity.ofSeed(V.get("id.A.seed"))) {
      a.save(file);
      assertThat(Files.readAllBytes(file)).isEqualTo(V.get("id.A.seed"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Identity.load(file).id()).isEqualTo(a.id());
      assertThatThrownBy(() -> a.save(file)).isInstanceOf(FileAlreadyExistsException.class);
    }
    for (int length : new int[] {0, 31, 33}) {
      Path bad = Files.write(home.resolve("bad" + length), new byte[length]);
      assertThatThrownBy(() -> Identity.load(bad))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("exactly 32 bytes");
    }
  }
}
