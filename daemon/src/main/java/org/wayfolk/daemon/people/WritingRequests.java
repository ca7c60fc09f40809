package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.wayfolk.daemon.control.Handler.Events;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.messenger.event.EventId;

/** What is done to lines. */
final class WritingRequests {
  private WritingRequests() {}

  static ObjectNode send(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    return new Sending(m).send(asked);
  }

  static ObjectNode draft(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    long friend = m.look(asked::who);
    if (asked.request().has("text")) {
      Results.now(m.draft(friend, asked.text("text")));
    }
    return Json.object().put("text", m.draft(friend));
  }

  static ObjectNode read(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    if (asked.request().has("tell")) {
      boolean tell = asked.flag("tell");
      Results.now(m.tellRead(tell));
      return Json.object().put("tell", tell);
    }
    EventId id = message(m, asked);
    Results.now(m.read(m.look(asked::who), id));
    return done(id);
  }

  static ObjectNode edit(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    EventId id = message(m, asked);
    Results.now(m.edit(id, asked.text("text")));
    return done(id);
  }

  static ObjectNode delete(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    EventId id = message(m, asked);
    Results.now(m.delete(id, asked.flag("forAll")));
    return done(id);
  }

  static ObjectNode react(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    EventId id = message(m, asked);
    Results.now(m.react(id, asked.text("emoji"), asked.flag("on", true)));
    return done(id);
  }

  static ObjectNode cancel(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    EventId id = message(m, asked);
    Results.now(m.cancel(id));
    return done(id);
  }

  static ObjectNode retry(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    EventId id = message(m, asked);
    Results.now(m.retry(id));
    return done(id);
  }

  private static EventId message(Messenger m, Asked asked) {
    return m.message(asked.text("message")).id();
  }

  private static ObjectNode done(EventId id) {
    return Json.object().put("message", id.toString());
  }
}
