package org.wayfolk.messenger.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

final class RootClaimTest {

  private final Someone alice = new Someone(1);
  private final Someone bob = new Someone(2);

  @Test
  void onlyTheRootThatTheWordsHoldNextIsAnnounced() {
    assertThat(alice.claim.announces(alice.phrase.root(1).publicKey())).isTrue();
    assertThat(alice.claim.announces(alice.phrase.root(0).publicKey())).isFalse();
    assertThat(alice.claim.announces(alice.phrase.root(2).publicKey())).isFalse();
    assertThat(alice.claim.announces(bob.phrase.root(1).publicKey())).isFalse();
    assertThat(alice.claim.announces(new byte[0])).isFalse();
  }

  @Test
  void theCardChangesWithEitherHalf() {
    RootClaim otherNext = RootClaim.of(alice.root, bob.phrase.root(1));
    assertThat(otherNext.card()).isNotEqualTo(alice.card());
    assertThat(RootClaim.of(alice.root, alice.phrase.root(1))).isEqualTo(alice.claim);
  }

  @Test
  void aClaimSurvivesItsBytesAndNothingElseIsOne() throws Malformed {
    byte[] bytes = alice.claim.encode();
    assertThat(RootClaim.decode(bytes)).isEqualTo(alice.claim);
    assertThatThrownBy(() -> RootClaim.decode(Arrays.copyOf(bytes, 63)))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> RootClaim.decode(Arrays.copyOf(bytes, 65)))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> RootClaim.decode(new byte[64])).isInstanceOf(Malformed.class);
  }

  @Test
  void cardsAreEqualAndOrderedByTheirBytes() throws Malformed {
    byte[] low = new byte[32];
    byte[] high = new byte[32];
    high[0] = (byte) 0x80;
    assertThat(Card.of(low)).isLessThan(Card.of(high)).isEqualTo(Card.read(new Reader(low)));
    assertThat(Card.of(high)).hasSameHashCodeAs(Card.of(high.clone()));
    assertThat(Card.of(high).hex()).isEqualTo("80" + "00".repeat(31));
    assertThat(Card.of(high).shortHex()).isEqualTo("800000");
    assertThatThrownBy(() -> Card.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
  }
}
