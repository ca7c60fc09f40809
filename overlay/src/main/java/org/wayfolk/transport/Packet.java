package org.wayfolk.transport;

import org.jspecify.annotations.Nullable;

/**
 * A buffer that carries one frame, with exactly one owner who releases it once.
 *
 * <p>{@link Link#offer} that answers true passes ownership to the link; what is taken from the
 * inbox is the loop's. A view of a packet's bytes dies with the packet: what must live longer is
 * copied. With {@code -Dorg.wayfolk.packets=tracked} a second release or a use after release
 * throws; all tests run so.
 */
public final class Packet {
  private final PacketPool pool;
  private final byte[] array;
  private int offset;
  private int length;
  private @Nullable Link from;
  private boolean live;

  Packet(PacketPool pool, int capacity) {
    this.pool = pool;
    this.array = new byte[capacity];
  }

  void arm() {
    live = true;
    offset = 0;
    length = 0;
    from = null;
  }

  /** The bytes; only {@link #offset} .. {@code offset + length} mean anything. */
  public byte[] array() {
    check();
    return array;
  }

  /** Where the frame begins. */
  public int offset() {
    return offset;
  }

  /** How long the frame is. */
  public int length() {
    return length;
  }

  /** How much fits. */
  public int capacity() {
    return array.length;
  }

  /** Says which part of the array is the frame. */
  public void set(int newOffset, int newLength) {
    check();
    if ((newOffset | newLength) < 0 || newOffset > array.length - newLength) {
      throw new IndexOutOfBoundsException("offset " + newOffset + " length " + newLength);
    }
    offset = newOffset;
    length = newLength;
  }

  /** The link it arrived on; null for one that we made. Set by the node's inbox. */
  public @Nullable Link from() {
    return from;
  }

  /** Notes the link it arrived on. */
  public void from(Link link) {
    from = link;
  }

  /** Gives the buffer back. Once, by the owner. Any thread. */
  public void release() {
    if (PacketPool.TRACKED) {
      check();
    }
    live = false;
    from = null;
    pool.back(this);
  }

  private void check() {
    if (PacketPool.TRACKED && !live) {
      throw new IllegalStateException("packet used after its release");
    }
  }
}
