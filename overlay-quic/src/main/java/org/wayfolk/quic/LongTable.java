package org.wayfolk.quic;

import org.jspecify.annotations.Nullable;

/**
 * Values by 8-byte connection id: open addressing with linear probing and backward-shift deletion,
 * no object per look-up. The client's first destination id is the client's choice, so ids are
 * scattered by a secret of this start.
 */
final class LongTable<V> {
  private final long secret;
  private long[] keys = new long[64];
  private @Nullable Object[] values = new @Nullable Object[64];
  private int size;

  LongTable(long secret) {
    this.secret = secret;
  }

  @SuppressWarnings("unchecked")
  @Nullable V get(long id) {
    for (int i = home(id); ; i = i + 1 & keys.length - 1) {
      Object v = values[i];
      if (v == null || keys[i] == id) {
        return (V) v;
      }
    }
  }

  /** Adds an id; false if it is taken. */
  boolean put(long id, V value) {
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
    values[i] = value;
    size++;
    return true;
  }

  /** Forgets an id if it leads to this very value. */
  @SuppressWarnings("ReferenceEquality") // this very object, whatever it calls equal
  void remove(long id, V value) {
    int mask = keys.length - 1;
    int i = home(id);
    while (values[i] != null && keys[i] != id) {
      i = i + 1 & mask;
    }
    if (values[i] != value) {
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

  @SuppressWarnings("unchecked")
  private void grow() {
    long[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new @Nullable Object[oldKeys.length * 2];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      V v = (V) oldValues[i];
      if (v != null) {
        put(oldKeys[i], v);
      }
    }
  }
}
