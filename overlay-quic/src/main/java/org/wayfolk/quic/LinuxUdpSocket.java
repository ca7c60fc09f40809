package org.wayfolk.quic;

import static org.wayfolk.quic.LinuxCalls.errno;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wayfolk.transport.Address;

/**
 * UDP on Linux by system calls: recvmmsg with receive offload (UDP_GRO), sendmsg with segmentation
 * (UDP_SEGMENT), ppoll on the socket and an eventfd. One call moves up to 45 full packets; that is
 * most of this transport's speed.
 *
 * <pre>
 *   msghdr   0 name*  8 namelen(4)  16 iov*  24 iovlen  32 control*  40 controllen  48 flags(4)   56 bytes
 *   mmsghdr  msghdr, 56 length(4)                                                                 64 bytes
 *   cmsghdr  0 len  8 level(4)  12 type(4)  16 data
 * </pre>
 *
 * A kernel or an interface that cannot segment answers EIO or EINVAL: then every packet of the
 * batch is sent by itself, and segmentation stays off.
 */
final class LinuxUdpSocket implements UdpSocket {
  /**
   * Receive buffers a call fills: with GRO one holds up to 45 packets, so a turn takes at most 360.
   */
  private static final int BUFFERS = 8;

  private static final int BUFFER_BYTES = 65_536;

  /** Segments the kernel accepts in one send (UDP_MAX_SEGMENTS before 6.9). */
  private static final int MAX_SEGMENTS = 64;

  /** Socket buffers asked for; more brought nothing on loopback and only delay elsewhere. */
  private static final int SOCKET_BUFFER = 1 << 20;

  private static final int HEADER = 64;
  private static final int NAME = 32;
  private static final int CONTROL = 64;

  private final int fd;
  private final int wakeFd;
  private final boolean v6;
  private final Path bound;
  private final MemorySegment state;
  private final long receiveHeaders;
  private final long sendHeader;
  private final long sendName;
  private final long sendVector;
  private final long sendControl;
  private final long polls;
  private final long timeout;
  private final long counter;
  private final MemorySegment wakeState;
  private final long one;
  private final AtomicBoolean woken = new AtomicBoolean();
  private boolean segmenting;
  private long segmentationFailures;
  private boolean closed;

  LinuxUdpSocket(NativeMemory memory, Address at, boolean offload) throws IOException {
    state = MemorySegment.ofAddress(memory.take(64)).reinterpret(LinuxCalls.stateBytes());
    wakeState = MemorySegment.ofAddress(memory.take(64)).reinterpret(LinuxCalls.stateBytes());
    one = memory.take(8);
    NativeMemory.nativeLong(one, 1);
    counter = memory.take(8);
    polls = memory.take(16);
    timeout = memory.take(16);
    sendHeader = memory.take(HEADER);
    sendName = memory.take(NAME);
    sendVector = memory.take(16);
    sendControl = memory.take(CONTROL);
    receiveHeaders = memory.take((long) BUFFERS * HEADER);
    v6 = !at.v4();
    segmenting = offload;
    fd = open(at);
    int event = -1;
    try {
      option(memory, LinuxCalls.SOL_SOCKET, LinuxCalls.SO_RCVBUF, SOCKET_BUFFER);
      option(memory, LinuxCalls.SOL_SOCKET, LinuxCalls.SO_SNDBUF, SOCKET_BUFFER);
      if (offload) {
        // Absent before Linux 5.0: then every buffer holds one packet, and all goes on.
        option(memory, LinuxCalls.SOL_UDP, LinuxCalls.UDP_GRO, 1);
      }
      if (v6) {
        option(memory, LinuxCalls.IPPROTO_IPV6, LinuxCalls.IPV6_V6ONLY, at.wildcard() ? 0 : 1);
      }
      bound = bind(memory, at);
      event =
          (int)
              LinuxCalls.EVENTFD.invokeExact(
                  state, 0, LinuxCalls.EFD_NONBLOCK | LinuxCalls.EFD_CLOEXEC);
      if (event < 0) {
        throw new IOException("cannot make an eventfd: " + LinuxCalls.reason(errno(state)));
      }
    } catch (Throwable t) {
      closeFd(fd);
      throw rethrown(t);
    }
    wakeFd = event;
    prepare(memory);
  }

  private int open(Address at) throws IOException {
    int family = at.v4() ? LinuxCalls.AF_INET : LinuxCalls.AF_INET6;
    int type = LinuxCalls.SOCK_DGRAM | LinuxCalls.SOCK_NONBLOCK | LinuxCalls.SOCK_CLOEXEC;
    try {
      int s = (int) LinuxCalls.SOCKET.invokeExact(state, family, type, 0);
      if (s < 0) {
        throw new IOException(
            "cannot open a UDP socket for " + at + ": " + LinuxCalls.reason(errno(state)));
      }
      return s;
    } catch (Throwable t) {
      throw rethrown(t);
    }
  }

