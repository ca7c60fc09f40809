package org.wayfolk.daemon.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.people.LineJson;
import org.wayfolk.daemon.people.PeopleJson;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Locking;
import org.wayfolk.messenger.Look;
import org.wayfolk.messenger.conversation.Changed;
import org.wayfolk.messenger.conversation.Touched;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.meeting.InvitationsChanged;
import org.wayfolk.messenger.meeting.Met;
import org.wayfolk.messenger.outbox.Progress;
import org.wayfolk.messenger.people.PeopleNews;
import org.wayfolk.messenger.setting.SettingsChanged;
import org.wayfolk.messenger.work.News;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.store.Store;

/** Makes events of news, as they look at one moment. See docs/page-api.md. */
final class Telling {
  private final Look look;
  private final LineJson json;

  Telling(Look look) {
    this.look = look;
    this.json = new LineJson(look);
  }

  /** The events of some news, in their order. */
  List<ObjectNode> of(Iterable<News> news) {
    List<ObjectNode> events = new ArrayList<>();
    for (News n : news) {
      ObjectNode event = orGone(n);
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }

  /** What is not there any more is of no interest, or its own event says so. */
  private @Nullable ObjectNode orGone(News news) {
    try {
      return switch (news) {
        case Changed c -> line(c);
        case Progress p -> progress(p);
        case Met met -> met(met);
        case Touched t -> t.conversation() == 0 ? null : contact(t.conversation());
        case PeopleNews.Added a -> contact(a.friend().number());
        case PeopleNews.Changed c -> contact(c.friend().number());
        case PeopleNews.Removed r -> kind("removed").put("card", r.friend().card().hex());
        case SettingsChanged s -> PeopleJson.settings(look).put("kind", "settings");
        case InvitationsChanged i -> kind("invitations");
        case Locking l -> lock(l.state());
        default -> null;
      };
    } catch (Trouble t) {
      if (t.reason() != Trouble.Reason.UNKNOWN && t.reason() != Trouble.Reason.NOT_POSSIBLE) {
        throw t;
      }
      return null;
    }
  }

  private ObjectNode line(Changed c) {
    try {
      ObjectNode line = json.of(look.conversations().line(c.message()));
      return line.put("kind", c.isNew() ? "message" : "changed");
    } catch (Trouble t) {
      if (t.reason() != Trouble.Reason.UNKNOWN) {
        throw t;
      }
      return kind("gone")
          .put("card", json.card(c.conversation()))
          .put("message", c.message().toString());
    }
  }

  private @Nullable ObjectNode progress(Progress p) {
    Optional<EventId> message = look.messageOf(p.event());
    if (message.isEmpty()) {
      return null; // an edit, a reaction: the line itself shows nothing of it
    }
    ObjectNode truth = PeopleJson.truth(look.sent(message.get()));
    return truth.put("kind", "progress").put("card", json.card(p.friend()));
  }

  private @Nullable ObjectNode met(Met met) {
    return look.face(met.friend())
        .map(f -> {
          ObjectNode event = kind("met").put("card", f.card().hex()).put("name", f.name());
          return met.invitation() == 0 ? event : event.put("invitation", met.invitation());
        })
        .orElse(null);
  }

  private ObjectNode contact(long friend) {
    return kind("contact").set("contact", PeopleJson.of(look.contact(friend)));
  }

  /** A conversation's row. */
  ObjectNode chat(long friend) {
    return json.of(look.conversations().brief(friend)).put("kind", "chat");
  }

  static ObjectNode lock(Store.State state) {
    return kind("lock")
        .put("state", state == Store.State.LOCKED ? "locked" : "open")
        .put("passphrase", state != Store.State.OPEN);
  }

  static ObjectNode kind(String kind) {
    return Json.object().put("kind", kind);
  }
}
