package org.wayfolk.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What both providers share, against other implementations; and many threads on one provider. */
class PrimitivesTest {

  private final Crypto crypto = Crypto.best();

  @Test
  void blake2bOfAbcIsTheStandards() {
    assertThat(crypto.blake2b256(new byte[] {'a'}, new byte[] {'b', 'c'}))
        .isEqualTo(Vectors.hex("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
  }

  @Test
  void blake2bAgreesWithBouncyCastleAtEveryLengthAndCut() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] data = new byte[600];
    random.nextBytes(data);
    for (int length = 0; length <= data.length; length++) {
      Blake2bDigest theirs = new Blake2bDigest(256);
      theirs.update(data, 0, length);
      byte[] expected = new byte[32];
      theirs.doFinal(expected, 0);
      int cut = random.nextInt(length + 1);
      byte[] ours = new Blake2b().update(data, 0, cut).update(data, cut, length - cut).digest();
      assertThat(ours).as("length %d cut %d", length, cut).isEqualTo(expected);
    }
    Blake2b byteByByte = new Blake2b();
    for (byte b : data) {
      byteByByte.update(b);
    }
    assertThat(byteByByte.digest()).isEqualTo(crypto.blake2b256(data));
  }

  @Test
  void hmacAndHkdfAgreeWithOthers() throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    for (int length : new int[] {1, 31, 32, 33, 63, 64, 65, 200}) {
      byte[] key = new byte[length];
      random.nextBytes(key);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      assertThat(crypto.hmacSha256(key, key, key)).isEqualTo(mac.doFinal(Nodenet.concat(key, key)));
      HKDFBytesGenerator theirs = new HKDFBytesGenerator(new SHA256Digest());
      theirs.init(new HKDFParameters(key, key, new byte[] {1, 2}));
      byte[] expected = new byte[length * 3];
      theirs.generateBytes(expected, 0, expected.length);
      byte[] prk = crypto.hkdfExtract(key, key);
      assertThat(crypto.hkdfExpand(prk, length * 3, new byte[] {1}, new byte[] {2}))
          .isEqualTo(expected);
    }
    assertThat(crypto.hkdfExpand(new byte[32], 255 * 32)).hasSize(255 * 32);
    for (int length : new int[] {0, -1, 255 * 32 + 1}) {
      assertThatThrownBy(() -> crypto.hkdfExpand(new byte[32], length))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void lengthsThatWeDecideAreCheckedAndArgumentsAreLeftAlone(Crypto each) {
    byte[] shorter = new byte[31];
    assertThatThrownBy(() -> each.ed25519Public(shorter))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> each.signingKey(shorter)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> each.x25519Public(shorter))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> each.x25519Agree(shorter, new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> each.seal(shorter, new byte[12], shorter, shorter))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> each.open(new byte[32], new byte[11], shorter, new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(each.ed25519Verify(shorter, shorter, new byte[64])).isFalse();
    assertThat(each.ed25519Verify(new byte[32], shorter, new byte[63])).isFalse();
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) 0xff);
    try (Crypto.SigningKey key = each.signingKey(seed)) {
      key.publicKey()[0] ^= 1;
      byte[] signature = key.sign(shorter);
      Arrays.fill(seed, (byte) 0); // ours now, not the key's
      assertThat(key.sign(shorter)).isEqualTo(signature);
      assertThat(each.ed25519Verify(key.publicKey(), shorter, signature)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void manyThreadsShareOneProviderAndOneKey(Crypto each) throws Exception {
    byte[] seed = new byte[32];
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Crypto.SigningKey key = each.signingKey(seed)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        byte[] message = {(byte) t};
        Callable<Integer> work = () -> round(each, key, message);
        all.add(threads.submit(work));
      }
      for (Future<Integer> one : all) {
        assertThat(one.get()).isEqualTo(50);
      }
    }
  }

  private static int round(Crypto crypto, Crypto.SigningKey key, byte[] message) throws Exception {
    int right = 0;
    for (int i = 0; i < 50; i++) {
      byte[] signature = key.sign(message);
      byte[] sealed = crypto.seal(key.publicKey(), new byte[12], message, signature);
      byte[] opened = crypto.open(key.publicKey(), new byte[12], message, sealed);
      byte[] other = {message[0], 1};
      boolean good = crypto.ed25519Verify(key.publicKey(), message, opened);
      if (good && !crypto.ed25519Verify(key.publicKey(), other, opened)) {
        right++;
      }
    }
    return right;
  }
}
