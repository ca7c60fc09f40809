package org.wayfolk.messenger;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.conversation.Brief;
import org.wayfolk.messenger.conversation.Reading;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.people.Face;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/**
 * One look at everything, as it was at one moment. Lives only inside the call of {@link
 * Messenger#look} that handed it out, on that thread. Throws {@link Trouble} UNKNOWN for what is
 * not there.
 */
public final class Look {
  private final Rooms rooms;
  private final Tx tx;
  private final Vault vault;
  private final Reading reading;
  private final Map<Long, Optional<Face>> faces = new HashMap<>();

  Look(Rooms rooms, Tx tx, Vault vault) {
    this.rooms = rooms;
    this.tx = tx;
    this.vault = vault;
    this.reading = rooms.conversations.reading(tx, vault);
  }

  /**
   * The local number of the friend of that name, card or NodeId; 0 for {@code "me"}.
   *
   * @throws Trouble UNKNOWN, AMBIGUOUS
   */
  public long find(String who) {
    if (who.equals("me")) {
      return 0;
    }
    Face face = Whom.find(rooms.people, tx, vault, who);
    faces.put(face.number(), Optional.of(face));
    return face.number();
  }

  /** The face of a friend; empty for notes to self, and for who is no friend any more. */
  public Optional<Face> face(long friend) {
    return friend == 0
        ? Optional.empty()
        : faces.computeIfAbsent(friend, f -> rooms.people.face(tx, vault, f));
  }

  /** Conversations. */
  public Reading conversations() {
    return reading;
  }

  /** All friends, by name. Opens no list of devices: with thousands of friends that is most. */
  public List<Contact> contacts() {
    Map<Long, Integer> devices = rooms.people.deviceCounts(tx, vault);
    Map<Long, Brief.Choices> chosen = reading.chosen();
    return rooms.people.faces(tx, vault).stream()
        .map(f ->
            new Contact(
                f.number(),
                f.name(),
                f.card().hex(),
                f.verified(),
                f.blocked(),
                f.since(),
                devices.getOrDefault(f.number(), 0),
                rooms.conversations.unread(tx, vault, f.number()),
                chosen.getOrDefault(f.number(), Brief.Choices.NONE)))
        .sorted(Comparator.comparing(Contact::name, String.CASE_INSENSITIVE_ORDER))
        .toList();
  }

  /** A friend by the local number. */
  public Contact contact(long friend) {
    return contact(friend(friend));
  }

  private Friend friend(long number) {
    return rooms
        .people
        .friend(tx, vault, number)
        .orElseThrow(() -> new Trouble(Trouble.Reason.UNKNOWN, "friend " + number));
  }

  Contact contact(Friend f) {
    Brief.Choices choices = reading.choices(f.number());
    return new Contact(
        f.number(),
        f.name(),
        f.card().hex(),
        f.verified(),
        f.blocked(),
        f.since(),
        f.devices().devices().size(),
        rooms.conversations.unread(tx, vault, f.number()),
        choices);
  }

  /** The truth about a message of ours. */
  public Sent sent(EventId message) {
    return Truth.of(rooms, tx, vault, message);
  }

  /** The message that an event is a part of; empty if it is of none. */
  public Optional<EventId> messageOf(EventId event) {
    return rooms.conversations.messageOf(tx, vault, event);
  }

  /** Whether friends hear what we have read. */
  public boolean tellsRead() {
    return rooms.conversations.tellsRead(tx, vault);
  }

  /**
   * By which way a friend would be reached now.
   *
   * @param linked the nodes to which there are links
   */
  public Way way(long friend, Set<NodeId> linked) {
    return new Reaching(rooms, tx, vault, linked).to(friend(friend));
  }

  /** {@link #way} of all friends of whom anything is known; at most some thousand. */
  public List<Way> ways(Set<NodeId> linked) {
    return new Reaching(rooms, tx, vault, linked).all();
  }

  /** What is set, JSON texts by their names. */
  public Map<String, String> settings() {
    return rooms.settings.all(tx, vault);
  }

  /** What we are called; null before the first call of {@link Messenger#me}. */
  public @Nullable String myName() {
    return rooms.people.me(tx, vault).map(me -> me.name()).orElse(null);
  }
}