  private void option(NativeMemory memory, int level, int name, int value) throws Throwable {
    assert memory.owns(counter, 4);
    NativeMemory.nativeInt(counter, value);
    // A refused option costs speed, never correctness.
    int unused = (int) LinuxCalls.SETSOCKOPT.invokeExact(state, fd, level, name, counter, 4);
    assert unused <= 0;
  }

  private Path bind(NativeMemory memory, Address at) throws Throwable {
    int length = putAddress(sendName, Path.of(at), v6);
    int result = (int) LinuxCalls.BIND.invokeExact(state, fd, sendName, length);
    if (result != 0) {
      throw new IOException("cannot listen on " + at + ": " + LinuxCalls.reason(errno(state)));
    }
    NativeMemory.nativeInt(counter, NAME);
    assert memory.owns(sendName, NAME);
    int named = (int) LinuxCalls.GETSOCKNAME.invokeExact(state, fd, sendName, counter);
    if (named != 0) {
      throw new IOException("cannot read the port of " + at);
    }
    return Path.of(at.withPort(NativeMemory.u16(sendName + 2)));
  }

  private void prepare(NativeMemory memory) {
    long buffers = memory.take((long) BUFFERS * BUFFER_BYTES);
    long vectors = memory.take(BUFFERS * 16L);
    long names = memory.take((long) BUFFERS * NAME);
    long controls = memory.take((long) BUFFERS * CONTROL);
    for (int i = 0; i < BUFFERS; i++) {
      long vector = vectors + i * 16L;
      NativeMemory.nativeLong(vector, buffers + (long) i * BUFFER_BYTES);
      NativeMemory.nativeLong(vector + 8, BUFFER_BYTES);
      long header = receiveHeaders + (long) i * HEADER;
      NativeMemory.nativeLong(header, names + (long) i * NAME);
      NativeMemory.nativeInt(header + 8, NAME);
      NativeMemory.nativeLong(header + 16, vector);
      NativeMemory.nativeLong(header + 24, 1);
      NativeMemory.nativeLong(header + 32, controls + (long) i * CONTROL);
      NativeMemory.nativeLong(header + 40, CONTROL);
    }
    NativeMemory.nativeLong(sendHeader, sendName);
    NativeMemory.nativeLong(sendHeader + 16, sendVector);
    NativeMemory.nativeLong(sendHeader + 24, 1);
    NativeMemory.nativeLong(sendHeader + 32, sendControl);
    NativeMemory.nativeLong(sendControl, 18);
    NativeMemory.nativeInt(sendControl + 8, LinuxCalls.SOL_UDP);
    NativeMemory.nativeInt(sendControl + 12, LinuxCalls.UDP_SEGMENT);
    NativeMemory.nativeInt(polls, fd);
    NativeMemory.nativeInt(polls + 8, wakeFd);
    NativeMemory.nativeShort(polls + 12, LinuxCalls.POLLIN);
  }

  @Override
  public Path bound() {
    return bound;
  }

  @Override
  public int receive(Sink sink) {
    int messages;
    try {
      messages =
          (int)
              LinuxCalls.RECVMMSG.invokeExact(
                  state, fd, receiveHeaders, BUFFERS, LinuxCalls.MSG_DONTWAIT, 0L);
    } catch (Throwable t) {
      throw bug(t);
    }
    int datagrams = 0;
    for (int i = 0; i < messages; i++) {
      long header = receiveHeaders + (long) i * HEADER;
      int length = NativeMemory.nativeInt(header + 56);
      int segment = segmentOf(header, length);
      long at = NativeMemory.nativeLong(NativeMemory.nativeLong(header + 16));
      long name = NativeMemory.nativeLong(header);
      boolean isV6 = NativeMemory.nativeShort(name) == LinuxCalls.AF_INET6;
      long hi = isV6 ? NativeMemory.i64(name + 8) : 0;
      long lo = isV6 ? NativeMemory.i64(name + 16) : Path.mapped(NativeMemory.i32(name + 4));
      int port = NativeMemory.u16(name + 2);
      for (int offset = 0; offset < length; offset += segment) {
        sink.datagram(at + offset, Math.min(segment, length - offset), hi, lo, port);
        datagrams++;
      }
      // The kernel wrote what it used over what there is.
      NativeMemory.nativeInt(header + 8, NAME);
      NativeMemory.nativeLong(header + 40, CONTROL);
    }
    return datagrams;
  }

  /** The size of the packets that the kernel joined in this message. */
  private static int segmentOf(long header, int length) {
    if (NativeMemory.nativeLong(header + 40) >= 20) {
      long control = NativeMemory.nativeLong(header + 32);
      if (NativeMemory.nativeInt(control + 8) == LinuxCalls.SOL_UDP
          && NativeMemory.nativeInt(control + 12) == LinuxCalls.UDP_GRO) {
        return Math.max(1, NativeMemory.nativeInt(control + 16));
      }
    }
    return Math.max(1, length);
  }

  @Override
  public int maxSegments(int segment) {
    return segmenting ? Math.clamp(MAX_BATCH / segment, 1, MAX_SEGMENTS) : 1;
  }

