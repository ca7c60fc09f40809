package org.wayfolk.delivery;

import java.util.concurrent.CompletableFuture;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Input;

/**
 * Command: deliver a message.
 *
 * @param target whose key names it
 * @param payload at most {@link #MAX_PAYLOAD} bytes; not to be changed afterwards
 * @param options how patiently
 * @param result completed exactly once, on the loop: whoever runs other code on completion moves it
 *     elsewhere first, as {@link Receipt} does
 */
public record Send(
    NodeId target, byte[] payload, SendOptions options, CompletableFuture<Outcome> result)
    implements Input.Command {
  /**
   * With seal, envelope and frame it stays inside one record of a link, with room for a longer
   * seal.
   */
  public static final int MAX_PAYLOAD = 48 * 1024;
}
