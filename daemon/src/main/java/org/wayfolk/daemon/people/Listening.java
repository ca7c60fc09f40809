package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.Handler.Events;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Contact;
import org.wayfolk.messenger.Look;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.messenger.conversation.Changed;
import org.wayfolk.messenger.conversation.State;
import org.wayfolk.messenger.conversation.Window;
import org.wayfolk.messenger.meeting.Met;
import org.wayfolk.messenger.outbox.Progress;
import org.wayfolk.messenger.work.News;
import org.wayfolk.messenger.work.Trouble;

/** Tells a command what happens, until it hangs up or has enough. */
final class Listening {
  /** How often a silent connection is looked after. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Messenger m;

  Listening(Messenger m) {
    this.m = m;
  }

  /**
   * Events are of four kinds: {@code message} (a new line), {@code changed}, {@code progress} of
   * one of ours, {@code met}.
   */
  static ObjectNode listen(Messenger m, Asked asked, Events events)
      throws IOException, InterruptedException {
    return new Listening(m).listen(asked, events);
  }

  private ObjectNode listen(Asked asked, Events events) throws IOException, InterruptedException {
    Long only = m.look(asked::whoOrNull);
    long wanted = asked.request().path("count").asLong(Long.MAX_VALUE);
    boolean all = asked.flag("all");
    long told = 0;
    try (Subscription news = new Subscription(m)) {
      if (asked.flag("unread")) {
        told += unread(only, wanted, events);
      }
      while (told < wanted) {
        News next = news.next(LOOK);
        ObjectNode event = next == null ? null : describe(next, only, all);
        if (event != null) {
          events.tell(event);
          told += event.path("kind").asText().equals("message") && !mine(event) ? 1 : 0;
        }
      }
      return Json.object().put("messages", told).put("missed", news.missed());
    }
  }

  private long unread(@Nullable Long only, long wanted, Events events) throws IOException {
    long told = 0;
    for (Contact c : m.contacts()) {
      if (c.unread() == 0 || (only != null && only != c.friend())) {
        continue;
      }
      for (ObjectNode line : m.look(look -> unread(look, c))) {
        if (told < wanted) {
          events.tell(line.put("kind", "message"));
          told++;
        }
      }
    }
    return told;
  }

  private static List<ObjectNode> unread(Look look, Contact c) {
    int count = Math.clamp(c.unread(), 1, 1_000);
    LineJson json = new LineJson(look);
    return look.conversations().page(c.friend(), new Window.Newest(), count).lines().stream()
        .filter(l -> l.shown().state() == State.RECEIVED && l.shown().note() == null)
        .map(json::of)
        .toList();
  }

  private static boolean mine(ObjectNode event) {
    return event.path("from").asText().equals("me");
  }

  private @Nullable ObjectNode describe(News news, @Nullable Long only, boolean all) {
    return switch (news) {
      case Changed c when only != null && only != c.conversation() -> null;
      case Changed c when c.isNew() && (all || !c.mine()) -> look(c, "message");
      case Changed c when all && !c.isNew() -> look(c, "changed");
      case Progress p when all && (only == null || only == p.friend()) -> progress(p);
      case Met met when all && (only == null || only == met.friend()) -> met(met);
      default -> null;
    };
  }

  private @Nullable ObjectNode look(Changed c, String kind) {
    try {
      return m.look(look -> new LineJson(look).of(look.conversations().line(c.message())))
          .put("kind", kind);
    } catch (Trouble gone) {
      return null; // deleted since
    }
  }

  private @Nullable ObjectNode progress(Progress p) {
    try {
      return PeopleJson.truth(m.sent(p.event())).put("kind", "progress");
    } catch (Trouble notShown) {
      return null; // what is no message, such as a reaction
    }
  }

  private @Nullable ObjectNode met(Met met) {
    return m.look(look -> look.face(met.friend()))
        .map(
            f -> Json.object().put("kind", "met").put("name", f.name()).put("card", f.card().hex()))
        .orElse(null);
  }
}
