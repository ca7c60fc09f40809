package org.wayfolk.quic;

import org.jspecify.annotations.Nullable;

/**
 * Connections by 8-byte connection id: open addressing with linear probing and backward-shift
 * deletion, no object per look-up. The client's first destination id is the client's choice, so ids
 * are scattered by a secret of this start.
 */
final class ConnectionTable {
  private final long secret;
  private long[] keys = new long[64];
  private @Nullable Connection[] values = new @Nullable Connection[64];
  private int size;

  ConnectionTable(long secret) {
    this.secret = secret;
  }

  @Nullable Connection get(long id) {
    for (int i = home(id); ; i = i + 1 & keys.length - 1) {
      Connection c = values[i];
      if (c == null || keys[i] == id) {
        return c;
      }
    }
  }

  /** Adds an id; false if it is taken. */
  boolean put(long id, Connection connection) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int i = home(id);
    while (values[i] != null) {
      if (keys[i] == id) {
        return false;
      }
      i = i + 1 & keys.length - 1;
    }
    keys[i] = id;
    values[i] = connection;
    size++;
    return true;
  }

  /** Forgets an id if it stands for this connection. */
  void remove(long id, Connection connection) {
    int mask = keys.length - 1;
    int i = home(id);
    while (values[i] != null && keys[i] != id) {
      i = i + 1 & mask;
    }
    if (values[i] != connection) {
      return;
    }
    size--;
    for (int j = i + 1 & mask; values[j] != null; j = j + 1 & mask) {
      // An entry may fill the hole unless its home lies cyclically after the hole.
      if ((j - home(keys[j]) & mask) >= (j - i & mask)) {
        keys[i] = keys[j];
        values[i] = values[j];
        i = j;
      }
    }
    values[i] = null;
  }

  int size() {
    return size;
  }

  private int home(long id) {
    long h = (id ^ secret) * 0x9E3779B97F4A7C15L;
    h = (h ^ h >>> 29 ^ secret) * 0xBF58476D1CE4E5B9L;
    return (int) (h >>> 32) & keys.length - 1;
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable Connection[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new @Nullable Connection[oldKeys.length * 2];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      Connection c = oldValues[i];
      if (c != null) {
        put(oldKeys[i], c);
      }
    }
  }
}
