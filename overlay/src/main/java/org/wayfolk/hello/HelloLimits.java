package org.wayfolk.hello;

/**
 * What the hello may use.
 *
 * @param features bits that we announce
 * @param timeoutNanos from the end of TLS until the link is up, or it is closed
 * @param heldPackets frames kept a link while its proof is being checked: what an eager dialler
 *     sends in one flight
 * @param heldBytes their bytes, a full record at most, so that a stranger never holds more than one
 */
public record HelloLimits(long features, long timeoutNanos, int heldPackets, int heldBytes) {
  /** The values of docs/protocol/hello.md. */
  public static final HelloLimits DEFAULT = new HelloLimits(0, 10_000_000_000L, 16, 65_536);
}
