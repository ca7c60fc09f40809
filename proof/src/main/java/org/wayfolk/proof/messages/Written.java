package org.wayfolk.proof.messages;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of one message from what its people did and were shown. Times are true ones. */
final class Written {
  final int number;
  final int author;
  final int reader;
  final long wroteAt;

  /** The last message of the conversation that its author had been shown. */
  final @Nullable Written seen;

  /** The message that it answers. */
  final @Nullable Written answers;

  /** Null until its author was told that it is kept. */
  @Nullable Id id;

  /** 0 until its author was shown that it is delivered. */
  long deliveredAt;

  /** How often its reader was told of it. */
  int arrivals;

  /** The version that its author was told is kept. */
  int version;

  /** The last version that its author asked for. */
  int asked;

  boolean deleteAsked;
  boolean deleted;
  @Nullable String reaction;
  boolean reactionKept;

  Written(
      int number,
      int author,
      int reader,
      long wroteAt,
      @Nullable Written seen,
      @Nullable Written answers) {
    this.number = number;
    this.author = author;
    this.reader = reader;
    this.wroteAt = wroteAt;
    this.seen = seen;
    this.answers = answers;
  }

  boolean kept() {
    return id != null;
  }

  /** Its name, once its author was told that it is kept. */
  Id name() {
    return Objects.requireNonNull(id, "not kept yet");
  }

  boolean delivered() {
    return deliveredAt != 0;
  }

  @Override
  public String toString() {
    return "message %d (%s) of user %d to %d".formatted(number, id, author, reader);
  }
}
