package org.wayfolk.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A network in memory for real transports: sees every datagram, can drop it, block a sender, give a
 * socket another outside address as a NAT does, and inject anything from anywhere.
 */
final class TestWire {
  /** What travels. */
  record Datagram(Path from, Path to, byte[] bytes) {}

  private final Map<Path, Socket> inside = new ConcurrentHashMap<>();
  private final Map<Path, Socket> outside = new ConcurrentHashMap<>();
  private final AtomicInteger ports = new AtomicInteger(10_000);
  private final AtomicInteger largestBatch = new AtomicInteger();
  private volatile Predicate<Datagram> passes = d -> true;

  /** For a transport's builder. */
  QuicOptions.Sockets sockets() {
    return (memory, options) -> {
      Path at = Path.of(options.at());
      Path bound = new Path(at.hi(), at.lo(), at.port() == 0 ? ports.incrementAndGet() : at.port());
      Socket s = new Socket(memory, bound);
      inside.put(bound, s);
      outside.put(bound, s);
      return s;
    };
  }

  /** Every datagram is shown; false drops it. */
  void tap(Predicate<Datagram> tap) {
    passes = tap;
  }

  /** From now on the socket bound there sends from, and is reached at, another address. */
  void rebind(Path bound, Path to) {
    Socket s = socket(bound);
    outside.remove(s.outside);
    s.outside = to;
    outside.put(to, s);
  }

  /** Whether the socket bound there may send. */
  void block(Path bound, boolean blocked) {
    Socket s = socket(bound);
    s.blocked = blocked;
    s.wake();
  }

  /** Delivers a datagram from any source. */
  void inject(Datagram d) {
    Socket s = outside.get(d.to());
    if (s != null) {
      s.queue.add(d);
      s.signal();
    }
  }

  /** Bytes of the largest send so far. */
  int largestBatch() {
    return largestBatch.get();
  }

  private Socket socket(Path bound) {
    Socket s = inside.get(bound);
    if (s == null) {
      throw new IllegalArgumentException("nobody is bound to " + bound);
    }
    return s;
  }

  private final class Socket implements UdpSocket {
    private final LinkedBlockingQueue<Datagram> queue = new LinkedBlockingQueue<>();
    private final Path bound;
    private final long buffer;
    private volatile Path outside;
    private volatile boolean blocked;
    private boolean signalled;

    Socket(NativeMemory memory, Path bound) {
      this.bound = bound;
      this.outside = bound;
      this.buffer = memory.take(65_536);
    }

    @Override
    public Path bound() {
      return bound;
    }

    @Override
    public int receive(Sink sink) {
      int n = 0;
      for (Datagram d = queue.poll(); d != null; d = ++n < 64 ? queue.poll() : null) {
        NativeMemory.copyIn(d.bytes(), 0, buffer, d.bytes().length);
        sink.datagram(buffer, d.bytes().length, d.from().hi(), d.from().lo(), d.from().port());
      }
      return n;
    }

    @Override
    public int maxSegments(int segment) {
      return MAX_BATCH / segment;
    }

    @Override
    public Sent send(long at, int length, int segment, Path to) {
      assertThat(length).isLessThanOrEqualTo(MAX_BATCH);
      if (blocked) {
        return Sent.BLOCKED;
      }
      largestBatch.accumulateAndGet(length, Math::max);
      for (int offset = 0; offset < length; offset += segment) {
        byte[] bytes = new byte[Math.min(segment, length - offset)];
        NativeMemory.copyOut(at + offset, bytes, 0, bytes.length);
        Datagram d = new Datagram(outside, to, bytes);
        if (passes.test(d)) {
          inject(d);
        }
      }
      return Sent.ALL;
    }

    @Override
    public synchronized void await(long nanos, boolean writable) {
      try {
        if (!signalled && queue.isEmpty()) {
          TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, 1));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      signalled = false;
    }

    @Override
    public void wake() {
      signal();
    }

    synchronized void signal() {
      signalled = true;
      notifyAll();
    }

    @Override
    public long segmentationFailures() {
      return 0;
    }

    @Override
    public void close() {
      inside.remove(bound);
      TestWire.this.outside.remove(outside, this);
    }
  }
}
