package org.wayfolk.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.transport.Address;

/** Segmented sends through the real kernel. */
@EnabledOnOs(OS.LINUX)
@Timeout(30)
final class LinuxUdpSocketTest {
  private final NativeMemory memory = new NativeMemory();
  private final long buffer = memory.take(90_000);
  private final List<UdpSocket> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(UdpSocket::close);
    memory.close();
  }

  private UdpSocket socket() throws IOException {
    UdpSocket s = new LinuxUdpSocket(memory, Address.parse("127.0.0.1:0"), true);
    open.add(s);
    return s;
  }

  @ParameterizedTest
  @ValueSource(ints = {1200, 1350, 1452, 8900})
  void theLargestBatchOfEachPacketSizeIsTakenAndArrivesPacketByPacket(int segment)
      throws IOException {
    UdpSocket from = socket();
    UdpSocket to = socket();
    int segments = from.maxSegments(segment);
    assertThat(segments).isEqualTo(Math.min(64, 65_507 / segment));
    for (int i = 0; i < segments; i++) {
      NativeMemory.i32(buffer + (long) i * segment, i);
    }
    // The last one shorter.
    int length = segments * segment - 100;
    assertThat(from.send(buffer, length, segment, to.bound())).isEqualTo(UdpSocket.Sent.ALL);
    assertThat(from.segmentationFailures()).isZero();
    List<String> arrived = receive(to, from, segments);
    for (int i = 0; i < segments; i++) {
      int size = i == segments - 1 ? segment - 100 : segment;
      assertThat(arrived.get(i)).isEqualTo(i + " of " + size);
    }
  }

  @Test
  void oneSegmentMoreIsRefusedByTheKernelAndThenSentOneByOne() throws IOException {
    UdpSocket from = socket();
    UdpSocket to = socket();
    int segments = from.maxSegments(1350) + 1;
    for (int i = 0; i < segments; i++) {
      NativeMemory.i32(buffer + i * 1350L, i);
    }
    // The trap of quic-speed 2: 49 x 1350 is EMSGSIZE, and Netty dropped it without a word.
    assertThat(from.send(buffer, segments * 1350, 1350, to.bound())).isEqualTo(UdpSocket.Sent.ALL);
    assertThat(from.segmentationFailures()).isEqualTo(1);
    assertThat(receive(to, from, segments)).hasSize(segments);
    assertThat(from.maxSegments(1350)).isEqualTo(1);
  }

  @Test
  void whatHasNoRouteFailsAndSaysSo() throws IOException {
    UdpSocket s = socket();
    assertThat(s.send(buffer, 100, 100, Path.of(Address.parse("[::1]:9"))))
        .isEqualTo(UdpSocket.Sent.FAILED);
    assertThat(s.send(buffer, 100, 100, Path.of(Address.parse("192.0.2.1:9"))))
        .isEqualTo(UdpSocket.Sent.FAILED);
  }

  @Test
  void aWakeEndsAWaitAlsoWhenItCameFirst() throws IOException {
    UdpSocket s = socket();
    s.wake();
    s.await(60_000_000_000L, false);
    Thread.ofPlatform().start(s::wake);
    s.await(60_000_000_000L, false);
    s.await(60_000_000_000L, true);
  }

  private static List<String> receive(UdpSocket to, UdpSocket from, int count) {
    List<String> arrived = new ArrayList<>();
    while (arrived.size() < count) {
      to.receive((at, length, hi, lo, port) -> {
        assertThat(new Path(hi, lo, port)).isEqualTo(from.bound());
        arrived.add(NativeMemory.i32(at) + " of " + length);
      });
      to.await(10_000_000L, false);
    }
    return arrived;
  }
}
