package org.wayfolk.sim;

import org.jspecify.annotations.Nullable;
import org.wayfolk.transport.Packet;

/**
 * A growing ring of what is under way, in order: a packet (or none), when it arrives, when it left,
 * its length.
 */
final class Flights {
  private @Nullable Packet[] packets = new @Nullable Packet[4];
  private long[] at = new long[4];
  private long[] sentAt = new long[4];
  private int[] lengths = new int[4];
  private int head;
  private int size;

  void add(@Nullable Packet p, long arrives, long sent, int length) {
    if (size == at.length) {
      grow();
    }
    int i = (head + size++) & (at.length - 1);
    packets[i] = p;
    at[i] = arrives;
    sentAt[i] = sent;
    lengths[i] = length;
  }

  boolean isEmpty() {
    return size == 0;
  }

  long headAt() {
    return at[head];
  }

  long headSentAt() {
    return sentAt[head];
  }

  int headLength() {
    return lengths[head];
  }

  @Nullable Packet remove() {
    Packet p = packets[head];
    packets[head] = null;
    head = (head + 1) & (at.length - 1);
    size--;
    return p;
  }

  void releaseAll() {
    while (size > 0) {
      Packet p = remove();
      if (p != null) {
        p.release();
      }
    }
  }

  private void grow() {
    int n = at.length;
    @Nullable Packet[] p = new @Nullable Packet[2 * n];
    long[] a = new long[2 * n];
    long[] s = new long[2 * n];
    int[] l = new int[2 * n];
    for (int i = 0; i < n; i++) {
      int j = (head + i) & (n - 1);
      p[i] = packets[j];
      a[i] = at[j];
      s[i] = sentAt[j];
      l[i] = lengths[j];
    }
    packets = p;
    at = a;
    sentAt = s;
    lengths = l;
    head = 0;
  }
}
