package org.wayfolk.messenger.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event says. Kinds that a later version adds are {@link Unknown} to this one: kept,
 * acknowledged, and shown as a line that says so if their number is below {@value #QUIET}.
 */
public sealed interface Body {
  /** Kinds from here on are nothing to be shown by who does not know them. */
  int QUIET = 128;

  /** The number of its kind on the wire. */
  int kind();

  /**
   * Whether it takes a place in its writer's sequence, so that it is sent again where it is
   * missing.
   */
  default boolean counted() {
    return true;
  }

  /**
   * A message, or a piece of one.
   *
   * @param replyTo what it answers; said in the first piece
   */
  record Text(Part part, @Nullable EventId replyTo, String text) implements Body {
    static final int KIND = 1;

    @Override
    public int kind() {
      return KIND;
    }
  }

  /** Another text for a message of the same writer, or a piece of it. The last one counts. */
  record Edit(EventId target, Part part, String text) implements Body {
    static final int KIND = 2;

    @Override
    public int kind() {
      return KIND;
    }
  }

  /**
   * A message goes away for ever.
   *
   * @param forAll of the same writer, for everybody; else only for the writer of this event, whose
   *     other devices alone hear of it
   */
  record Delete(EventId target, boolean forAll) implements Body {
    static final int KIND = 3;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public boolean counted() {
      return forAll;
    }
  }

  /** A reaction to anybody's message, or its withdrawal. The last one of the same emoji counts. */
  record Reaction(EventId target, boolean on, String emoji) implements Body {
    static final int KIND = 4;

    @Override
    public int kind() {
      return KIND;
    }
  }

  /** Lines of these writers were read, up to these. */
  record Read(List<Head> upTo) implements Body {
    static final int KIND = 5;

    /** Copies the list. */
    public Read {
      upTo = List.copyOf(upTo);
    }

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public boolean counted() {
      return false;
    }
  }

  /**
   * What its writer wants to be called, as they wrote it: whoever takes it cleans it, see {@code
   * people}.
   */
  record Name(String name) implements Body {
    static final int KIND = 6;

    @Override
    public int kind() {
      return KIND;
    }
  }

  /** Reserved: prekeys travel beside the content, in the session. */
  record Prekeys(byte[] bytes) implements Body {
    static final int KIND = 7;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public boolean counted() {
      return false;
    }
  }

  /** The writer's list of devices; the layout is the person's. */
  record Devices(byte[] bytes) implements Body {
    static final int KIND = 8;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public boolean counted() {
      return false;
    }
  }

  /**
   * Takes the place of an event whose content its writer does not have any more, so that no gap
   * stays where it is sent again.
   *
   * @param line whether it was a message that was deleted for all: then a line says so
   */
  record Gone(boolean line) implements Body {
    static final int KIND = 9;

    @Override
    public int kind() {
      return KIND;
    }
  }

  /**
   * Something of a later version.
   *
   * @param bytes its body, to be understood one day
   */
  record Unknown(int kind, boolean counted, byte[] bytes) implements Body {
    /** Whether a line says that there is something that this version does not know. */
    public boolean line() {
      return kind < QUIET;
    }
  }
}
