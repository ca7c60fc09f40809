package org.wayfolk.node;

import org.jspecify.annotations.Nullable;

/**
 * Where the sealing keys, current and old, are kept across restarts; filled by the program. Secret
 * bytes: a store keeps them from other users of the machine.
 */
public interface SealingStore {
  /** Keeps nothing. */
  SealingStore NONE =
      new SealingStore() {
        @Override
        public byte @Nullable [] load() {
          return null;
        }

        @Override
        public void save(byte[] keys) {}
      };

  /**
   * What was saved last, or null if nothing was. Called once, before the start; may block on a
   * disk.
   */
  byte @Nullable [] load();

  /**
   * Replaces what is kept, durably. Called on a callback thread, never on the loop; may block on a
   * disk.
   */
  void save(byte[] keys);

  /**
   * What {@link #load} answered does not decode: whoever keeps it may move it aside before {@link
   * #save} replaces it. Called once, before the start; may block on a disk.
   */
  default void damaged() {}
}
