package org.wayfolk.messenger.outbox;

import java.util.function.BiConsumer;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.work.Turn;

/** The overlay, as the outbox needs it. */
@FunctionalInterface
public interface Carrier {

  /**
   * Sends a payload to a node and says, once, in a turn of its own, what became of it. Called on
   * the engine's thread after a commit; does not block. If the word is lost (a turn that could not
   * run, because the store was locked meanwhile), {@link Outbox#start} makes up for it.
   */
  void carry(NodeId to, byte[] payload, BiConsumer<Turn, Outcome> done);
}
