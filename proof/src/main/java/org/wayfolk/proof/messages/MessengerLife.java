package org.wayfolk.proof.messages;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.Contact;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.messenger.conversation.Changed;
import org.wayfolk.messenger.conversation.Shown;
import org.wayfolk.messenger.conversation.State;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.outbox.Progress;
import org.wayfolk.messenger.outbox.Stage;
import org.wayfolk.messenger.work.News;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.node.Node;
import org.wayfolk.sim.SimHost;

/** One run of the real messenger on a node. */
final class MessengerLife implements Life {
  private static final int SEQUENCE_AT = 16;

  final Node node;
  final SimHost host;
  final Messenger messenger;
  private final Map<Integer, Long> local = new HashMap<>();
  private final Map<Long, Integer> town = new HashMap<>();
  private final @Nullable Ears ears;
  private boolean dead;

  /**
   * Begins to listen.
   *
   * @param cards the number in the town of each card
   */
  MessengerLife(
      Node node,
      SimHost host,
      Messenger messenger,
      Map<String, Integer> cards,
      @Nullable Ears ears) {
    this.node = node;
    this.host = host;
    this.messenger = messenger;
    this.ears = ears;
    for (Contact c : messenger.contacts()) {
      Integer number = cards.get(c.card());
      if (number != null) {
        local.put(number, c.friend());
        town.put(c.friend(), number);
      }
    }
    messenger.listen(this::hear);
  }

  /** From now on nobody is told anything. */
  void die() {
    dead = true;
  }

  private void hear(News news) {
    if (dead || ears == null) {
      return;
    }
    switch (news) {
      case Changed(long conversation, EventId message, boolean isNew, boolean mine) -> {
        Integer friend = town.get(conversation);
        if (isNew && !mine && friend != null) {
          ears.arrived(friend, id(message));
        }
      }
      case Progress p when p.now().stage() == Stage.DELIVERED -> ears.delivered(id(p.event()));
      default -> {
        // Nothing that a judge asks about.
      }
    }
  }

  @Override
  public CompletionStage<Id> send(int friend, String text, @Nullable Id replyTo) {
    return messenger
        .send(number(friend), text, replyTo == null ? null : id(replyTo))
        .thenApply(MessengerLife::id);
  }

  @Override
  public CompletionStage<?> edit(Id message, String text) {
    return messenger.edit(id(message), text);
  }

  @Override
  public CompletionStage<?> delete(Id message) {
    return messenger.delete(id(message), true);
  }

  @Override
  public CompletionStage<?> react(Id message, String emoji) {
    return messenger.react(id(message), emoji, true);
  }

  @Override
  public CompletionStage<?> read(int friend, Id upTo) {
    return messenger.read(number(friend), id(upTo));
  }

  @Override
  public @Nullable Line line(Id message) {
    try {
      return line(messenger.message(message.toString()));
    } catch (Trouble e) {
      if (e.reason() == Trouble.Reason.UNKNOWN) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public List<Line> history(int friend, @Nullable Id before, int count) {
    return messenger.history(number(friend), before == null ? null : id(before), count).stream()
        .map(MessengerLife::line)
        .toList();
  }

  private long number(int friend) {
    return Objects.requireNonNull(local.get(friend), "no friend of this user");
  }

  private static Line line(Shown s) {
    ByteBuffer order = ByteBuffer.wrap(s.order());
    byte[] author = new byte[Integer.BYTES];
    long lamport = order.getLong();
    order.get(author);
    return new Line(
        id(s.id()),
        s.from() == 0,
        s.note() != null,
        s.state() == State.DELIVERED || s.state() == State.READ,
        s.text(),
        s.edited(),
        s.deleted(),
        s.replyTo() == null ? null : id(s.replyTo()),
        s.reactions().stream()
            .map(r -> new Line.Reaction(r.from() == 0, r.emoji()))
            .collect(Collectors.toSet()),
        new Place(lamport, author, order.getInt(), order.getLong(SEQUENCE_AT)));
  }

  private static Id id(EventId id) {
    return new Id(id.high(), id.low());
  }

  private static EventId id(Id id) {
    return new EventId(id.high(), id.low());
  }
}
