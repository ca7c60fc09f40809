package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.Handler.Events;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Look;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.messenger.conversation.Brief;
import org.wayfolk.messenger.conversation.Line;
import org.wayfolk.messenger.conversation.Page;
import org.wayfolk.messenger.conversation.Reading;
import org.wayfolk.messenger.conversation.Version;
import org.wayfolk.messenger.conversation.Window;
import org.wayfolk.messenger.event.EventId;

/** What is shown of conversations: each answer is of one look. */
final class ReadingRequests {
  private ReadingRequests() {}

  static ObjectNode chats(Messenger m, Asked asked, Events events) {
    int count = asked.count(200);
    return m.look(look -> {
      Reading reading = look.conversations();
      String after = asked.textOrNull("after");
      List<Brief> all = reading.list(after == null ? null : look.find(after), count);
      LineJson json = new LineJson(look);
      ObjectNode out = Json.object();
      ArrayNode chats = out.putArray("chats");
      int fitting = LineJson.fitting(all);
      all.subList(0, fitting).forEach(b -> chats.add(json.of(b)));
      return out.put("more", all.size() == count || fitting < all.size())
          .put("unread", reading.unread());
    });
  }

  static ObjectNode history(Messenger m, Asked asked, Events events) throws Failure {
    Window window = window(asked);
    int count = asked.count(50);
    return m.look(
        look -> page(look, look.conversations().page(asked.who(look), window, count), window));
  }

  private static Window window(Asked asked) throws Failure {
    if (asked.has("before")) {
      return new Window.Before(asked.id("before"));
    }
    if (asked.has("after")) {
      return new Window.After(asked.id("after"));
    }
    return asked.has("around") ? new Window.Around(asked.id("around")) : new Window.Newest();
  }

  /** Of long texts fewer than were asked for, so that the answer is not too long. */
  private static ObjectNode page(Look look, Page page, Window window) {
    List<Line> lines = page.lines();
    int last = Math.max(0, lines.size() - 1);
    LineJson.Cut cut =
        LineJson.Cut.around(
            lines,
            switch (window) {
              case Window.Newest() -> last;
              case Window.Before(EventId id) -> last;
              case Window.After(EventId id) -> 0;
              case Window.Around(EventId id) -> index(lines, id);
            });
    return new LineJson(look)
        .messages(lines.subList(cut.from(), cut.to()))
        .put("start", page.start() && cut.from() == 0)
        .put("end", page.end() && cut.to() == lines.size());
  }

  private static int index(List<Line> lines, EventId id) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).shown().id().equals(id)) {
        return i;
      }
    }
    return lines.size() / 2;
  }

  static ObjectNode line(Messenger m, Asked asked, Events events) {
    return m.look(look -> new LineJson(look).of(look.conversations().line(asked.text("message"))));
  }

  static ObjectNode versions(Messenger m, Asked asked, Events events) {
    return m.look(look -> {
      Reading reading = look.conversations();
      ObjectNode out = Json.object();
      ArrayNode list = out.putArray("versions");
      List<Version> all = reading.versions(reading.line(asked.text("message")).shown().id());
      long length = 0;
      for (Version v : all.reversed()) {
        length += 100 + 6L * v.text().length();
        if (length < LineJson.MAX_SHOWN) {
          list.insert(0, Json.object().put("text", v.text()).put("at", PeopleJson.time(v.at())));
        }
      }
      return out;
    });
  }

  static ObjectNode conversations(Messenger m, Asked asked, Events events) {
    return m.look(
        look -> new LineJson(look).first(look.conversations().newest(asked.count(1_000))));
  }

  static ObjectNode search(Messenger m, Asked asked, Events events) {
    return m.look(look -> {
      @Nullable Long who = asked.whoOrNull(look);
      return new LineJson(look)
          .first(look.conversations().search(asked.text("query"), who, asked.count(50)));
    });
  }

  static ObjectNode show(Messenger m, Asked asked, Events events) {
    return m.look(look -> {
      Line line = look.conversations().line(asked.text("message"));
      ObjectNode out = new LineJson(look).of(line);
      out.put("receivedAt", PeopleJson.time(line.shown().receivedAt()));
      if (line.shown().mine()) {
        out.setAll(PeopleJson.truth(look.sent(line.shown().id())));
      }
      return out;
    });
  }
}
