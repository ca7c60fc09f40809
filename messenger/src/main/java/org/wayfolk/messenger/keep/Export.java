package org.wayfolk.messenger.keep;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.conversation.Note;
import org.wayfolk.messenger.conversation.Shown;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.people.Me;

/**
 * Everything that is shown, as JSON lines in UTF-8, in clear: one object a line, {@code type} says
 * what it is. Times are ms since the epoch, ids are hex, {@code from} and {@code conversation} are
 * the names that the user gave, {@code "me"} for oneself.
 *
 * <pre>
 * {"type":"me","name":..,"card":..}
 * {"type":"friend","name":..,"card":..,"verified":bool,"blocked":bool,"since":ms}
 * {"type":"message","conversation":..,"message":..,"from":..,"text":..,"at":ms,"received":ms,
 *  "state":..,"edited":bool,"deleted":bool,"replyTo":..,"reactions":[{"from":..,"emoji":..}]}
 * {"type":"note","conversation":..,"message":..,"note":..,"at":ms}
 * </pre>
 *
 * <p>{@code replyTo} and {@code reactions} are left out where there are none. Lines of one
 * conversation stand together, oldest first; it holds one page of them in memory.
 */
public final class Export {

  /** Lines of a conversation held at once. */
  static final int PAGE = 500;

  /** Where the lines of a conversation come from. */
  public interface Lines {
    /** The last {@code count} lines before one, or of all if null; oldest first. */
    List<Shown> before(long friend, @Nullable EventId before, int count);
  }

  private final Writer out;
  private final Lines lines;
  private final Map<Long, String> names = new HashMap<>();

  private Export(Writer out, Lines lines) {
    this.out = out;
    this.lines = lines;
  }

  /**
   * Writes all; the stream is flushed, not closed. All its arguments should be of one snapshot.
   *
   * @throws IOException if the stream fails
   */
  public static void write(OutputStream out, Me me, List<Friend> friends, Lines lines)
      throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    Export export = new Export(text, lines);
    export.people(me, friends);
    export.conversation(0);
    for (Friend friend : friends) {
      export.conversation(friend.number());
    }
    text.flush();
  }

  private void people(Me me, List<Friend> friends) throws IOException {
    names.put(0L, "me");
    put(of("me").text("name", me.name()).text("card", hex(me.card().bytes())));
    for (Friend friend : friends) {
      names.put(friend.number(), friend.name());
      put(
          of("friend")
              .text("name", friend.name())
              .text("card", hex(friend.card().bytes()))
              .truth("verified", friend.verified())
              .truth("blocked", friend.blocked())
              .number("since", friend.since()));
    }
  }

  /** Lines are found from the newest back; so first only where each page begins is kept. */
  private void conversation(long friend) throws IOException {
    Deque<EventId> begins = new ArrayDeque<>();
    List<Shown> page = lines.before(friend, null, PAGE);
    while (page.size() == PAGE) {
      EventId first = page.getFirst().id();
      begins.push(first);
      page = lines.before(friend, first, PAGE);
    }
    put(page);
    while (!begins.isEmpty()) {
      begins.pop();
      put(lines.before(friend, begins.peek(), PAGE));
    }
  }

  private void put(List<Shown> page) throws IOException {
    for (Shown line : page) {
      put(line.note() == null ? message(line) : note(line, line.note()));
    }
  }

  private JsonLine note(Shown line, Note note) {
    return of("note")
        .text("conversation", name(line.conversation()))
        .text("message", hex(line.id().bytes()))
        .text("note", note.key())
        .number("at", line.at());
  }

  private JsonLine message(Shown line) {
    JsonLine json =
        of("message")
            .text("conversation", name(line.conversation()))
            .text("message", hex(line.id().bytes()))
            .text("from", name(line.from()))
            .text("text", line.text())
            .number("at", line.at())
            .number("received", line.receivedAt())
            .text("state", line.state().key())
            .truth("edited", line.edited())
            .truth("deleted", line.deleted());
    EventId replyTo = line.replyTo();
    if (replyTo != null) {
      json.text("replyTo", hex(replyTo.bytes()));
    }
    if (!line.reactions().isEmpty()) {
      json.objects(
          "reactions",
          line.reactions().stream()
              .map(r -> new JsonLine().text("from", name(r.from())).text("emoji", r.emoji()))
              .toList());
    }
    return json;
  }

  private static JsonLine of(String type) {
    return new JsonLine().text("type", type);
  }

  private void put(JsonLine line) throws IOException {
    out.write(line.toString());
    out.write('\n');
  }

  private String name(long friend) {
    return names.getOrDefault(friend, "friend " + friend);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
