package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Look;
import org.wayfolk.messenger.conversation.Brief;
import org.wayfolk.messenger.conversation.Line;
import org.wayfolk.messenger.conversation.Shown;
import org.wayfolk.messenger.conversation.State;
import org.wayfolk.messenger.outbox.Stage;
import org.wayfolk.messenger.people.Face;

/** Lines and conversations as JSON, with names and cards of one look. See docs/page-api.md. */
public final class LineJson {
  /** Length of the lines in one answer, of which the client takes 4 MiB. */
  static final long MAX_SHOWN = 3 << 20;

  /** The card of notes to oneself. */
  public static final String ME = "me";

  private final Look look;

  /** Of one look, within it. */
  public LineJson(Look look) {
    this.look = look;
  }

  /** What a friend's number is called; 0 is oneself. */
  String name(long friend) {
    return friend == 0 ? ME : look.face(friend).map(Face::name).orElse("friend-" + friend);
  }

  /** The card of a conversation. */
  public String card(long friend) {
    return friend == 0 ? ME : look.face(friend).map(f -> f.card().hex()).orElse("");
  }

  /** One line of a conversation. */
  public ObjectNode of(Line line) {
    ObjectNode out = of(line, line.shown().text());
    why(line.shown(), out);
    return out;
  }

  /** Why one of ours waits or failed, and after how many tries. */
  private void why(Shown s, ObjectNode out) {
    boolean open = s.state() == State.QUEUED || s.state() == State.FAILED;
    if (!s.mine() || !open || s.conversation() == 0) {
      return;
    }
    look.sent(s.id()).deliveries().stream()
        .filter(d -> d.stage() == Stage.QUEUED || d.stage() == Stage.FAILED)
        .findFirst()
        .ifPresent(d -> out.put("reason", d.why().key()).put("tries", d.tries()));
  }

  private ObjectNode of(Line line, String text) {
    Shown s = line.shown();
    ObjectNode out =
        Json.object()
            .put("message", s.id().toString())
            .put("from", name(s.from()))
            .put("text", s.note() == null ? text : PeopleWords.note(s.note()))
            .put("at", PeopleJson.time(s.at()))
            .put("state", s.state().key())
            .put("with", name(s.conversation()))
            .put("card", card(s.conversation()))
            .put("mine", s.mine())
            .put("order", HexFormat.of().formatHex(s.order()));
    if (s.note() != null) {
      out.put("note", s.note().key());
    }
    if (s.edited()) {
      out.put("edited", true);
    }
    if (s.deleted()) {
      out.put("deleted", true);
    }
    if (s.replyTo() != null) {
      out.put("replyTo", s.replyTo().toString());
    }
    if (line.reply() != null) {
      out.set("reply", quote(line.reply()));
    }
    if (line.key() != null) {
      out.put("key", line.key());
    }
    if (!s.reactions().isEmpty()) {
      ArrayNode list = out.putArray("reactions");
      s.reactions()
          .forEach(r ->
              list.add(
                  Json.object()
                      .put("from", name(r.from()))
                      .put("emoji", r.emoji())
                      .put("mine", r.from() == 0)));
    }
    return out;
  }

  private ObjectNode quote(Line.Quote q) {
    ObjectNode out =
        Json.object()
            .put("message", q.message().toString())
            .put("from", name(q.from()))
            .put("mine", q.from() == 0)
            .put("text", q.text());
    return q.deleted() ? out.put("deleted", true) : out;
  }

  /** A conversation as a row of the list. */
  public ObjectNode of(Brief b) {
    Face face = look.face(b.friend()).orElse(null);
    ObjectNode out =
        Json.object()
            .put("card", card(b.friend()))
            .put("name", name(b.friend()))
            .put("verified", face != null && face.verified())
            .put("blocked", face != null && face.blocked())
            .put("muted", b.choices().muted())
            .put("pinned", b.choices().pinned())
            .put("archived", b.choices().archived())
            .put("unread", b.unread());
    if (b.firstUnread() != null) {
      out.put("firstUnread", b.firstUnread().toString());
    }
    if (!b.draft().isEmpty()) {
      out.put("draft", b.draft());
    }
    Line last = b.last();
    if (last != null) {
      out.set("last", of(last, Line.cut(last.shown().text())));
    }
    return out;
  }

  /** Lines that fit into one answer, of which the first matter most. */
  ObjectNode first(List<Line> lines) {
    int to = 0;
    long length = 0;
    while (to < lines.size() && (length += weight(lines.get(to))) < MAX_SHOWN) {
      to++;
    }
    return messages(lines.subList(0, to));
  }

  /** The bounds of those lines of a page that fit into one answer. */
  record Cut(int from, int to) {
    /**
     * Takes lines around one, on both sides in turn, while they fit; that one in any case.
     *
     * @param center the index of the line that must be there
     */
    static Cut around(List<Line> lines, int center) {
      int from = center;
      int to = Math.min(lines.size(), center + 1);
      long left = MAX_SHOWN - (center < lines.size() ? weight(lines.get(center)) : 0);
      boolean more = true;
      while (more) {
        more = false;
        if (from > 0 && left >= weight(lines.get(from - 1))) {
          from--;
          left -= weight(lines.get(from));
          more = true;
        }
        if (to < lines.size() && left >= weight(lines.get(to))) {
          left -= weight(lines.get(to));
          to++;
          more = true;
        }
      }
      return new Cut(from, to);
    }
  }

  /** A letter takes six bytes at the most, escaped; all else that a line has, some hundreds. */
  private static long weight(Line line) {
    return 1_500 + 6L * line.shown().text().length() + 500L * line.shown().reactions().size();
  }

  /** As many rows as fit into one answer, at least one. */
  static int fitting(List<Brief> rows) {
    long length = 0;
    int count = 0;
    for (Brief b : rows) {
      length += 2_000 + 6L * b.draft().length();
      if (count > 0 && length > MAX_SHOWN) {
        break;
      }
      count++;
    }
    return count;
  }

  ObjectNode messages(List<Line> lines) {
    ObjectNode out = Json.object();
    ArrayNode list = out.putArray("messages");
    lines.forEach(l -> list.add(of(l)));
    return out;
  }

  /** A line that may be gone. */
  @Nullable ObjectNode orNull(@Nullable Line line) {
    return line == null ? null : of(line);
  }
}
