package org.wayfolk.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.transport.Address;

/**
 * Where known peers are kept across restarts; filled by the program. The bytes of a hint come back
 * unverified: whoever loads checks each record with {@link RecordCheck}.
 */
public interface PeerCache {

  /**
   * A peer to try again after a restart.
   *
   * @param record its signed record; its addresses may have ended and are dial hints then
   * @param proven where we last authenticated it, which its record need not name; null if only
   *     hearsay
   */
  record Hint(PeerRecord record, @Nullable Address proven) {}

  /** Remembers nothing. */
  PeerCache NONE =
      new PeerCache() {
        @Override
        public List<Hint> load() {
          return List.of();
        }

        @Override
        public void save(List<Hint> hints) {}
      };

  /**
   * What was saved last; empty if nothing was or it cannot be read. Called once, at the start; may
   * block on a disk.
   */
  List<Hint> load();

  /**
   * Replaces what is kept. At most {@link KnownPeers#CACHED} hints. Called on an edge thread, never
   * on the loop; may block on a disk; a failure is the cache's own to report.
   */
  void save(List<Hint> hints);
}
