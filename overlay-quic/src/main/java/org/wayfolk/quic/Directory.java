package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Which connections there are and which ids lead to them. Owned by the loop. */
final class Directory {
  private final RandomGenerator random;
  private final LongTable<Connection> table;
  private final Set<Connection> all = new HashSet<>();
  private final long idBuffer;
  private @Nullable Connection last;
  private long lastId;

  Directory(RandomGenerator random, NativeMemory memory) {
    this.random = random;
    this.table = new LongTable<>(random.nextLong());
    this.idBuffer = memory.take(8);
  }

  /** The connection that an id leads to, or null. */
  @Nullable Connection find(long id) {
    // Packets come in runs from one peer.
    if (id == lastId && last != null) {
      return last;
    }
    Connection c = table.get(id);
    if (c != null) {
      last = c;
      lastId = id;
    }
    return c;
  }

  /** Adds a new connection under its first id. */
  void add(Connection c, long id) {
    all.add(c);
    know(c, id);
  }

  /** Adds an id, unless it leads elsewhere already. */
  void know(Connection c, long id) {
    if (table.put(id, c)) {
      c.knownBy(id);
    }
  }

  /** Gives the peer as many spare connection ids as it wants (RFC 9000 5.1.1). */
  void spareIds(Connection c, QuicheBridge.Engine engine) {
    for (int wanted = engine.idsWanted(); wanted > 0; wanted--) {
      long id = random.nextLong();
      byte[] resetToken = new byte[16];
      random.nextBytes(resetToken);
      NativeMemory.i64(idBuffer, id);
      if (!engine.offerId(idBuffer, resetToken)) {
        return;
      }
      know(c, id);
    }
  }

  /** Forgets the ids that the peer has retired. */
  void retireIds(Connection c, QuicheBridge.Engine engine) {
    for (byte[] id = engine.retiredId(); id != null; id = engine.retiredId()) {
      if (id.length == 8) {
        NativeMemory.copyIn(id, 0, idBuffer, 8);
        long key = NativeMemory.i64(idBuffer);
        table.remove(key, c);
        c.unknownBy(key);
        last = null;
      }
    }
  }

  /** A connection is gone: no id leads to it any more. */
  void forget(Connection c, long[] ids) {
    for (long id : ids) {
      table.remove(id, c);
    }
    last = null;
    all.remove(c);
  }

  /** All connections, those included that only linger. */
  List<Connection> all() {
    return List.copyOf(all);
  }

  int size() {
    return all.size();
  }

  /** Ids that lead somewhere. */
  int ids() {
    return table.size();
  }
}
