package org.wayfolk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;

/** What the writer writes the reader reads; what it did not write, the reader refuses. */
final class ReaderWriterTest {
  private final SplittableRandom dice = new SplittableRandom(2);

  /** A value of some kind that can write itself and check itself. */
  private interface Value {
    void write(Writer w);

    void check(Reader r) throws Malformed;
  }

  private record Pair(java.util.function.Consumer<Writer> writes, Reading reads, Object expected)
      implements Value {
    interface Reading {
      Object read(Reader r) throws Malformed;
    }

    @Override
    public void write(Writer w) {
      writes.accept(w);
    }

    @Override
    public void check(Reader r) throws Malformed {
      assertThat(reads.read(r)).isEqualTo(expected);
    }
  }

  private long number() {
    return dice.nextLong() >>> dice.nextInt(64);
  }

  private Value draw() {
    return switch (dice.nextInt(7)) {
      case 0 -> {
        int v = dice.nextInt(256);
        yield new Pair(w -> w.u8(v), Reader::u8, v);
      }
      case 1 -> {
        int v = dice.nextInt(65_536);
        yield new Pair(w -> w.u16(v), Reader::u16, v);
      }
      case 2 -> {
        int v = dice.nextInt();
        yield new Pair(w -> w.i32(v), Reader::i32, v);
      }
      case 3 -> {
        long v = dice.nextLong();
        yield new Pair(w -> w.i64(v), Reader::i64, v);
      }
      case 4 -> {
        long v = number();
        yield new Pair(w -> w.uvarint(v), Reader::uvarint, v);
      }
      case 5 -> {
        NodeId v = new NodeId(dice.nextLong(), dice.nextLong(), dice.nextLong(), dice.nextLong());
        yield new Pair(w -> w.nodeId(v), Reader::nodeId, v);
      }
      default -> {
        byte[] v = new byte[dice.nextInt(200)];
        dice.nextBytes(v);
        yield new Pair(w -> w.prefixed(v), r -> r.copyPrefixed(200), v);
      }
    };
  }

  @Test
  void whatIsWrittenIsReadWhereverItStands() throws Malformed {
    for (int round = 0; round < 2_000; round++) {
      List<Value> values = new ArrayList<>();
      int offset = dice.nextInt(20);
      Writer w = new Writer(new byte[20 + 12 * 210], offset);
      for (int i = dice.nextInt(12); i > 0; i--) {
        Value v = draw();
        values.add(v);
        v.write(w);
      }
      byte[] all = w.toBytes();
      assertThat(all).hasSize(w.length());
      assertThat(w.position()).isEqualTo(offset + w.length());
      Reader r = new Reader(all);
      for (Value v : values) {
        v.check(r);
      }
      r.end();
    }
  }

  @Test
  void everyTruncationIsMalformedAndNeverAnythingElse() throws Malformed {
    for (int round = 0; round < 500; round++) {
      Value v = draw();
      Writer w = new Writer(300);
      v.write(w);
      byte[] whole = w.toBytes();
      for (int cut = 0; cut < whole.length; cut++) {
        Reader r = new Reader(Arrays.copyOf(whole, cut));
        assertThatThrownBy(() -> v.check(r)).isInstanceOf(Malformed.class);
      }
    }
  }

  @Test
  void aUvarintTakesAsManyBytesAsItSays() {
    for (int i = 0; i < 5_000; i++) {
      long v = number();
      assertThat(new Writer(10).uvarint(v).length())
          .isEqualTo(Writer.uvarintLength(v))
          .isEqualTo(Math.max(1, (64 - Long.numberOfLeadingZeros(v) + 6) / 7));
    }
  }

  @Test
  void uvarintsOfMoreThan64BitsAreMalformed() throws Malformed {
    byte[] most = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
    assertThat(new Reader(most).uvarint()).isEqualTo(-1L);
    byte[] over = most.clone();
    over[9] = 2;
    assertThatThrownBy(() -> new Reader(over).uvarint()).isInstanceOf(Malformed.class);
    byte[] endless = new byte[20];
    Arrays.fill(endless, (byte) 0x80);
    assertThatThrownBy(() -> new Reader(endless).uvarint()).isInstanceOf(Malformed.class);
    assertThat(new Reader(new byte[] {(byte) 0x81, (byte) 0x80, 0}).uvarint()).isEqualTo(1);
  }

  @Test
  void aCountAboveItsLimitIsRefusedBeforeAnythingIsAllocated() {
    byte[] huge = new Writer(20).uvarint(Long.MIN_VALUE).toBytes();
    assertThatThrownBy(() -> new Reader(huge).count(10)).isInstanceOf(Malformed.class);
    byte[] eleven = new Writer(20).uvarint(11).toBytes();
    assertThatThrownBy(() -> new Reader(eleven).count(10)).isInstanceOf(Malformed.class);
    // A length within the limit that is not there: refused by what remains, not after a copy.
    byte[] lies = new Writer(20).uvarint(Integer.MAX_VALUE).toBytes();
    assertThatThrownBy(() -> new Reader(lies).copyPrefixed(Integer.MAX_VALUE))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> new Reader(lies).copy(-1)).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> new Reader(lies).skip(-1)).isInstanceOf(Malformed.class);
  }

  @Test
  void aReaderNeverLooksPastItsPart() throws Malformed {
    byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    Reader r = new Reader(bytes, 2, 3);
    assertThat(r.remaining()).isEqualTo(3);
    assertThatThrownBy(r::i32).isInstanceOf(Malformed.class);
    assertThat(r.u8()).isEqualTo(3);
    assertThat(r.skip(2)).isEqualTo(3);
    r.end();
    assertThatThrownBy(r::u8).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> new Reader(bytes, 5, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Reader(bytes, -1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Reader(bytes, 1, Integer.MAX_VALUE))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void trailingBytesAreRefusedByEnd() {
    assertThatThrownBy(() -> new Reader(new byte[1]).end()).isInstanceOf(Malformed.class);
  }

  @Test
  void runningOverTheEndOfAWriterIsABugOfOurs() {
    assertThatThrownBy(() -> new Writer(3).i32(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Writer(1).u8(1).u8(2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Writer(3).bytes(new byte[4]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void malformedCarriesNoStackAndNoSuppression() {
    Malformed m = new Malformed("x");
    assertThat(m.getStackTrace()).isEmpty();
    m.addSuppressed(new IllegalStateException());
    assertThat(m.getSuppressed()).isEmpty();
  }
}
