package org.wayfolk.wire;

/**
 * Bytes that do not decode. Checked, so that no edge forgets it; without a stack trace, so that a
 * flood of bad frames costs no more than the bytes. Caught in one place per edge and counted there.
 */
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  /** The reason is a constant phrase of ours; it never quotes the peer's bytes. */
  public Malformed(String reason) {
    super(reason, null, false, false);
  }
}
