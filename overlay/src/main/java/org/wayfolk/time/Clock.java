package org.wayfolk.time;

/** Where now comes from. Thread-safe. */
public interface Clock {
  /** Monotonic nanoseconds from an arbitrary origin; only differences mean anything. */
  long nanos();

  /** Milliseconds since the Unix epoch, as this machine believes; may jump. */
  long wallMillis();
}
