package org.wayfolk.proof.messages;

/** A message's name, on every device. */
record Id(long high, long low) {
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
