package org.wayfolk.messenger.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Hash32;
import org.wayfolk.messenger.event.ListMark;
import org.wayfolk.messenger.outbox.Delivery;
import org.wayfolk.messenger.outbox.Outbox;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.people.Me;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** What is around conversations in the program: people and the outbox. */
final class Bound implements Around {
  private final People people;
  private final Outbox outbox;

  Bound(People people, Outbox outbox) {
    this.people = people;
    this.outbox = outbox;
  }

  @Override
  public Self self(Tx tx, Vault vault) {
    Me me =
        people
            .me(tx, vault)
            .orElseThrow(() -> new Trouble(Trouble.Reason.NOT_POSSIBLE, "nobody lives here yet"));
    int own = me.device().number();
    return new Self(
        Hash32.of(me.card().bytes()),
        own,
        new ListMark(me.devices().sequence(), Hash32.of(me.devices().hash())),
        me.devices().devices().stream()
            .map(DeviceCertificate::number)
            .filter(n -> n != own)
            .toList());
  }

  @Override
  public Other friend(Tx tx, Vault vault, long number) {
    Friend friend = known(tx, vault, number);
    return new Other(Hash32.of(friend.card().bytes()), friend.blocked());
  }

  private Friend known(Tx tx, Vault vault, long number) {
    return people
        .friend(tx, vault, number)
        .orElseThrow(() -> new Trouble(Trouble.Reason.UNKNOWN, "friend " + number));
  }

  @Override
  public List<Long> friends(Tx tx, Vault vault) {
    return people.numbers(tx, vault);
  }

  /**
   * Devices whose certificate has expired are among them: what is for them waits until they have
   * another. Our own other devices are reached once people knows them as devices.
   */
  @Override
  public void post(Turn turn, long friend, EventId id, byte[] event, byte @Nullable [] replaces) {
    if (friend == Talk.NOTES_NUMBER) {
      return;
    }
    outbox.post(turn, id, event, devices(turn, friend), replaces);
  }

  private List<Device> devices(Turn turn, long friend) {
    List<Device> all = new ArrayList<>();
    for (DeviceCertificate d : known(turn.tx(), turn.vault(), friend).devices().devices()) {
      all.add(new Device(friend, d));
    }
    return all;
  }

  @Override
  public void retry(Turn turn, long friend, EventId id, byte[] event) {
    if (friend != Talk.NOTES_NUMBER) {
      outbox.retry(turn, id, event, devices(turn, friend));
    }
  }

  @Override
  public boolean withdraw(Turn turn, EventId id) {
    return outbox.cancel(turn, id);
  }

  @Override
  public Optional<State> carried(Tx tx, long friend, EventId id) {
    State furthest = State.FAILED;
    List<Delivery> deliveries = outbox.deliveries(tx, id);
    for (Delivery d : deliveries) {
      State state =
          switch (d.stage()) {
            case QUEUED -> State.QUEUED;
            case SENT -> State.SENT;
            case DELIVERED -> State.DELIVERED;
            case FAILED -> State.FAILED;
          };
      if (Showing.rank(state) > Showing.rank(furthest)) {
        furthest = state;
      }
    }
    return deliveries.isEmpty() ? Optional.empty() : Optional.of(furthest);
  }
}
