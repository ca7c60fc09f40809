package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Contact;
import org.wayfolk.messenger.Look;
import org.wayfolk.messenger.Myself;
import org.wayfolk.messenger.Sent;
import org.wayfolk.messenger.conversation.State;
import org.wayfolk.messenger.meeting.Invited;
import org.wayfolk.messenger.meeting.Waiting;
import org.wayfolk.messenger.outbox.Delivery;
import org.wayfolk.messenger.outbox.Stage;

/** The forms of docs/control-socket.md and of {@code --json} for what the messenger says. */
public final class PeopleJson {
  private PeopleJson() {}

  /** The privacy switch that the messenger itself keeps, among the settings. */
  static final String TELL_READ = "tellRead";

  /** What is set: {@code {"settings":{...}}}. */
  public static ObjectNode settings(Look look) {
    ObjectNode out = Json.object();
    ObjectNode settings = out.putObject("settings");
    look.settings().forEach((name, value) -> settings.set(name, Json.value(value)));
    settings.put(TELL_READ, look.tellsRead());
    return out;
  }

  static ObjectNode of(Waiting w) {
    ObjectNode out =
        Json.object()
            .put("invitation", w.id())
            .put("state", "waiting")
            .put("link", w.link())
            .put("expires", time(w.expires()));
    if (w.code() != null) {
      out.put("code", w.code())
          .put("codeExpires", time(w.codeExpires()))
          .put("codeTries", w.codeTries());
    }
    return w.as() == null ? out : out.put("as", w.as());
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  static ObjectNode of(Myself me) {
    return Json.object()
        .put("name", me.name())
        .put("card", me.card())
        .put("id", me.node().hex())
        .put("device", me.device())
        .put("certifiedUntil", time(me.certifiedUntil()))
        .put("wordsKept", me.wordsKept());
  }

  static ObjectNode of(Invited i) {
    return Json.object()
        .put("link", i.link())
        .put("expires", time(i.expires()))
        .put("code", i.code())
        .put("codeExpires", time(i.codeExpires()))
        .put("invitation", i.id());
  }

  /** A friend. */
  public static ObjectNode of(Contact c) {
    return Json.object()
        .put("name", c.name())
        .put("verified", c.verified())
        .put("blocked", c.blocked())
        .put("card", c.card())
        .put("since", time(c.since()))
        .put("devices", c.devices())
        .put("unread", c.unread())
        .put("muted", c.choices().muted())
        .put("pinned", c.choices().pinned())
        .put("archived", c.choices().archived());
  }

  static ObjectNode contacts(Collection<Contact> all) {
    ObjectNode out = Json.object();
    ArrayNode list = out.putArray("contacts");
    all.forEach(c -> list.add(of(c)));
    return out;
  }

  /** The whole truth about a message of ours. */
  public static ObjectNode truth(Sent s) {
    ObjectNode out =
        Json.object().put("message", s.message().toString()).put("state", s.state().key());
    if (s.readAt() != 0) {
      out.put("readAt", time(s.readAt()));
    }
    ArrayNode list = out.putArray("deliveries");
    s.deliveries().forEach(d -> list.add(of(d)));
    return out;
  }

  private static ObjectNode of(Delivery d) {
    ObjectNode out =
        Json.object()
            .put("device", d.device())
            .put("state", d.stage().name().toLowerCase(java.util.Locale.ROOT))
            .put("tries", d.tries())
            .put("queuedAt", time(d.queuedAt()));
    if (d.stage() == Stage.QUEUED || d.stage() == Stage.FAILED) {
      out.put("reason", d.why().key())
          .put("why", PeopleWords.why(d.why()))
          .put("do", PeopleWords.remedy(d.why()));
    }
    Map<String, Long> times =
        Map.of("sentAt", d.sentAt(), "deliveredAt", d.deliveredAt(), "nextTryAt", d.nextTryAt());
    times.entrySet().stream()
        .filter(e -> e.getValue() != 0)
        .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
        .forEach(e -> out.put(e.getKey(), time(e.getValue())));
    if (d.stage() == Stage.DELIVERED) {
      out.put("hops", d.hops()).put("ms", d.roundTripMillis());
    }
    return out;
  }

  /** What {@code send} answers: as {@code node send}, with "queued" for what is kept. */
  static ObjectNode outcome(Sent s, double millis) {
    ObjectNode out = Json.object();
    Delivery best =
        s.deliveries().stream()
            .max(Comparator.comparing((Delivery d) -> d.stage() == Stage.DELIVERED))
            .orElse(null);
    boolean arrived = s.state() == State.DELIVERED || s.state() == State.READ;
    if (arrived || s.deliveries().isEmpty()) {
      out.put("outcome", "delivered").put("ms", Json.round(millis));
      out.put("hops", best == null ? 0 : best.hops()).put("tries", best == null ? 1 : best.tries());
    } else {
      out.put("outcome", s.state() == State.FAILED ? "undelivered" : "queued");
      out.put("reason", best == null ? "no_answer" : reason(best));
      out.put("ms", Json.round(millis)).put("tries", best == null ? 0 : best.tries());
      out.put("do", best == null ? "" : PeopleWords.remedy(best.why()));
    }
    return out.put("message", s.message().toString());
  }

  /** What left and was not answered yet waits for an answer. */
  private static String reason(Delivery d) {
    return d.stage() == Stage.SENT ? "no_answer" : d.why().key();
  }
}
