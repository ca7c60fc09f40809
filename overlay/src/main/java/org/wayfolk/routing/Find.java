package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.List;
import org.wayfolk.id.NodeId;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * Asks for the records nearest to an id; {@link Found} answers. Source-routed: it goes along the
 * ids of the path, each a live link of the one before, and whoever stands last answers. Layout
 * (docs/protocol/lookup.md):
 *
 * <pre>
 *   8     nonce, of this link alone: each hop writes its own
 *   32    target
 *   1     n &lt;= 8, ids in the path
 *   1     how many of them it has passed, 0..n
 *   32 n  the path, none twice
 *   ..    padding: an answer has at most three times the bytes of the find's payload
 * </pre>
 *
 * @param nonce names the answer
 * @param target whose neighbourhood is asked for
 * @param path whom it goes through
 * @param passed ids of the path behind it; equal to the path's length for whoever answers
 */
record Find(long nonce, NodeId target, List<NodeId> path, int passed) {
  /** Longest path: as far as lookups go in a network of millions. */
  static final int MAX_PATH = 8;

  /** Longest payload: fits a small packet. */
  static final int MAX_BYTES = 2_000;

  /** What we pad to: an answer may then have 4,800 bytes, some 20 records. */
  static final int BYTES = 1_600;

  /** Where in the payload the count of passed ids stands. */
  static final int PASSED_AT = 41;

  /** The whole frame. */
  byte[] frame() {
    Writer w = new Writer(FrameHeader.bytes(BYTES) + BYTES);
    FrameHeader.write(w, FrameType.FIND, BYTES);
    w.i64(nonce).nodeId(target).u8(path.size()).u8(passed);
    path.forEach(w::nodeId);
    byte[] padding = new byte[FrameHeader.bytes(BYTES) + BYTES - w.length()];
    return w.bytes(padding).toBytes();
  }

  /**
   * Reads a whole payload.
   *
   * @throws Malformed if it is too long, has passed more ids than there are or names one twice
   */
  static Find read(Reader r) throws Malformed {
    if (r.remaining() > MAX_BYTES) {
      throw new Malformed("find too long");
    }
    long nonce = r.i64();
    NodeId target = r.nodeId();
    int n = r.u8();
    int passed = r.u8();
    if (n > MAX_PATH || passed > n) {
      throw new Malformed("path of a find");
    }
    List<NodeId> path = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      NodeId id = r.nodeId();
      if (path.contains(id)) {
        throw new Malformed("path of a find goes round");
      }
      path.add(id);
    }
    return new Find(nonce, target, path, passed);
  }
}
