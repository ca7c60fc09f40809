package org.wayfolk.sim;

/**
 * Looks on as frames end their way over a link. Called inside an event: it must change nothing, and
 * keep no array.
 */
@FunctionalInterface
public interface FrameWatcher {
  /**
   * A frame has come to its end.
   *
   * @param bytes holds the frame at {@code offset}, {@code length} bytes of it; valid for this call
   * @param arrived whether it came to the other side, else it was lost on the way
   */
  void frame(SimHost from, SimHost to, byte[] bytes, int offset, int length, boolean arrived);
}
