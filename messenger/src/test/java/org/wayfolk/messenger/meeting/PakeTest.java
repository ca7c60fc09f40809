package org.wayfolk.messenger.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.agreement.jpake.JPAKEPrimeOrderGroups;
import org.junit.jupiter.api.Test;
import org.wayfolk.wire.Malformed;

class PakeTest {
  private static Pake side(String me, String peer, String password, int seed) {
    return new Pake(me, peer, password.toCharArray(), InvitationTest.filled(seed));
  }

  /** Two sides that have talked as far as the second round. */
  private static boolean agree(Pake guest, Pake inviter) throws Malformed {
    byte[] first = guest.round1();
    byte[] own = inviter.round1();
    inviter.takeRound1(first);
    byte[] second = inviter.round2();
    guest.takeRound1(own);
    byte[] theirs = guest.round2();
    guest.takeRound2(second);
    inviter.takeRound2(theirs);
    byte[] tag = guest.confirmation();
    byte[] answer = inviter.confirmation();
    boolean right = inviter.confirms(tag);
    assertThat(guest.confirms(answer)).isEqualTo(right);
    return right;
  }

  @Test
  void theSamePasswordGivesTheSameKey() throws Malformed {
    Pake guest = side("guest", "inviter", "0123456", 1);
    Pake inviter = side("inviter", "guest", "0123456", 2);
    assertThat(agree(guest, inviter)).isTrue();
    assertThat(guest.key()).isEqualTo(inviter.key()).hasSize(32);
  }

  @Test
  void anotherPasswordGivesAnotherKeyAndIsNotConfirmed() throws Malformed {
    Pake guest = side("guest", "inviter", "0123457", 1);
    Pake inviter = side("inviter", "guest", "0123456", 2);
    assertThat(agree(guest, inviter)).isFalse();
    assertThat(guest.key()).isNotEqualTo(inviter.key());
  }

  @Test
  void theSameSeedSaysTheSame() {
    assertThat(side("a", "b", "0000001", 3).round1())
        .isEqualTo(side("a", "b", "0000001", 3).round1())
        .isNotEqualTo(side("a", "b", "0000001", 4).round1());
  }

  @Test
  void aRoundForAnotherOneIsRefused() {
    byte[] forBen = side("ana", "ben", "0000001", 1).round1();
    Pake cem = side("cem", "somebody else", "0000001", 2);
    assertThat(cem.round1()).hasSize(Pake.ROUND1_BYTES);
    assertThatThrownBy(() -> cem.takeRound1(forBen)).isInstanceOf(Malformed.class);
  }

  @Test
  void numbersOutOfTheirBoundsAreRefusedBeforeTheyAreUsed() {
    byte[] good = side("guest", "inviter", "0000001", 1).round1();
    BigInteger p = JPAKEPrimeOrderGroups.NIST_3072.getP();
    BigInteger q = JPAKEPrimeOrderGroups.NIST_3072.getQ();
    for (BigInteger bad :
        new BigInteger[] {
          BigInteger.ZERO,
          BigInteger.ONE,
          p.subtract(BigInteger.ONE),
          p,
          BigInteger.TWO.pow(3_072).subtract(BigInteger.ONE)
        }) {
      for (int at : new int[] {0, 384, 768, 768 + 416}) {
        refuses(replaced(good, at, 384, bad));
      }
    }
    refuses(replaced(good, 768 + 384, 32, q));
    refuses(Arrays.copyOf(good, good.length - 1));
    refuses(Arrays.copyOf(good, good.length + 1));
    refuses(new byte[0]);
  }

  @Test
  void anyFlippedBitOfARoundIsRefused() {
    byte[] good = side("guest", "inviter", "0000001", 1).round1();
    for (int at = 7; at < good.length; at += 97) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      refuses(bad);
    }
  }

  private static void refuses(byte[] round) {
    Pake inviter = side("inviter", "guest", "0000001", 2);
    assertThat(inviter.round1()).hasSize(Pake.ROUND1_BYTES);
    assertThatThrownBy(() -> inviter.takeRound1(round)).isInstanceOf(Malformed.class);
  }

  private static byte[] replaced(byte[] from, int at, int length, BigInteger value) {
    byte[] out = from.clone();
    Arrays.fill(out, at, at + length, (byte) 0);
    byte[] number = value.toByteArray();
    int skip = Math.max(0, number.length - length);
    System.arraycopy(number, skip, out, at + length - (number.length - skip), number.length - skip);
    return out;
  }
}
