package org.wayfolk.proof.messages;

import java.util.Arrays;

/**
 * Where a line stands by the rule that both sides must follow: Lamport time, author, device,
 * sequence.
 *
 * @param author names the author, the same on both sides
 */
record Place(long lamport, byte[] author, int device, long sequence) implements Comparable<Place> {
  @Override
  public int compareTo(Place o) {
    int c = Long.compareUnsigned(lamport, o.lamport);
    if (c == 0) {
      c = Arrays.compareUnsigned(author, o.author);
    }
    if (c == 0) {
      c = Integer.compareUnsigned(device, o.device);
    }
    return c == 0 ? Long.compareUnsigned(sequence, o.sequence) : c;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Place p && compareTo(p) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(lamport) ^ Long.hashCode(sequence);
  }

  @Override
  public String toString() {
    return lamport
        + "/"
        + (author.length == 0 ? 0 : author[0] & 0xff)
        + "/"
        + device
        + "/"
        + sequence;
  }
}
