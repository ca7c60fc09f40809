package org.wayfolk.messenger;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.people.Face;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.person.Card;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** Finds the friend that somebody has typed. */
final class Whom {
  private Whom() {}

  /**
   * By card or a device's node id in hex, by name in any case, or by an unambiguous beginning of a
   * name. Keys come first: a friend may wish to be called by another's.
   *
   * @throws Trouble UNKNOWN, AMBIGUOUS with the names
   */
  static Face find(People people, Tx tx, Vault vault, String typed) {
    String who = typed.strip();
    String low = who.toLowerCase(Locale.ROOT);
    if (low.matches("[0-9a-f]{64}")) {
      Optional<Face> key =
          people
              .face(tx, vault, Card.of(HexFormat.of().parseHex(low)))
              .or(() -> people.face(tx, vault, NodeId.parse(low)));
      if (key.isPresent()) {
        return key.get();
      }
    }
    Optional<Face> named =
        people.friendNamed(tx, vault, who).flatMap(f -> people.face(tx, vault, f.number()));
    if (named.isPresent()) {
      return named.get();
    }
    List<Face> near =
        people.faces(tx, vault).stream().filter(f -> !low.isEmpty() && begins(f, low)).toList();
    return switch (near.size()) {
      case 0 -> throw new Trouble(Trouble.Reason.UNKNOWN, who);
      case 1 -> near.getFirst();
      default ->
          throw new Trouble(
              Trouble.Reason.AMBIGUOUS,
              near.stream().map(Face::name).collect(Collectors.joining(", ")));
    };
  }

  private static boolean begins(Face f, String low) {
    return f.name().toLowerCase(Locale.ROOT).startsWith(low);
  }
}
