package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.messenger.Sent;
import org.wayfolk.messenger.conversation.State;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.outbox.Progress;
import org.wayfolk.messenger.work.News;

/** Writes to a friend, and waits a while for what becomes of it. */
final class Sending {
  private final Messenger m;

  Sending(Messenger m) {
    this.m = m;
  }

  ObjectNode send(ObjectNode request) throws Failure, InterruptedException {
    long friend = PeopleRequests.with(m, request);
    EventId reply = null;
    if (request.hasNonNull("replyTo")) {
      reply = m.message(request.path("replyTo").asText()).id();
    }
    long began = System.nanoTime();
    EventId id = PeopleRequests.now(m.send(friend, request.path("text").asText(), reply));
    Sent sent = friend == 0 ? m.sent(id) : settled(id, PeopleRequests.wait(request));
    return PeopleJson.outcome(sent, (System.nanoTime() - began) / 1e6);
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
