package org.wayfolk.quic;

import java.util.Arrays;

/**
 * The native memory of all outboxes, in chunks. Grows by slabs up to a limit and keeps what it has
 * for reuse. Thread-safe.
 */
final class ChunkPool {
  /**
   * Small enough that an idle link with one frame waiting costs little, large enough for few calls.
   */
  static final int CHUNK = 16 * 1024;

  private static final int SLAB_CHUNKS = 64;

  private final NativeMemory memory;
  private final int limit;
  private long[] free = new long[SLAB_CHUNKS];
  private int freeCount;
  private int made;

  /**
   * @param maxBytes most memory held by outboxes together
   */
  ChunkPool(NativeMemory memory, long maxBytes) {
    this.memory = memory;
    this.limit = (int) (maxBytes / CHUNK);
  }

  /** A chunk, or 0 if the limit is reached. */
  synchronized long take() {
    if (freeCount == 0) {
      int more = Math.min(SLAB_CHUNKS, limit - made);
      if (more <= 0) {
        return 0;
      }
      long slab = memory.take((long) more * CHUNK);
      made += more;
      if (free.length < made) {
        free = Arrays.copyOf(free, made);
      }
      for (int i = 0; i < more; i++) {
        free[freeCount++] = slab + (long) i * CHUNK;
      }
    }
    return free[--freeCount];
  }

  /** Gives a chunk back. */
  synchronized void give(long chunk) {
    assert freeCount < made && memory.owns(chunk, CHUNK);
    free[freeCount++] = chunk;
  }

  /** Chunks in use. */
  synchronized int used() {
    return made - freeCount;
  }
}
