package org.wayfolk.messenger;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wayfolk.messenger.conversation.Shown;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.outbox.Delivery;
import org.wayfolk.messenger.outbox.Stage;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** Puts together what is known of a message of ours. */
final class Truth {
  /** A long text has arrived only when its last piece has. */
  private static final Comparator<Delivery> LEAST =
      Comparator.comparingInt((Delivery d) -> rank(d.stage()))
          .thenComparing(Comparator.comparingLong(Delivery::deliveredAt).reversed());

  private Truth() {}

  static Sent of(Rooms rooms, Tx tx, Vault vault, EventId message) {
    EventId whole = rooms.conversations.messageOf(tx, vault, message).orElse(message);
    Shown shown = rooms.conversations.message(tx, vault, whole);
    if (!shown.mine()) {
      throw new Trouble(Trouble.Reason.NOT_POSSIBLE, "it is not one of yours");
    }
    Map<Integer, Delivery> devices = new TreeMap<>();
    for (EventId piece : rooms.conversations.pieces(tx, vault, whole)) {
      for (Delivery d : rooms.outbox.deliveries(tx, piece)) {
        devices.merge(d.device(), d, (a, b) -> LEAST.compare(a, b) <= 0 ? a : b);
      }
    }
    Collection<Delivery> all = devices.values();
    long read = rooms.conversations.readAt(tx, vault, whole);
    return new Sent(whole, shown.state(), List.copyOf(all), read);
  }

  private static int rank(Stage stage) {
    return switch (stage) {
      case FAILED -> 0;
      case QUEUED -> 1;
      case SENT -> 2;
      case DELIVERED -> 3;
    };
  }
}
