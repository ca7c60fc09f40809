package org.wayfolk.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Transport;

/** What connections take they give back. */
final class LeakTest {
  private static final Transport.Limits ROOMY =
      new Transport.Limits(1000, 1000, 1000, 1000, 10_000_000_000L);

  @Test
  @Timeout(60)
  void aClosedTransportHoldsNoNativeMemoryAndNoConnectionLeavesIds() throws Exception {
    long before = NativeMemory.liveBytes();
    try (TestNode a = TestNode.with(1, ROOMY, o -> {});
        TestNode b = TestNode.with(2, ROOMY, o -> {})) {
      long idle = NativeMemory.liveBytes();
      connections(a, b, 100);
      // One slab of outbox chunks an end at most.
      assertThat(NativeMemory.liveBytes() - idle).isLessThanOrEqualTo(2L << 20);
    }
    assertThat(NativeMemory.liveBytes()).isEqualTo(before);
  }

  /** 20,000 connections, each with a frame; takes about half a minute. */
  @Test
  @Tag("process")
  @Timeout(300)
  void twentyThousandConnectionsLeaveNothingBehind() throws Throwable {
    try (TestNode a = TestNode.with(1, ROOMY, o -> {});
        TestNode b = TestNode.with(2, ROOMY, o -> {})) {
      connections(a, b, 4_000);
      long early = mallocBytes();
      long live = NativeMemory.liveBytes();
      connections(a, b, 16_000);
      long grown = mallocBytes() - early;
      // An idle connection end holds 31 kB: a hundredth of them leaked on both ends would be 10 MB.
      assertThat(grown).as("growth of what malloc handed out").isLessThan(10L << 20);
      assertThat(NativeMemory.liveBytes()).isEqualTo(live);
      assertThat(a.transport.packets().outstanding()).isZero();
      assertThat(b.transport.packets().outstanding()).isZero();
    }
  }

  private static void connections(TestNode a, TestNode b, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Link l = a.dial(b);
      a.send(l, new byte[] {1});
      TestNode.next(b.frames);
      l.close(CloseReason.NORMAL);
      TestNode.next(a.closed);
      TestNode.next(b.opened);
      TestNode.next(b.closed);
    }
  }

  /** Bytes that malloc has handed out and not got back: what quiche and BoringSSL hold. */
  private static long mallocBytes() throws Throwable {
    MemoryLayout info = MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG);
    MethodHandle mallinfo2 =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("mallinfo2"),
                FunctionDescriptor.of(MemoryLayout.structLayout(info.withName("fields"))));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment m = (MemorySegment) mallinfo2.invoke((SegmentAllocator) arena);
      // hblkhd, mapped blocks, and uordblks, used blocks.
      return m.getAtIndex(ValueLayout.JAVA_LONG, 4) + m.getAtIndex(ValueLayout.JAVA_LONG, 7);
    }
  }
}
