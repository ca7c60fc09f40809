package org.wayfolk.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Buffers with one owner. */
final class PacketPoolTest {
  private final PacketPool pool = new PacketPool();

  @Test
  void aPacketHoldsWhatWasAskedAndIsNobodyElses() {
    SplittableRandom dice = new SplittableRandom(1);
    Set<Packet> owned = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Packet> order = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (order.isEmpty() || dice.nextInt(100) < 52) {
        int size = dice.nextInt(10) == 0 ? dice.nextInt(65_537) : dice.nextInt(2_049);
        Packet p = pool.take(size);
        assertThat(p.capacity()).isGreaterThanOrEqualTo(size);
        assertThat(p.length()).isZero();
        assertThat(p.offset()).isZero();
        assertThat(p.from()).isNull();
        assertThat(owned.add(p)).as("handed out twice").isTrue();
        p.set(0, size);
        order.add(p);
      } else {
        Packet p = order.remove(dice.nextInt(order.size()));
        owned.remove(p);
        p.release();
      }
      assertThat(pool.outstanding()).isEqualTo(order.size());
    }
  }

  @Test
  void aReleasedPacketComesBack() {
    Packet p = pool.take(10);
    p.set(3, 4);
    p.release();
    assertThat(pool.take(2_048)).isSameAs(p);
    Packet large = pool.take(2_049);
    assertThat(large.capacity()).isEqualTo(65_536);
    large.release();
    assertThat(pool.take(65_536)).isSameAs(large);
  }

  @Test
  void aCopyIsACopy() {
    byte[] source = {9, 1, 2, 3, 9};
    Packet p = pool.copyOf(source, 1, 3);
    source[1] = 7;
    assertThat(p.length()).isEqualTo(3);
    assertThat(p.array()).startsWith(1, 2, 3);
    p.release();
  }

  @Test
  void noPacketIsLargerThanARecord() {
    assertThatThrownBy(() -> pool.take(65_537)).isInstanceOf(IllegalArgumentException.class);
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void aPartThatDoesNotLieInTheArrayIsRefused() {
    Packet p = pool.take(10);
    for (int[] bad :
        new int[][] {{-1, 1}, {0, -1}, {2_048, 1}, {1, 2_048}, {1, Integer.MAX_VALUE}}) {
      assertThatThrownBy(() -> p.set(bad[0], bad[1])).isInstanceOf(IndexOutOfBoundsException.class);
    }
    p.set(2_048, 0);
    p.release();
  }

  @Test
  void trackedUseAfterReleaseAndSecondReleaseThrow() {
    assumeTrue(PacketPool.TRACKED, "all tests of the build run tracked");
    Packet p = pool.take(10);
    p.release();
    assertThatThrownBy(p::array).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> p.set(0, 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(p::release).isInstanceOf(IllegalStateException.class);
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void takingAndGivingBackAllocatesNothing() {
    var bean =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      pool.take(100).release();
      pool.take(9_000).release();
    }
    long before = bean.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      pool.take(100).release();
      pool.take(9_000).release();
    }
    assertThat(bean.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  @Test
  void whatThePoolKeepsIsBounded() {
    List<Packet> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(pool.take(60_000));
    }
    many.forEach(Packet::release);
    Set<Packet> again = Collections.newSetFromMap(new IdentityHashMap<>());
    int old = 0;
    Set<Packet> before = Collections.newSetFromMap(new IdentityHashMap<>());
    before.addAll(many);
    for (int i = 0; i < 300; i++) {
      Packet p = pool.take(60_000);
      assertThat(again.add(p)).isTrue();
      old += before.contains(p) ? 1 : 0;
    }
    assertThat(old).isEqualTo(128);
    assertThat(pool.outstanding()).isEqualTo(300);
  }
}
