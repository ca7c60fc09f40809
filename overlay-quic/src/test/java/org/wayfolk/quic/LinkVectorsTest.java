package org.wayfolk.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.wire.FrameHeader;

/** The vectors of docs/protocol/link.md. */
final class LinkVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void streamsAreCutIntoTheRecordsOfTheVectors() throws IOException {
    List<String[]> lines = lines("stream");
    for (String[] line : lines) {
      List<String> records = new ArrayList<>();
      assertThat(cut(HEX.parseHex(line[1]), records)).as(line[1]).isTrue();
      String said = records.isEmpty() ? "none" : String.join(",", records);
      assertThat(said).as(line[1]).isEqualTo(line[3]);
    }
    assertThat(lines).hasSize(5);
  }

  @Test
  void malformedStreamsAreRefused() throws IOException {
    List<String[]> lines = lines("malformed");
    for (String[] line : lines) {
      assertThat(cut(HEX.parseHex(line[1]), new ArrayList<>())).as(line[1]).isFalse();
    }
    assertThat(lines).hasSize(3);
  }

  @Test
  void framesAreThoseOfTheVectors() throws IOException {
    List<String[]> lines = lines("frame");
    for (String[] line : lines) {
      byte[] payload = line[2].equals("-") ? new byte[0] : HEX.parseHex(line[2]);
      byte[] frame = FrameHeader.frame(Integer.parseInt(line[1]), payload);
      assertThat(HEX.formatHex(frame)).isEqualTo(line[3]);
    }
    assertThat(lines).hasSize(2);
  }

  @Test
  void closeCodesAreThoseOfTheVectors() throws IOException {
    List<String[]> lines = lines("close");
    for (String[] line : lines) {
      assertThat(CloseReason.of(Long.parseLong(line[1]))).hasToString(line[2]);
    }
    assertThat(lines).hasSize(12);
  }

  @Test
  void refusalsAreThoseOfTheVectors() throws IOException {
    List<String[]> lines = lines("refusal");
    for (String[] line : lines) {
      byte[] packet = Refusal.packet(HEX.parseHex(line[1]), HEX.parseHex(line[2]));
      assertThat(HEX.formatHex(packet)).isEqualTo(line[3]);
    }
    assertThat(lines).hasSize(2);
  }

  private static boolean cut(byte[] stream, List<String> records) {
    try (NativeMemory memory = new NativeMemory()) {
      long at = memory.take(64);
      NativeMemory.copyIn(stream, 0, at, stream.length);
      Records cutter = new Records(new PacketPool());
      boolean fine =
          cutter.take(
              at,
              stream.length,
              packet -> {
                byte[] frame = Arrays.copyOf(packet.array(), packet.length());
                records.add(frame.length == 0 ? "empty" : HEX.formatHex(frame));
                packet.release();
                return true;
              });
      cutter.close();
      return fine;
    }
  }

  private static List<String[]> lines(String kind) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(LinkVectorsTest.class.getResourceAsStream("/vectors/link.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> l.startsWith(kind + " "))
          .map(l -> l.split(" ", -1))
          .toList();
    }
  }
}
