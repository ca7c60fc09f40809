package org.wayfolk.messenger.event;

import org.wayfolk.wire.Writer;

/**
 * Where an event stands in its conversation: 40 bytes, to be compared as unsigned ones.
 *
 * <pre>
 *   8   Lamport time
 *   4   writer: in a conversation of two 0 for the lower card, 1 for the higher; for notes to self 0;
 *       a group numbers its members
 *   4   number of the writer's device
 *   8   sequence
 *   16  id
 * </pre>
 *
 * The same on every device. No card is in it, so that it can lie on a disk in clear.
 */
public final class Place {
  /** Bytes of a place. */
  public static final int BYTES = 3 * Long.BYTES + EventId.BYTES;

  private Place() {}

  /** The number of a writer in a conversation of two people, or of one with themselves. */
  public static int writer(Hash32 writer, Hash32 other) {
    return writer.compareTo(other) <= 0 ? 0 : 1;
  }

  /**
   * The place of an event.
   *
   * @param lamport the time that it counts for, see {@link Lamport#counted}
   * @param writer the writer's number in the conversation
   */
  public static byte[] of(long lamport, int writer, int device, long sequence, EventId id) {
    Writer w = new Writer(BYTES).i64(lamport).i32(writer).i32(device).i64(sequence);
    id.write(w);
    return w.toBytes();
  }
}
