package org.wayfolk.peer;

import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;

/**
 * Whom to reach, and where if that is known: what a user writes behind {@code --join}. Nothing
 * about it is verified.
 *
 * @param id who
 * @param address where to dial, or null if only the id is known
 */
public record Peer(NodeId id, @Nullable Address address) {

  /**
   * Parses {@code <id-hex>} or {@code <id-hex>@IP:PORT}.
   *
   * @throws IllegalArgumentException with a message fit to show a user
   */
  public static Peer parse(String text) {
    int at = text.indexOf('@');
    NodeId id = NodeId.parse(at < 0 ? text : text.substring(0, at));
    if (at < 0) {
      return new Peer(id, null);
    }
    Address address = Address.parse(text.substring(at + 1));
    if (address.port() == 0 || address.wildcard()) {
      throw new IllegalArgumentException("nobody can be dialled at '" + address + "'");
    }
    return new Peer(id, address);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return address == null ? id.hex() : id.hex() + "@" + address;
  }
}
