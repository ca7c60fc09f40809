package org.wayfolk.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The keyspace against big integers. */
final class NodeIdTest {
  private final SplittableRandom dice = new SplittableRandom(1);

  /** Ids that share long prefixes as often as not, so that every word decides sometimes. */
  private NodeId draw() {
    long[] w = new long[4];
    for (int i = 0; i < 4; i++) {
      w[i] =
          switch (dice.nextInt(4)) {
            case 0 -> 0;
            case 1 -> -1L;
            case 2 -> 1L << dice.nextInt(64);
            default -> dice.nextLong();
          };
    }
    return new NodeId(w[0], w[1], w[2], w[3]);
  }

  private static BigInteger number(NodeId id) {
    return new BigInteger(1, id.bytes());
  }

  @Test
  void distanceIsXorOfUnsignedNumbers() {
    for (int i = 0; i < 20_000; i++) {
      NodeId x = draw();
      NodeId y = draw();
      NodeId t = draw();
      assertThat(number(x.distance(y))).isEqualTo(number(x).xor(number(y)));
      int compared = number(t).xor(number(x)).compareTo(number(t).xor(number(y)));
      assertThat(
              Integer.signum(
                  NodeId.compareDistance(
                      t.a(), t.b(), t.c(), t.d(), x.a(), x.b(), x.c(), x.d(), y.a(), y.b(), y.c(),
                      y.d())))
          .isEqualTo(compared);
      assertThat(Integer.signum(x.compareTo(y))).isEqualTo(number(x).compareTo(number(y)));
    }
  }

  @Test
  void commonPrefixCountsEqualBits() {
    for (int i = 0; i < 20_000; i++) {
      NodeId x = draw();
      NodeId y = draw();
      assertThat(x.commonPrefix(y)).isEqualTo(256 - number(x).xor(number(y)).bitLength());
    }
    NodeId x = draw();
    assertThat(x.commonPrefix(x)).isEqualTo(256);
  }

  @Test
  void flippingABitMovesItThatFarAndOnlyThatBit() {
    NodeId x = draw();
    for (int bit = 0; bit < 256; bit++) {
      NodeId y = x.flip(bit);
      assertThat(x.commonPrefix(y)).isEqualTo(bit);
      assertThat(y.bit(bit)).isEqualTo(1 - x.bit(bit));
      assertThat(x.bit(bit)).isEqualTo(number(x).testBit(255 - bit) ? 1 : 0);
      assertThat(y.flip(bit)).isEqualTo(x);
      assertThat(number(x.distance(y)).bitCount()).isEqualTo(1);
    }
  }

  @Test
  void bytesAndTextCarryTheIdThereAndBack() {
    for (int i = 0; i < 1_000; i++) {
      NodeId x = draw();
      assertThat(NodeId.of(x.bytes())).isEqualTo(x);
      assertThat(NodeId.parse(x.hex())).isEqualTo(x);
      assertThat(NodeId.parse(x.hex().toUpperCase(java.util.Locale.ROOT))).isEqualTo(x);
      assertThat(x.hex()).hasSize(64).startsWith(x.shortHex());
    }
  }

  @Test
  void anythingElseIsNoId() {
    String good = draw().hex();
    for (String bad :
        new String[] {
          "", good.substring(1), good + "0", good.substring(1) + "g", " " + good.substring(1)
        }) {
      assertThatThrownBy(() -> NodeId.parse(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a node id has");
    }
    assertThatThrownBy(() -> NodeId.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
  }
}
