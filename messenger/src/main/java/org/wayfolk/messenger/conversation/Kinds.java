package org.wayfolk.messenger.conversation;

import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.EventId;

/** Kinds as rows name them: the numbers of the wire. */
final class Kinds {
  static final int TEXT = 1;
  static final int EDIT = 2;
  static final int DELETE = 3;
  static final int NAME = 6;
  static final int GONE = 9;

  /** What names are about: their writer. One value for all, so that the last one is found. */
  static final EventId WRITER = new EventId(0, 0);

  private Kinds() {}

  /** The piece of a row with that body, before it is known whether other parts are here. */
  static int piece(Body body) {
    return switch (body) {
      case Body.Text b -> piece(b.part().index(), b.part().count());
      case Body.Edit b -> piece(b.part().index(), b.part().count());
      case Body.Delete b -> b.forAll() ? 1 : 0;
      default -> 1;
    };
  }

  private static int piece(int index, int count) {
    return index > 0 ? -index : count == 1 ? 1 : 0;
  }

  /** What a row with that body is about, if rows are looked up by it. */
  static @Nullable EventId target(Body body) {
    return switch (body) {
      case Body.Text b -> b.part().first();
      case Body.Edit b -> b.part().first() == null ? b.target() : b.part().first();
      case Body.Delete b -> b.target();
      case Body.Name b -> WRITER;
      default -> null;
    };
  }

  /** Whether a row with that body is a line as soon as it is here. */
  static boolean line(Body body) {
    return switch (body) {
      case Body.Gone b -> b.line();
      case Body.Unknown b -> b.line();
      default -> false;
    };
  }
}
