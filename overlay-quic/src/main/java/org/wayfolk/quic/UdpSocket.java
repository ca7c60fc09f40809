package org.wayfolk.quic;

/**
 * One UDP socket without blocking calls but {@link #await}. Owned by one thread; only {@link #wake}
 * may be called from others. Two layers implement it: {@link LinuxUdpSocket}, which moves many
 * packets with one system call, and {@link NioUdpSocket}, which works everywhere.
 */
interface UdpSocket extends AutoCloseable {

  /** Takes the datagrams of one {@link #receive}. */
  interface Sink {
    /**
     * One datagram, in memory that is the sink's to change until it returns; its source is an IP as
     * in {@link Path}.
     */
    void datagram(long at, int length, long hi, long lo, int port);
  }

  /** What became of a {@link #send}. */
  enum Sent {
    /** The kernel took everything. */
    ALL,
    /**
     * The kernel's buffer is full; nothing of it was sent, try again when {@link #await} says
     * writable.
     */
    BLOCKED,
    /**
     * Not sent and never will be: no route, too large, forbidden. Counted; QUIC treats it as loss.
     */
    FAILED
  }

  /**
   * Most bytes of a batch: what an IPv4 UDP packet can hold, and with it the kernel's limit for
   * segmented sends.
   */
  int MAX_BATCH = 65_507;

  /** The address it is bound to, with the real port. */
  Path bound();

  /** Hands over what has arrived, up to a bound; answers how many datagrams. */
  int receive(Sink sink);

  /** Most segments of one size that {@link #send} takes at once; 1 if the layer cannot segment. */
  int maxSegments(int segment);

  /**
   * Sends {@code length} bytes at {@code at} as datagrams of {@code segment} bytes each, the last
   * one perhaps shorter.
   */
  Sent send(long at, int length, int segment, Path to);

  /**
   * Waits until a datagram arrives, {@link #wake} is called, {@code nanos} pass or, if asked,
   * sending is possible.
   */
  void await(long nanos, boolean writable);

  /** Ends {@link #await} soon. Any thread. */
  void wake();

  /** Segmented sends that failed and were repeated one by one. */
  long segmentationFailures();

  @Override
  void close();
}
