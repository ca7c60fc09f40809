package org.wayfolk.time;

/** The machine's own clock: the one place of the library that reads it. */
public enum SystemClock implements Clock {
  INSTANCE;

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }
}
