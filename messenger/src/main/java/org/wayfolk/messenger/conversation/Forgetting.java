package org.wayfolk.messenger.conversation;

import java.util.List;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.SearchIndex;

/** Takes a conversation away, with everything in it. */
final class Forgetting {
  private static final int ROWS = 1_000;

  private final Turn turn;
  private final SearchIndex search;

  Forgetting(Turn turn, SearchIndex search) {
    this.turn = turn;
    this.search = search;
  }

  void forget(long talk) {
    List<Long> some;
    do {
      some =
          turn.tx()
              .list(
                  row -> row.i64("number"),
                  "SELECT number FROM conversation_event WHERE talk = ? AND line = 1 LIMIT ?",
                  talk,
                  ROWS);
      for (long number : some) {
        search.remove(turn.tx(), number);
        turn.tx().run("DELETE FROM conversation_event WHERE number = ?", number);
      }
    } while (!some.isEmpty());
    turn.tx().run("DELETE FROM conversation_event WHERE talk = ?", talk);
    turn.tx().run("DELETE FROM conversation_writer WHERE talk = ?", talk);
    turn.tx().run("DELETE FROM conversation_reaction WHERE talk = ?", talk);
    turn.tx().run("DELETE FROM conversation_talk WHERE number = ?", talk);
  }
}
