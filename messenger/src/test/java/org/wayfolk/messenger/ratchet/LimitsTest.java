package org.wayfolk.messenger.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.ratchet.Opening.NotForThis;
import org.wayfolk.messenger.ratchet.Opening.Opened;
import org.wayfolk.messenger.ratchet.Opening.TooFar;
import org.wayfolk.messenger.ratchet.Opening.Used;
import org.wayfolk.wire.Malformed;

class LimitsTest {

  private static final long DAY = 24L * 60 * 60 * 1000;

  private final Talk talk;

  LimitsTest() throws Malformed {
    talk = Talk.begun(Crypto.best(), 1);
  }

  private List<byte[]> sealMany(int who, int count) {
    List<byte[]> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(talk.seal(who));
    }
    return out;
  }

  private void refusedAsTooFar(byte[] payload) {
    byte[] before = talk.states[1].encode();
    assertThat(talk.open(1, payload)).isInstanceOf(TooFar.class);
    assertThat(talk.states[1].encode()).isEqualTo(before);
  }

  @Test
  void aThousandMessagesMayBePassedOverAndOneMoreNot() {
    List<byte[]> sealed = sealMany(0, Ratchet.MAX_SKIP + 2);
    refusedAsTooFar(sealed.get(Ratchet.MAX_SKIP + 1));
    assertThat(talk.open(1, sealed.get(Ratchet.MAX_SKIP))).isInstanceOf(Opened.class);
    assertThat(talk.states[1].skippedKeys()).isEqualTo(Ratchet.MAX_SKIP);
    assertThat(talk.open(1, sealed.get(Ratchet.MAX_SKIP + 1))).isInstanceOf(Opened.class);
    assertThat(talk.open(1, sealed.get(0))).isInstanceOf(Opened.class);
    assertThat(talk.open(1, sealed.get(0))).isInstanceOf(Used.class);
  }

  @Test
  void theEndOfAnOldChainIsLimitedToo() {
    sealMany(0, Ratchet.MAX_SKIP + 1);
    talk.open(0, talk.seal(1));
    refusedAsTooFar(talk.seal(0));
  }

  @Test
  void theBeginningOfANewChainIsLimitedToo() {
    talk.open(0, talk.seal(1));
    List<byte[]> sealed = sealMany(0, Ratchet.MAX_SKIP + 2);
    refusedAsTooFar(sealed.getLast());
    assertThat(talk.open(1, sealed.get(Ratchet.MAX_SKIP))).isInstanceOf(Opened.class);
  }

  @Test
  void atMostTwoThousandKeysAreKeptAndTheOldestGo() throws Malformed {
    List<byte[]> sealed = sealMany(0, 3000);
    for (int at = 999; at < 3000; at += 1000) {
      assertThat(talk.open(1, sealed.get(at))).isInstanceOf(Opened.class);
    }
    RatchetState state = talk.states[1];
    assertThat(state.skippedKeys()).isEqualTo(SkippedKeys.MAX_KEYS);
    assertThat(state.encode().length).isLessThan(SkippedKeys.MAX_KEYS * 42 + 1700);
    assertThat(RatchetState.decode(state.encode()).encode()).isEqualTo(state.encode());
    assertThat(talk.open(1, sealed.get(0))).isInstanceOf(Used.class);
    assertThat(talk.open(1, sealed.get(2998))).isInstanceOf(Opened.class);
  }

  @Test
  void atMost256ChainsMissSomething() {
    for (int i = 0; i < SkippedKeys.MAX_CHAINS + 20; i++) {
      byte[] lost = talk.seal(0);
      talk.pass(0);
      talk.pass(1);
      assertThat(lost).isNotEmpty();
    }
    assertThat(talk.states[1].skipped.headers()).hasSize(SkippedKeys.MAX_CHAINS);
    assertThat(talk.states[1].skippedKeys()).isEqualTo(SkippedKeys.MAX_CHAINS);
  }

  @Test
  void aSkippedKeyIsKeptForFortyDays() {
    byte[] late = talk.seal(0);
    byte[] later = talk.seal(0);
    talk.pass(0);
    talk.now += 40 * DAY - 1;
    assertThat(talk.open(1, late)).isInstanceOf(Opened.class);
    talk.now += 1;
    assertThat(talk.open(1, later)).isInstanceOf(Used.class);
    talk.seal(1);
    assertThat(talk.states[1].skippedKeys()).isZero();
  }

  @Test
  void anUnneededHeaderKeyIsForgotten() {
    byte[] first = talk.seal(0);
    assertThat(talk.open(1, first)).isInstanceOf(Opened.class);
    assertThat(talk.open(1, first)).isInstanceOf(Used.class);
    talk.pass(1);
    talk.pass(0);
    assertThat(talk.open(1, first)).isInstanceOf(NotForThis.class);
  }

  @Test
  void aCalmStateIsSmall() {
    assertThat(talk.states[0].encode().length).isLessThan(400);
    assertThat(talk.states[1].encode().length).isLessThan(300);
  }

  @Test
  void everyWholePayloadHasAPaddedSize() {
    for (int length : new int[] {0, 1, 150, 154, 155, 400, 5000, 32_000, 33_000}) {
      byte[] payload =
          talk.ratchet
              .seal(talk.states[0], new byte[length], Device.NO_AD, 3, talk.random, talk.now)
              .payload();
      assertThat(Padding.sizeFor(payload.length + 3)).isEqualTo(payload.length + 3);
    }
    assertThat(Padding.sizeFor(32_768)).isEqualTo(32_768);
    assertThat(Padding.sizeFor(32_769)).isEqualTo(Padding.LARGEST);
    assertThatThrownBy(() -> Padding.sizeFor(Padding.LARGEST + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLongestTextFillsThePayloadWithAndWithoutARefresh() {
    byte[] longest = new byte[Padding.capacity(1, false)];
    byte[] payload =
        talk.ratchet
            .seal(talk.states[0], longest, Device.NO_AD, 1, talk.random, talk.now)
            .payload();
    assertThat(payload).hasSize(Padding.LARGEST - 1);
    talk.now += Refresh.EVERY_MILLIS; // an offer goes along
    byte[] less = new byte[Padding.capacity(1, true)];
    byte[] full =
        talk.ratchet.seal(talk.states[0], less, Device.NO_AD, 1, talk.random, talk.now).payload();
    assertThat(full).hasSize(Padding.LARGEST - 1);
    assertThatThrownBy(() ->
            talk.ratchet.seal(talk.states[0], longest, Device.NO_AD, 1, talk.random, talk.now))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