  @Override
  public Sent send(long at, int length, int segment, Path to) {
    if (to.v4() ? v6 && !bound.address().wildcard() : !v6) {
      return Sent.FAILED;
    }
    NativeMemory.nativeInt(sendHeader + 8, putAddress(sendName, to, v6));
    if (length <= segment || segmenting) {
      int errno = sendOnce(at, length, segment);
      if (errno == 0) {
        return Sent.ALL;
      }
      if (errno == LinuxCalls.EAGAIN || errno == LinuxCalls.ENOBUFS) {
        return Sent.BLOCKED;
      }
      if (length <= segment) {
        return Sent.FAILED;
      }
      segmentationFailures++;
      if (errno != LinuxCalls.EIO && errno != LinuxCalls.EINVAL && errno != LinuxCalls.EMSGSIZE) {
        return Sent.FAILED;
      }
      segmenting = false;
    }
    return sendSingly(at, length, segment);
  }

  private Sent sendSingly(long at, int length, int segment) {
    boolean any = false;
    for (int offset = 0; offset < length; offset += segment) {
      int errno = sendOnce(at + offset, Math.min(segment, length - offset), segment);
      if (errno == LinuxCalls.EAGAIN || errno == LinuxCalls.ENOBUFS) {
        // Repeating the whole batch later would send some packets twice; the rest counts as lost.
        return any ? Sent.FAILED : Sent.BLOCKED;
      }
      any |= errno == 0;
    }
    return any ? Sent.ALL : Sent.FAILED;
  }

  private int sendOnce(long at, int length, int segment) {
    NativeMemory.nativeLong(sendVector, at);
    NativeMemory.nativeLong(sendVector + 8, length);
    if (length > segment) {
      NativeMemory.nativeShort(sendControl + 16, segment);
      NativeMemory.nativeLong(sendHeader + 40, 24);
    } else {
      NativeMemory.nativeLong(sendHeader + 40, 0);
    }
    try {
      long sent =
          (long) LinuxCalls.SENDMSG.invokeExact(state, fd, sendHeader, LinuxCalls.MSG_DONTWAIT);
      return sent < 0 ? errno(state) : 0;
    } catch (Throwable t) {
      throw bug(t);
    }
  }

  @Override
  public void await(long nanos, boolean writable) {
    NativeMemory.nativeShort(
        polls + 4, writable ? LinuxCalls.POLLIN | LinuxCalls.POLLOUT : LinuxCalls.POLLIN);
    NativeMemory.nativeLong(timeout, nanos / 1_000_000_000L);
    NativeMemory.nativeLong(timeout + 8, nanos % 1_000_000_000L);
    try {
      int ready = (int) LinuxCalls.PPOLL.invokeExact(state, polls, 2L, timeout, 0L);
      // The flag is raised before the eventfd is written: only the eventfd itself says that there
      // is something to read.
      if (ready > 0 && NativeMemory.nativeShort(polls + 14) != 0) {
        long unused = (long) LinuxCalls.READ.invokeExact(state, wakeFd, counter, 8L);
        assert unused <= 8;
        woken.set(false);
      }
    } catch (Throwable t) {
      throw bug(t);
    }
  }

  @Override
  public void wake() {
    if (woken.compareAndSet(false, true)) {
      synchronized (wakeState) {
        if (closed) {
          return;
        }
        try {
          long unused = (long) LinuxCalls.WRITE.invokeExact(wakeState, wakeFd, one, 8L);
          assert unused == 8;
        } catch (Throwable t) {
          throw bug(t);
        }
      }
    }
  }

  @Override
  public long segmentationFailures() {
    return segmentationFailures;
  }

  @Override
  public void close() {
    synchronized (wakeState) {
      if (!closed) {
        closed = true;
        closeFd(fd);
        closeFd(wakeFd);
      }
    }
  }

  private void closeFd(int descriptor) {
    try {
      int unused = (int) LinuxCalls.CLOSE.invokeExact(state, descriptor);
      assert unused <= 0;
    } catch (Throwable t) {
      throw bug(t);
    }
  }

  /** Writes a sockaddr_in or, on an IPv6 socket, a sockaddr_in6; answers its length. */
  private static int putAddress(long at, Path to, boolean v6) {
    NativeMemory.nativeShort(at, v6 ? LinuxCalls.AF_INET6 : LinuxCalls.AF_INET);
    NativeMemory.u16(at + 2, to.port());
    if (!v6) {
      NativeMemory.i32(at + 4, (int) to.lo());
      NativeMemory.i64(at + 8, 0);
      return 16;
    }
    NativeMemory.i32(at + 4, 0);
    NativeMemory.i64(at + 8, to.hi());
    NativeMemory.i64(at + 16, to.lo());
    NativeMemory.i32(at + 24, 0);
    return 28;
  }

  private static IOException rethrown(Throwable t) {
    if (t instanceof IOException e) {
      return e;
    }
    throw bug(t);
  }

  /** A method handle declares Throwable; these calls throw nothing but our own mistakes. */
  private static RuntimeException bug(Throwable t) {
    if (t instanceof Error e) {
      throw e;
    }
    return t instanceof RuntimeException e ? e : new IllegalStateException(t);
  }
}
