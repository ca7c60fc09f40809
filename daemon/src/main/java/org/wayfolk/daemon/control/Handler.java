package org.wayfolk.daemon.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.wayfolk.daemon.terminal.Failure;

/** What answers requests. */
@FunctionalInterface
public interface Handler {
  /** Where a request's events go before its answer. */
  @FunctionalInterface
  interface Events {
    /**
     * Tells the client something. Blocks while it does not read.
     *
     * @throws IOException if the client is gone; then nothing was told
     */
    void tell(ObjectNode event) throws IOException;
  }

  /**
   * Does what a request asks, on a virtual thread of its own; may block. Interrupted when the
   * client goes away.
   *
   * @param what the name of the request
   * @param request all of it
   * @return the answer
   * @throws Failure what the client is told instead
   */
  ObjectNode handle(String what, ObjectNode request, Events events)
      throws Failure, IOException, InterruptedException;
}
