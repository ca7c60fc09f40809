package org.wayfolk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The frame layer. */
final class FrameHeaderTest {

  @Test
  void aFrameIsReadAsItWasWritten() throws Malformed {
    SplittableRandom dice = new SplittableRandom(3);
    for (int length : new int[] {0, 1, 127, 128, 300, 16_383, 16_384, 65_531}) {
      byte[] payload = new byte[length];
      dice.nextBytes(payload);
      int type = dice.nextInt(256);
      byte[] frame = FrameHeader.frame(type, payload);
      assertThat(frame).hasSize(FrameHeader.bytes(length) + length);
      Reader r = new Reader(frame);
      assertThat(FrameHeader.read(r)).isEqualTo(type);
      assertThat(r.copy(r.remaining())).isEqualTo(payload);
    }
  }

  @Test
  void theLargestPayloadOfARecordFillsItExactly() {
    assertThat(FrameHeader.frame(1, new byte[FrameHeader.MAX_RECORD - FrameHeader.MAX_BYTES]))
        .hasSize(FrameHeader.MAX_RECORD);
    assertThat(FrameHeader.bytes(FrameHeader.MAX_PAYLOAD)).isEqualTo(FrameHeader.MAX_BYTES);
  }

  @Test
  void bytesBehindThePayloadAreLeftOut() throws Malformed {
    Reader r = new Reader(new byte[] {1, 9, 2, 5, 6, 7, 8});
    assertThat(FrameHeader.read(r)).isEqualTo(9);
    assertThat(r.copy(2)).containsExactly(5, 6);
    r.end();
  }

  @Test
  void whatIsNoFrameIsMalformed() {
    byte[][] bad = {
      {},
      {1},
      {1, 1},
      {0, 1, 0},
      {2, 1, 0},
      {1, 1, 3, 1, 2},
      {1, 1, (byte) 0x80},
      new Writer(12).u8(1).u8(1).uvarint(FrameHeader.MAX_PAYLOAD + 1).toBytes(),
      new Writer(12).u8(1).u8(1).uvarint(-1).toBytes(),
    };
    for (byte[] b : bad) {
      assertThatThrownBy(() -> FrameHeader.read(new Reader(b))).isInstanceOf(Malformed.class);
    }
  }
}
