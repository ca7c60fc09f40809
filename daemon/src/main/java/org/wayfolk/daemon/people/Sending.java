package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.messenger.Sent;
import org.wayfolk.messenger.conversation.State;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.outbox.Progress;
import org.wayfolk.messenger.work.News;
import org.wayfolk.messenger.work.Trouble;

/** Writes to a friend, and waits a while for what becomes of it. */
final class Sending {
  private final Messenger m;

  Sending(Messenger m) {
    this.m = m;
  }

  ObjectNode send(Asked asked) throws Failure, InterruptedException {
    byte[] key = asked.onceKey();
    long friend = m.look(asked::who);
    EventId reply = asked.has("replyTo") ? m.message(asked.text("replyTo")).id() : null;
    String text = asked.text("text");
    long began = System.nanoTime();
    CompletableFuture<EventId> stored =
        key == null ? m.send(friend, text, reply) : m.send(friend, text, reply, key);
    EventId id = Results.now(stored);
    if (!asked.flag("wait", true)) {
      return stored(id);
    }
    Sent sent = friend == 0 ? m.sent(id) : settled(id, asked.patience());
    return PeopleJson.outcome(sent, (System.nanoTime() - began) / 1e6);
  }

  /** The line is left out if it was deleted since it was sent under that key. */
  private ObjectNode stored(EventId id) {
    ObjectNode out = Json.object().put("message", id.toString());
    try {
      return out.set("line", m.look(look -> new LineJson(look).of(look.conversations().line(id))));
    } catch (Trouble gone) {
      if (gone.reason() != Trouble.Reason.UNKNOWN) {
        throw gone;
      }
      return out;
    }
  }

  /** The subscription is there before the first look, so that no news falls between. */
  private Sent settled(EventId id, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    try (Subscription news = new Subscription(m)) {
      Sent sent = m.sent(id);
      while (!settled(sent) && System.nanoTime() - end < 0) {
        News next = news.next(Duration.ofNanos(end - System.nanoTime()));
        if (next == null || (next instanceof Progress p && p.event().equals(id))) {
          sent = m.sent(id);
        }
      }
      return sent;
    }
  }

  private static boolean settled(Sent s) {
    return s.state() == State.DELIVERED || s.state() == State.READ || s.state() == State.FAILED;
  }
}
