package org.wayfolk.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wayfolk.wire.Malformed;

class HpkeTest {

  private static final byte[] NOTHING = {};

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void sealsOpensAndExportsAsRfc9180Says(Crypto crypto) throws Malformed {
    Vectors v = Vectors.named("rfc9180-x25519.txt");
    SealingKeyPair own = HpkeSuite.X25519.keyPair(crypto, v.get("ikmR"));
    assertThat(new DhKem(crypto).derivePrivate(v.get("ikmR"))).isEqualTo(v.get("skR"));
    followsTheVector(crypto, HpkeSuite.X25519, own, v);
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void sealsOpensAndExportsWithXWingAsItsVectorSays(Crypto crypto) throws Malformed {
    Vectors v = Vectors.named("hpke-xwing.txt");
    SealingKeyPair own = HpkeSuite.X_WING.keyPair(crypto, v.get("skR"));
    followsTheVector(crypto, HpkeSuite.X_WING, own, v);
  }

  private static void followsTheVector(
      Crypto crypto, HpkeSuite suite, SealingKeyPair own, Vectors v) throws Malformed {
    byte[] info = v.get("info");
    assertThat(own.publicKey()).isEqualTo(v.get("pkR"));
    HpkeContext sender = suite.sender(crypto, own.publicKey(), info, v.get("ikmE"));
    assertThat(sender.enc()).isEqualTo(v.get("enc"));
    HpkeContext receiver = suite.receiver(crypto, own, sender.enc(), info);
    for (int i = 0; v.has("seal." + i + ".ct"); i++) {
      byte[] aad = v.get("seal." + i + ".aad");
      byte[] plaintext = v.get("seal." + i + ".pt");
      byte[] sealed = v.get("seal." + i + ".ct");
      assertThat(sender.seal(aad, plaintext)).isEqualTo(sealed);
      assertThat(receiver.open(aad, sealed)).isEqualTo(plaintext);
    }
    for (int i = 0; v.has("export." + i + ".value"); i++) {
      byte[] context = v.get("export." + i + ".context");
      byte[] value = v.get("export." + i + ".value");
      assertThat(sender.export(context, value.length)).isEqualTo(value);
      assertThat(receiver.export(context, value.length)).isEqualTo(value);
    }
  }

  /** A thousand messages and exports, so that the nonce counter carries and every length occurs. */
  @Test
  void agreesWithTheAccumulatedVectorOfAThousandSeals() throws Malformed {
    Crypto crypto = Crypto.best();
    Vectors v = Vectors.named("rfc9180-x25519.txt");
    byte[] info = v.get("info");
    HpkeContext sender = HpkeSuite.X25519.sender(crypto, v.get("pkR"), info, v.get("ikmE"));
    SealingKeyPair own = HpkeSuite.X25519.keyPair(crypto, v.get("ikmR"));
    HpkeContext receiver = HpkeSuite.X25519.receiver(crypto, own, sender.enc(), info);
    SHAKEDigest source = new SHAKEDigest(128);
    SHAKEDigest seals = new SHAKEDigest(128);
    for (int i = 0; i < 1000; i++) {
      byte[] aad = draw(source);
      byte[] plaintext = draw(source);
      byte[] sealed = sender.seal(aad, plaintext);
      seals.update(sealed, 0, sealed.length);
      assertThat(receiver.open(aad, sealed)).isEqualTo(plaintext);
    }
    assertThat(squeeze(seals)).isEqualTo(v.get("accumulated.seals"));
    source = new SHAKEDigest(128);
    SHAKEDigest exports = new SHAKEDigest(128);
    for (int length = 0; length < 1000; length++) {
      byte[] context = draw(source);
      if (length > 0) { // our export refuses an empty secret, which adds nothing to the sum
        exports.update(sender.export(context, length), 0, length);
      }
    }
    assertThat(squeeze(exports)).isEqualTo(v.get("accumulated.exports"));
  }

  private static byte[] draw(SHAKEDigest source) {
    byte[] length = new byte[1];
    source.doOutput(length, 0, 1);
    byte[] out = new byte[length[0] & 0xff];
    source.doOutput(out, 0, out.length);
    return out;
  }

  private static byte[] squeeze(SHAKEDigest digest) {
    byte[] out = new byte[16];
    digest.doFinal(out, 0, 16);
    return out;
  }

  @Test
  void sealsTheSameBytesOnBothProviders() throws Malformed {
    SplittableRandom random = new SplittableRandom(7);
    List<Crypto> both = Vectors.providers().toList();
    for (HpkeSuite suite : HpkeSuite.values()) {
      byte[] seed = bytes(random, 32);
      byte[] entropy = bytes(random, suite.entropyBytes());
      List<byte[]> sealed = new ArrayList<>();
      for (Crypto crypto : both) {
        byte[] to = suite.keyPair(crypto, seed).publicKey();
        HpkeContext sender = suite.sender(crypto, to, NOTHING, entropy);
        sealed.add(
            Nodenet.concat(sender.enc(), sender.seal(NOTHING, seed), sender.export(seed, 16)));
      }
      assertThat(sealed.get(0)).isEqualTo(sealed.get(1));
    }
  }

  @Test
  void opensNothingThatWasChangedAndStaysUsable() throws Malformed {
    Crypto crypto = Crypto.best();
    SplittableRandom random = new SplittableRandom(8);
    for (HpkeSuite suite : HpkeSuite.values()) {
      SealingKeyPair own = suite.keyPair(crypto, bytes(random, 32));
      byte[] entropy = bytes(random, suite.entropyBytes());
      HpkeContext sender = suite.sender(crypto, own.publicKey(), NOTHING, entropy);
      byte[] sealed = sender.seal(NOTHING, entropy);
      HpkeContext receiver = suite.receiver(crypto, own, sender.enc(), NOTHING);
      byte[] changed = sealed.clone();
      changed[3] ^= 1;
      assertThatThrownBy(() -> receiver.open(NOTHING, changed)).isInstanceOf(Malformed.class);
      assertThatThrownBy(() -> receiver.open(new byte[1], sealed)).isInstanceOf(Malformed.class);
      assertThatThrownBy(() -> receiver.open(NOTHING, new byte[15])).isInstanceOf(Malformed.class);
      assertThat(receiver.open(NOTHING, sealed)).isEqualTo(entropy);
      assertThatThrownBy(() -> receiver.open(NOTHING, sealed)).isInstanceOf(Malformed.class);
      byte[] enc = sender.enc();
      enc[5] ^= 1;
      HpkeContext other = suite.receiver(crypto, own, enc, NOTHING);
      assertThatThrownBy(() -> other.open(NOTHING, sealed)).isInstanceOf(Malformed.class);
      HpkeContext otherInfo = suite.receiver(crypto, own, sender.enc(), new byte[1]);
      assertThatThrownBy(() -> otherInfo.open(NOTHING, sealed)).isInstanceOf(Malformed.class);
      assertThatThrownBy(() -> suite.receiver(crypto, own, new byte[31], NOTHING))
          .isInstanceOf(Malformed.class);
      own.close();
      assertThatThrownBy(() -> suite.receiver(crypto, own, sender.enc(), NOTHING))
          .isInstanceOf(Malformed.class);
    }
  }

  @ParameterizedTest
  @MethodSource("org.wayfolk.identity.Vectors#providers")
  void refusesPublicKeysThatCannotBe(Crypto crypto) {
    byte[] entropy = new byte[64];
    assertThatThrownBy(() -> HpkeSuite.X25519.sender(crypto, new byte[32], NOTHING, new byte[32]))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> HpkeSuite.X25519.sender(crypto, new byte[31], NOTHING, new byte[32]))
        .isInstanceOf(Malformed.class);
    byte[] key = HpkeSuite.X_WING.keyPair(crypto, new byte[32]).publicKey();
    byte[] outOfRange = key.clone();
    outOfRange[0] = -1; // the first coefficient becomes 0xfff, above q = 3329
    outOfRange[1] = -1;
    assertThatThrownBy(() -> HpkeSuite.X_WING.sender(crypto, outOfRange, NOTHING, entropy))
        .isInstanceOf(Malformed.class);
    byte[] smallOrder = key.clone();
    java.util.Arrays.fill(smallOrder, 1184, 1216, (byte) 0);
    assertThatThrownBy(() -> HpkeSuite.X_WING.sender(crypto, smallOrder, NOTHING, entropy))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> HpkeSuite.ofCode(0)).isInstanceOf(Malformed.class);
  }

  private static byte[] bytes(SplittableRandom random, int length) {
    byte[] out = new byte[length];
    random.nextBytes(out);
    return out;
  }
}
