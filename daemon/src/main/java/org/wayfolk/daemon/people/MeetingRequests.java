package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.wayfolk.daemon.control.Handler.Events;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Contact;
import org.wayfolk.messenger.Messenger;

/** Oneself, and how one meets others. */
final class MeetingRequests {
  /** An invitation lives this long unless it is said otherwise. */
  private static final Duration INVITATION = Duration.ofDays(7);

  private static final long MAX_INVITATION_SECONDS = Duration.ofDays(30).toSeconds();

  private MeetingRequests() {}

  static ObjectNode me(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    if (asked.request().has("name")) {
      return PeopleJson.of(Results.now(m.nameMe(asked.text("name"))));
    }
    if (asked.flag("wordsKept")) {
      return PeopleJson.of(Results.now(m.wordsKept()));
    }
    ObjectNode out = PeopleJson.of(Results.now(m.me()));
    if (asked.flag("words")) {
      ArrayNode words = out.putArray("words");
      Results.now(m.words()).forEach(words::add);
    }
    return out;
  }

  static ObjectNode recover(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    return PeopleJson.of(Results.now(m.recover(asked.text("words"), asked.text("name"))));
  }

  static ObjectNode invite(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    if (asked.request().has("cancel")) {
      long id = asked.request().path("cancel").asLong();
      Results.now(m.cancel(id));
      return Json.object().put("cancelled", id);
    }
    if (asked.has("name")) {
      Results.now(m.nameMe(asked.text("name")));
    }
    long seconds = asked.request().path("validForS").asLong(INVITATION.toSeconds());
    Duration valid = Duration.ofSeconds(Math.clamp(seconds, 60, MAX_INVITATION_SECONDS));
    return PeopleJson.of(Results.now(m.invite(asked.textOrNull("as"), valid)));
  }

  static ObjectNode invitations(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    ObjectNode out = Json.object();
    ArrayNode list = out.putArray("invitations");
    Results.now(m.invitations()).forEach(w -> list.add(PeopleJson.of(w)));
    return out;
  }

  static ObjectNode accept(Messenger m, Asked asked, Events events)
      throws Failure, InterruptedException {
    if (asked.has("name")) {
      Results.now(m.nameMe(asked.text("name")));
    }
    CompletableFuture<Contact> accepted =
        m.accept(asked.text("invitation"), asked.textOrNull("as"));
    if (!Results.within(accepted, asked.patience())) {
      throw new Failure(
          Exit.TIMED_OUT,
          "whoever invited you has not answered yet",
          "both must be up at the same time once; a link goes on being tried by itself",
          "not_answered_yet");
    }
    return PeopleJson.of(accepted.join());
  }
}
