package org.wayfolk.messenger.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Crypto;
import org.wayfolk.wire.Malformed;

/** The stored state: it comes back whole, refuses damage, and holds no key that was used. */
class StoredStateTest {

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static List<RatchetState> ofEveryKind() throws Malformed {
    List<RatchetState> out = new ArrayList<>();
    Talk talk = new Talk(Crypto.best(), 3);
    out.addAll(Arrays.asList(talk.states));
    for (int i = 0; i < 12; i++) {
      talk.now += Refresh.EVERY_MILLIS / 2;
      talk.seal(0);
      talk.pass(0);
      out.addAll(Arrays.asList(talk.states));
      talk.pass(1);
      out.addAll(Arrays.asList(talk.states));
    }
    return out;
  }

  @Test
  void everyKindOfStateComesBackWhole() throws Malformed {
    int has = 0;
    for (RatchetState state : ofEveryKind()) {
      byte[] bytes = state.encode();
      has |= bytes[1];
      assertThat(RatchetState.decode(bytes).encode()).isEqualTo(bytes);
    }
    assertThat(has).isEqualTo(0x7f); // offers and ciphertexts were among them
  }

  @Test
  void cutOrLongerBytesAreMalformed() throws Malformed {
    for (RatchetState state : ofEveryKind()) {
      byte[] bytes = state.encode();
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> RatchetState.decode(cut)).isInstanceOf(Malformed.class);
      }
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThatThrownBy(() -> RatchetState.decode(longer)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void damagedBytesNeverThrowAnythingElse() throws Malformed {
    Talk talk = Talk.begun(Crypto.best(), 4);
    talk.seal(0);
    talk.pass(0);
    byte[] payload = talk.seal(0);
    byte[] bytes = talk.states[1].encode();
    Random random = new Random(8);
    int decoded = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = bytes.clone();
      for (int k = 0; k <= i % 3; k++) {
        damaged[random.nextInt(i % 2 == 0 ? bytes.length : 160)] = (byte) random.nextInt();
      }
      try {
        RatchetState state = RatchetState.decode(damaged);
        state.encode();
        talk.ratchet.open(state, payload, Device.NO_AD, talk.now);
        decoded++;
      } catch (Malformed e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThat(decoded).isPositive();
  }

  @Test
  void noUsedMessageKeyAndNoPassedChainKeyIsInTheStoredState() throws Malformed {
    RecordingCrypto crypto = new RecordingCrypto(Crypto.best(), true);
    Talk talk = Talk.begun(crypto, 6);
    List<String> gone = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int from = i / 3 % 2;
      RatchetState before = talk.states[from];
      if (before.sending != null) {
        gone.add(hex(before.sending.key()));
      }
      int macs = crypto.macs().size();
      talk.pass(from);
      // Sealing makes the message key, then the next chain key; opening the same two again. A key
      // that is still in use is the newest chain key only.
      List<byte[]> made = crypto.macs().subList(macs, crypto.macs().size());
      String chain = hex(Objects.requireNonNull(talk.states[from].sending).key());
      made.stream().map(StoredStateTest::hex).filter(key -> !key.equals(chain)).forEach(gone::add);
      for (RatchetState state : talk.states) {
        assertThat(gone).noneMatch(hex(state.encode())::contains);
      }
    }
    assertThat(gone.size()).isGreaterThan(80);
  }

  @Test
  void aSkippedKeyLeavesTheStateWhenItIsUsed() throws Malformed {
    Talk talk = Talk.begun(Crypto.best(), 7);
    byte[] late = talk.seal(0);
    talk.pass(0);
    String key = hex(talk.states[1].skipped.entries().getFirst().messageKey());
    assertThat(hex(talk.states[1].encode())).contains(key);
    talk.open(1, late);
    assertThat(hex(talk.states[1].encode())).doesNotContain(key);
  }

  @Test
  void ratchetAndRefreshKeysLeaveTheStateWithTheirStep() throws Malformed {
    Talk talk = Talk.begun(Crypto.best(), 8);
    talk.now += Refresh.EVERY_MILLIS;
    talk.pass(1);
    byte[] scalar = Objects.requireNonNull(talk.states[1].own).scalar();
    byte[] seed = Objects.requireNonNull(talk.states[1].refresh.offer());
    byte[] root = talk.states[1].root;
    talk.pass(0);
    String after = hex(talk.states[1].encode());
    assertThat(after).doesNotContain(hex(scalar), hex(seed), hex(root));
  }

  @Test
  void aStolenStateIsOfNoUseAfterBothHaveStepped() throws Malformed {
    Talk talk = Talk.begun(Crypto.best(), 9);
    RatchetState stolen = talk.states[1];
    talk.pass(1);
    talk.pass(0);
    talk.pass(1);
    byte[] later = talk.seal(0);
    assertThat(talk.ratchet.open(stolen, later, Device.NO_AD, talk.now))
        .isInstanceOf(Opening.NotForThis.class);
  }
}
