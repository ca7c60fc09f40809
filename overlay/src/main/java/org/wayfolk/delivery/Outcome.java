package org.wayfolk.delivery;

import java.time.Duration;

/** How a send ended; each send has exactly one. */
public sealed interface Outcome {

  /**
   * A handler at the receiver accepted the message, and only the receiver can have said so.
   *
   * @param roundTrip from sending the try that was answered to its receipt, the handler's time
   *     included
   * @param hops links crossed by the first copy to arrive, 0 to oneself; forwarders could lie, so
   *     show it as "about"
   * @param tries sealings sent, at least 1
   */
  record Delivered(Duration roundTrip, int hops, int tries) implements Outcome {}

  /**
   * No handler is known to have accepted it.
   *
   * @param tries sealings sent; 0 if nothing left this node
   */
  record Undelivered(Reason why, int tries) implements Outcome {}

  /** Handed to a peer of the older protocol, which gives no receipts. */
  record Sent() implements Outcome {}
}
