package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.Handler.Events;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Contact;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.messenger.Verifying;
import org.wayfolk.messenger.conversation.Brief.Choice;

/** Friends, and what is done about each. */
final class ContactRequests {
  private ContactRequests() {}

  static ObjectNode contacts(Messenger m, Asked asked, Events events) {
    return PeopleJson.contacts(m.contacts());
  }

  static ObjectNode contact(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    String act = asked.has("act") ? asked.text("act") : "look";
    Choosing choosing = Choosing.of(act);
    if (choosing != null) {
      return choose(m, m.look(asked::who), choosing);
    }
    Contact c = m.contact(asked.text("who"));
    long f = c.friend();
    return switch (act) {
      case "look" -> PeopleJson.of(c);
      case "rename" -> PeopleJson.of(Results.now(m.rename(f, asked.text("name"))));
      case "block" -> PeopleJson.of(Results.now(m.block(f, true)));
      case "unblock" -> PeopleJson.of(Results.now(m.block(f, false)));
      case "remove" -> {
        Results.now(m.remove(f));
        yield Json.object().put("removed", c.name());
      }
      case "words" -> {
        Verifying v = m.verifying(f);
        ObjectNode out = PeopleJson.of(c);
        ArrayNode words = out.putArray("words");
        v.words().forEach(words::add);
        yield out.put("qr", v.qr());
      }
      case "verified" -> PeopleJson.of(Results.now(m.verified(f, asked.flag("same", true))));
      case "scanned" -> PeopleJson.of(Results.now(m.scanned(f, asked.text("qr"))));
      default -> throw Failure.usage("no such act", "see docs/control-socket.md");
    };
  }

  /** Notes to oneself may be pinned too, and are no contact. */
  private static ObjectNode choose(Messenger m, long friend, Choosing c)
      throws Failure, InterruptedException {
    Results.now(m.choose(friend, c.choice, c.on));
    return m.look(look ->
        friend == 0
            ? new LineJson(look).of(look.conversations().brief(0))
            : PeopleJson.of(look.contact(friend)));
  }

  private record Choosing(Choice choice, boolean on) {
    static @Nullable Choosing of(String act) {
      return switch (act) {
        case "mute" -> new Choosing(Choice.MUTED, true);
        case "unmute" -> new Choosing(Choice.MUTED, false);
        case "pin" -> new Choosing(Choice.PINNED, true);
        case "unpin" -> new Choosing(Choice.PINNED, false);
        case "archive" -> new Choosing(Choice.ARCHIVED, true);
        case "unarchive" -> new Choosing(Choice.ARCHIVED, false);
        default -> null;
      };
    }
  }
}
