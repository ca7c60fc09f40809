package org.wayfolk.routing;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The copies that passed here within a minute: by which link each came and by which it went on, so
 * that one that comes back tries the next. Adding allocates nothing, but for the three times in its
 * life that the table grows: an idle node needs no room for the busiest minute it may ever have.
 * When full, the oldest goes: a copy whose entry is lost is dropped when it comes back.
 *
 * <p>Keys are hashed under a secret of this node, so that nobody can aim at another's entry.
 */
final class SeenCopies {
  /** How long a copy can come back: far longer than 16 links take, with every queue full. */
  static final long LIFE_NANOS = 60_000_000_000L;

  /** Links one copy may be tried on here: the first, and one after each of four returns. */
  static final int MAX_TRIED = 5;

  /** Previous link of a copy that this node itself sent. */
  static final int SELF = 0;

  /** Entries that a new table has room for, 50 bytes each; it grows eightfold. */
  private static final int FIRST = 128;

  private static final int GROWTH = 8;

  private static final int NIL = -1;

  private final int most;
  private int capacity;
  private int[] heads;
  private int[] next;
  private long[] key;
  private long[] time;
  private int[] previous;
  private int[] tried;
  private byte[] triedCount;
  private byte[] returns;
  private int at;
  private int used;
  private boolean seeded;
  private long secret;

  /**
   * @param most entries at most; a power of two
   */
  SeenCopies(int most) {
    if (Integer.bitCount(most) != 1) {
      throw new IllegalArgumentException(most + " entries are no power of two");
    }
    this.most = most;
    capacity = Math.min(FIRST, most);
    heads = heads(capacity);
    next = new int[capacity];
    key = new long[capacity];
    time = new long[capacity];
    previous = new int[capacity];
    tried = new int[capacity * MAX_TRIED];
    triedCount = new byte[capacity];
    returns = new byte[capacity];
  }

  /** The key of the copy in this envelope: its signature, its target and what it avoids. */
  long key(Envelope e, RandomGenerator random) {
    if (!seeded) {
      secret = random.nextLong();
      seeded = true;
    }
    byte[] b = e.array();
    int s = e.signatureAt();
    long h = mix(secret ^ Words.at(b, s));
    h = mix(h ^ Words.at(b, s + 32));
    h = mix(h ^ e.targetWord(0) ^ Long.rotateLeft(e.targetWord(3), 32));
    for (int i = 0; i < e.avoidCount(); i++) {
      h = mix(h ^ Words.at(b, e.avoidAt() + 32 * i) ^ (i + 1));
    }
    return h;
  }

  /** The entry of a key that was added within a minute, or -1. */
  int find(long wanted, long now) {
    for (int e = heads[bucket(wanted)]; e != NIL; e = next[e]) {
      if (key[e] == wanted) {
        return now - time[e] <= LIFE_NANOS ? e : NIL;
      }
    }
    return NIL;
  }

  /** Adds a copy; its entry answers. Entries answered before are no longer good. */
  int add(long newKey, int from, long now) {
    if (used == capacity && capacity < most && now - time[at] <= LIFE_NANOS) {
      grow();
    }
    int e = at;
    at = (at + 1) & (capacity - 1);
    if (used == capacity) {
      unlink(e);
    } else {
      used++;
    }
    int b = bucket(newKey);
    key[e] = newKey;
    time[e] = now;
    previous[e] = from;
    triedCount[e] = 0;
    returns[e] = 0;
    next[e] = heads[b];
    heads[b] = e;
    return e;
  }

  int previous(int e) {
    return previous[e];
  }

  int triedCount(int e) {
    return triedCount[e];
  }

  int tried(int e, int i) {
    return Math.abs(tried[e * MAX_TRIED + i]);
  }

  /** Notes that the copy was given to a link; at most {@link #MAX_TRIED} times. */
  void give(int e, int handle) {
    tried[e * MAX_TRIED + triedCount[e]++] = handle;
  }

  /** Takes a return from a link: true if that link was given the copy and has not returned it. */
  boolean takeBack(int e, int handle) {
    for (int i = e * MAX_TRIED, end = i + triedCount[e]; i < end; i++) {
      if (tried[i] == handle) {
        tried[i] = -handle;
        return true;
      }
    }
    return false;
  }

  /** How often the copy was returned, as far as is known here. */
  int returns(int e) {
    return returns[e];
  }

  void returns(int e, int count) {
    returns[e] = (byte) count;
  }

  /** The same entries, oldest first, in larger arrays. */
  private void grow() {
    int old = capacity;
    capacity = (int) Math.min((long) old * GROWTH, most);
    key = turned(key);
    time = turned(time);
    previous = turned(previous, 1);
    tried = turned(tried, MAX_TRIED);
    triedCount = turned(triedCount);
    returns = turned(returns);
    next = new int[capacity];
    heads = heads(capacity);
    for (int e = 0; e < old; e++) {
      int b = bucket(key[e]);
      next[e] = heads[b];
      heads[b] = e;
    }
    at = old;
  }

  private long[] turned(long[] from) {
    long[] to = new long[capacity];
    System.arraycopy(from, at, to, 0, from.length - at);
    System.arraycopy(from, 0, to, from.length - at, at);
    return to;
  }

  private int[] turned(int[] from, int each) {
    int[] to = new int[capacity * each];
    System.arraycopy(from, at * each, to, 0, from.length - at * each);
    System.arraycopy(from, 0, to, from.length - at * each, at * each);
    return to;
  }

  private byte[] turned(byte[] from) {
    byte[] to = new byte[capacity];
    System.arraycopy(from, at, to, 0, from.length - at);
    System.arraycopy(from, 0, to, from.length - at, at);
    return to;
  }

  private static int[] heads(int capacity) {
    int[] heads = new int[capacity];
    Arrays.fill(heads, NIL);
    return heads;
  }

  private void unlink(int e) {
    int b = bucket(key[e]);
    if (heads[b] == e) {
      heads[b] = next[e];
      return;
    }
    for (int p = heads[b]; p != NIL; p = next[p]) {
      if (next[p] == e) {
        next[p] = next[e];
        return;
      }
    }
  }

  private int bucket(long k) {
    return (int) (k >>> 32) & (capacity - 1);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
