package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.wayfolk.daemon.control.Handler.Events;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.messenger.Messenger;

/** Answers one request about people. */
@FunctionalInterface
interface Feature {
  /**
   * Does what is asked; may block.
   *
   * @throws org.wayfolk.messenger.work.Trouble which is put into words by the caller
   */
  ObjectNode answer(Messenger m, Asked asked, Events events)
      throws Failure, IOException, InterruptedException;
}
