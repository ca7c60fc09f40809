package org.wayfolk.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wayfolk.wire.Malformed;

class SealingKeysTest {

  private static final long DAY = SealingKeys.CURRENT_MILLIS;
  private static final long T0 = 1_800_000_000_000L;

  private final Crypto crypto = Crypto.best();
  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void makesANewPairEachDayAndOpensWithTheOldOnesForThree() throws Malformed {
    SealingKeys keys = new SealingKeys(crypto);
    assertThat(keys.current(HpkeSuite.X25519)).isEmpty();
    assertThat(keys.rotate(T0, random, HpkeSuite.X25519)).isTrue();
    SealingKeyPair first = keys.current(HpkeSuite.X25519).orElseThrow();
    assertThat(keys.rotate(T0 + DAY - 1, random, HpkeSuite.X25519)).isFalse();
    assertThat(keys.rotate(T0 + DAY, random, HpkeSuite.X25519)).isTrue();
    SealingKeyPair second = keys.current(HpkeSuite.X25519).orElseThrow();
    assertThat(second.publicKey()).isNotEqualTo(first.publicKey());
    assertThat(keys.find(first.id(crypto), 0)).containsSame(first);
    assertThat(keys.rotate(T0 + 2 * DAY, random, HpkeSuite.X25519)).isTrue();
    assertThat(keys.find(first.id(crypto), 0)).containsSame(first);
    assertThat(keys.rotate(T0 + 3 * DAY, random, HpkeSuite.X25519)).isTrue();
    assertThat(keys.find(first.id(crypto), 0)).isEmpty();
    assertThat(keys.size()).isEqualTo(3);
    byte[] enc = second.publicKey(); // any key of full order
    assertThatThrownBy(() -> first.decapsulate(crypto, enc)).isInstanceOf(Malformed.class);
    assertThatThrownBy(first::seed).isInstanceOf(IllegalStateException.class);
    assertThat(second.decapsulate(crypto, enc)).hasSize(32);
  }

  @Test
  void aNewProcessOpensWhatWasSealedToTheOldOne() throws Malformed {
    SealingKeys keys = new SealingKeys(crypto);
    keys.rotate(T0, random, HpkeSuite.values());
    keys.rotate(T0 + DAY, random, HpkeSuite.values());
    SealingKeys again = SealingKeys.decode(crypto, keys.encode());
    assertThat(again.size()).isEqualTo(4);
    assertThat(again.encode()).isEqualTo(keys.encode());
    for (HpkeSuite suite : HpkeSuite.values()) {
      SealingKeyPair then = keys.current(suite).orElseThrow();
      byte[] message = new byte[20];
      System.arraycopy(then.id(crypto), 0, message, 5, SealingKeyPair.ID_BYTES);
      SealingKeyPair now = again.find(message, 5).orElseThrow();
      HpkeContext sender =
          suite.sender(crypto, then.publicKey(), message, new byte[suite.entropyBytes()]);
      HpkeContext receiver = suite.receiver(crypto, now, sender.enc(), message);
      assertThat(receiver.open(message, sender.seal(message, message))).isEqualTo(message);
    }
    assertThat(again.rotate(T0 + DAY + 1, random, HpkeSuite.values())).isFalse();
  }

  @Test
  void refusesADamagedFile() {
    SealingKeys keys = new SealingKeys(crypto);
    keys.rotate(T0, random, HpkeSuite.X25519);
    byte[] file = keys.encode();
    for (int i = 0; i < file.length; i++) {
      byte[] damaged = file.clone();
      damaged[i] ^= 4;
      byte[] cut = Arrays.copyOf(file, i);
      assertThatThrownBy(() -> SealingKeys.decode(crypto, damaged)).isInstanceOf(Malformed.class);
      assertThatThrownBy(() -> SealingKeys.decode(crypto, cut)).isInstanceOf(Malformed.class);
    }
    assertThatThrownBy(() -> SealingKeys.decode(crypto, new byte[10_000]))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void aClockThatJumpsMakesNeitherEndlessKeysNorKeepsOneForEver() {
    SealingKeys keys = new SealingKeys(crypto);
    for (int i = 0; i < 200; i++) {
      keys.rotate(T0 + (i % 2 == 0 ? 0 : DAY), random, HpkeSuite.X25519);
    }
    assertThat(keys.size()).isEqualTo(SealingKeys.MAX_PAIRS);
    assertThat(keys.encode()).hasSizeLessThan(2000);
    keys.rotate(T0 - 400 * DAY, random, HpkeSuite.X25519);
    assertThat(keys.size()).isEqualTo(1);
    keys.close();
    assertThat(keys.size()).isZero();
  }
}
