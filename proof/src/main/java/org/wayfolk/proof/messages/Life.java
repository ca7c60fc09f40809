package org.wayfolk.proof.messages;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One run of a user's messenger, from its start to its end, as that user meets it. Friends are
 * named by their number in the town. A command's stage completes when the user is told that it is
 * kept; of a run that has died nobody is told any more.
 */
interface Life {
  CompletionStage<Id> send(int friend, String text, @Nullable Id replyTo);

  CompletionStage<?> edit(Id message, String text);

  /** Deletes a message of one's own for all. */
  CompletionStage<?> delete(Id message);

  CompletionStage<?> react(Id message, String emoji);

  /** Says that everything of a friend up to a message is read. */
  CompletionStage<?> read(int friend, Id upTo);

  /** The line as it is shown now; null if there is none. */
  @Nullable Line line(Id message);

  /** The last lines before one, or of all; oldest first. */
  List<Line> history(int friend, @Nullable Id before, int count);
}
