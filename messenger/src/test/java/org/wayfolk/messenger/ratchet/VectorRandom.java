package org.wayfolk.messenger.ratchet;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Gives out the bytes of a vector, in order, and notices if too few or too many are asked for. */
final class VectorRandom implements RandomGenerator {

  private final byte[] bytes;
  private int at;

  VectorRandom(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public void nextBytes(byte[] into) {
    if (into.length > bytes.length - at) {
      throw new AssertionError("more randomness than the vector has");
    }
    System.arraycopy(Arrays.copyOfRange(bytes, at, at + into.length), 0, into, 0, into.length);
    at += into.length;
  }

  @Override
  public long nextLong() {
    throw new AssertionError("only bytes are drawn");
  }

  /** How many are left. */
  int left() {
    return bytes.length - at;
  }
}
