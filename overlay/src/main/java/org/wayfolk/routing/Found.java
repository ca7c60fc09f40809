package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.List;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * Answers a {@link Find}: records of live links of the answerer, nearest to the target first.
 * Layout (docs/protocol/lookup.md):
 *
 * <pre>
 *   8   the find's nonce
 *   1   n &lt;= 20
 *   ..  n records, each behind its uvarint length
 * </pre>
 *
 * @param nonce the find's
 * @param records not verified; none also says that the path broke
 */
record Found(long nonce, List<PeerRecord> records) {
  /** Kademlia's k. */
  static final int MAX_RECORDS = 20;

  /** Longest payload: 20 of the longest records with room to spare. */
  static final int MAX_BYTES = 16_384;

  /** Bytes of a payload with no record. */
  static final int MIN_BYTES = 9;

  /** Bytes that a record takes in a payload. */
  static int bytes(PeerRecord r) {
    return Writer.uvarintLength(r.bytes().length) + r.bytes().length;
  }

  /** The whole frame. */
  byte[] frame() {
    int length = MIN_BYTES;
    for (PeerRecord r : records) {
      length += bytes(r);
    }
    Writer w = new Writer(FrameHeader.bytes(length) + length);
    FrameHeader.write(w, FrameType.FOUND, length);
    w.i64(nonce).u8(records.size());
    records.forEach(r -> w.prefixed(r.bytes()));
    return w.toBytes();
  }

  /**
   * Without the records that may not be told to, or believed from, a peer whose packets come from
   * {@code remote}: what is fit for one link of a path need not be fit for the next. This one
   * itself if all are.
   */
  Found fit(Network network, Address remote, long nowMillis) {
    List<PeerRecord> fit =
        records.stream().filter(r -> network.mayTell(r, remote, nowMillis)).toList();
    return fit.size() == records.size() ? this : new Found(nonce, fit);
  }

  /**
   * Reads a whole payload.
   *
   * @throws Malformed if it is too long or anything in it is
   */
  static Found read(Reader r) throws Malformed {
    if (r.remaining() > MAX_BYTES) {
      throw new Malformed("found too long");
    }
    long nonce = r.i64();
    int n = r.u8();
    if (n > MAX_RECORDS) {
      throw new Malformed("found with too many records");
    }
    List<PeerRecord> records = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      records.add(RecordCheck.decode(r.copyPrefixed(PeerRecord.MAX_BYTES)));
    }
    r.end();
    return new Found(nonce, records);
  }
}
