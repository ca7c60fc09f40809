package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.Handler;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Contact;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.messenger.Verifying;
import org.wayfolk.messenger.conversation.Shown;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.wire.Malformed;

/** The requests about people; each is described in docs/control-socket.md. */
public final class PeopleRequests implements Handler {
  /** Longest wait that a request may ask for. */
  private static final long MAX_WAIT_MILLIS = 600_000;

  /** What is stored answers within this, or the disk is in trouble. */
  private static final Duration DISK = Duration.ofSeconds(60);

  /** An invitation lives this long unless it is said otherwise. */
  private static final Duration INVITATION = Duration.ofDays(7);

  private static final long MAX_INVITATION_SECONDS = Duration.ofDays(30).toSeconds();

  /** Length of the lines in one answer, of which the client takes 4 MiB. */
  private static final long MAX_SHOWN = 3 << 20;

  private final LocalMessenger local;

  /** The requests of one home. */
  public PeopleRequests(LocalMessenger local) {
    this.local = local;
  }

  @Override
  public ObjectNode handle(String what, ObjectNode request, Events events)
      throws Failure, IOException, InterruptedException {
    Messenger m = local.get();
    try {
      return switch (what) {
        case "me" -> me(m, request);
        case "invite" -> invite(m, request);
        case "accept" -> accept(m, request);
        case "contacts" -> PeopleJson.contacts(m.contacts());
        case "contact" -> contact(m, request);
        case "send" -> new Sending(m).send(request);
        case "edit", "delete", "react", "read", "cancel", "draft" -> change(m, what, request);
        case "history" -> history(m, request);
        case "conversations" -> shown(m, m.conversations(count(request, 1_000)));
        case "show" -> show(m, request);
        case "search" ->
            shown(
                m,
                m.search(
                    request.path("query").asText(), withOrNull(m, request), count(request, 50)));
        case "listen" -> new Listening(m).listen(request, events);
        default -> keep(m, what, request);
      };
    } catch (Trouble t) {
      throw PeopleWords.failure(t);
    }
  }

  /** Whether a request is one of these. */
  public static boolean knows(String what) {
    return switch (what) {
      case "me", "invite", "accept", "contacts", "contact", "send", "edit", "delete", "react" ->
          true;
      case "read", "cancel", "draft", "history", "conversations", "show", "search", "listen" ->
          true;
      case "backup", "export", "passphrase", "lock", "unlock" -> true;
      default -> false;
    };
  }

  /** Waits for what is only a matter of the disk. */
  static <T extends @Nullable Object> T now(CompletableFuture<T> result)
      throws Failure, InterruptedException {
    if (!within(result, DISK)) {
      throw Failure.failed("the disk does not answer", "see the log");
    }
    return result.join();
  }

  /** Waits; false if it takes longer. */
  static boolean within(CompletableFuture<? extends @Nullable Object> result, Duration limit)
      throws Failure, InterruptedException {
    try {
      result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Trouble t) {
        throw PeopleWords.failure(t);
      }
      throw Failure.failed("that could not be done (" + e.getCause() + ")", "see the log");
    }
  }

  static Duration wait(ObjectNode request) {
    long millis = request.path("timeoutMs").asLong(30_000);
    return Duration.ofMillis(Math.clamp(millis, 1, MAX_WAIT_MILLIS));
  }

  private static ObjectNode me(Messenger m, ObjectNode request)
      throws Failure, InterruptedException {
    if (request.has("name")) {
      return PeopleJson.of(now(m.nameMe(request.path("name").asText())));
    }
    if (request.path("wordsKept").asBoolean()) {
      return PeopleJson.of(now(m.wordsKept()));
    }
    ObjectNode out = PeopleJson.of(now(m.me()));
    if (request.path("words").asBoolean()) {
      ArrayNode words = out.putArray("words");
      now(m.words()).forEach(words::add);
    }
    return out;
  }

  private static ObjectNode invite(Messenger m, ObjectNode request)
      throws Failure, InterruptedException {
    if (request.has("cancel")) {
      now(m.cancel(request.path("cancel").asLong()));
      return Json.object().put("cancelled", request.path("cancel").asLong());
    }
    if (request.hasNonNull("name")) {
      now(m.nameMe(request.path("name").asText()));
    }
    long seconds = request.path("validForS").asLong(INVITATION.toSeconds());
    Duration valid = Duration.ofSeconds(Math.clamp(seconds, 60, MAX_INVITATION_SECONDS));
    return PeopleJson.of(now(m.invite(textOrNull(request, "as"), valid)));
  }

  private static ObjectNode accept(Messenger m, ObjectNode request)
      throws Failure, InterruptedException {
    if (request.hasNonNull("name")) {
      now(m.nameMe(request.path("name").asText()));
    }
    CompletableFuture<Contact> accepted =
        m.accept(request.path("invitation").asText(), textOrNull(request, "as"));
    if (!within(accepted, wait(request))) {
      throw new Failure(
          Exit.TIMED_OUT,
          "whoever invited you has not answered yet",
          "both must be up at the same time once; a link goes on being tried by itself");
    }
    return PeopleJson.of(accepted.join());
  }

  private static ObjectNode contact(Messenger m, ObjectNode request)
      throws Failure, InterruptedException {
    Contact c = m.contact(request.path("who").asText());
    long f = c.friend();
    return switch (request.path("act").asText("look")) {
      case "look" -> PeopleJson.of(c);
      case "rename" -> PeopleJson.of(now(m.rename(f, request.path("name").asText())));
      case "block" -> PeopleJson.of(now(m.block(f, true)));
      case "unblock" -> PeopleJson.of(now(m.block(f, false)));
      case "remove" -> {
        now(m.remove(f));
        yield Json.object().put("removed", c.name());
      }
      case "words" -> {
        Verifying v = m.verifying(f);
        ObjectNode out = PeopleJson.of(c);
        ArrayNode words = out.putArray("words");
        v.words().forEach(words::add);
        yield out.put("qr", v.qr());
      }
      case "verified" -> PeopleJson.of(now(m.verified(f, request.path("same").asBoolean(true))));
      case "scanned" -> PeopleJson.of(now(m.scanned(f, request.path("qr").asText())));
      default -> throw Failure.usage("no such act", "see docs/control-socket.md");
    };
  }

  private static ObjectNode change(Messenger m, String what, ObjectNode request)
      throws Failure, InterruptedException {
    if (what.equals("draft")) {
      long friend = with(m, request);
      if (request.has("text")) {
        now(m.draft(friend, request.path("text").asText()));
      }
      return Json.object().put("text", m.draft(friend));
    }
    if (what.equals("read") && request.has("tell")) {
      now(m.tellRead(request.path("tell").asBoolean()));
      return Json.object().put("tell", request.path("tell").asBoolean());
    }
    EventId id = m.message(request.path("message").asText()).id();
    switch (what) {
      case "edit" -> now(m.edit(id, request.path("text").asText()));
      case "delete" -> now(m.delete(id, request.path("forAll").asBoolean()));
      case "react" ->
          now(m.react(id, request.path("emoji").asText(), request.path("on").asBoolean(true)));
      case "read" -> now(m.read(with(m, request), id));
      default -> now(m.cancel(id));
    }
    return Json.object().put("message", id.toString());
  }

  private static ObjectNode history(Messenger m, ObjectNode request) throws Failure {
    EventId before = null;
    if (request.hasNonNull("before")) {
      before = id(request.path("before").asText());
    }
    long friend = with(m, request);
    return shown(m, m.history(friend, before, count(request, 50)));
  }

  private static ObjectNode show(Messenger m, ObjectNode request) {
    Shown s = m.message(request.path("message").asText());
    ObjectNode out = PeopleJson.of(s, names(m)::get);
    out.put("receivedAt", PeopleJson.time(s.receivedAt()));
    if (s.mine()) {
      out.setAll(PeopleJson.truth(m.sent(s.id())));
    }
    return out;
  }

  /** Of long texts fewer than were asked for: the newest, so that the answer is not too long. */
  static ObjectNode shown(Messenger m, List<Shown> lines) {
    Map<Long, String> names = names(m);
    int from = lines.size();
    long length = 0;
    while (from > 0 && (length += 400 + 3L * lines.get(from - 1).text().length()) < MAX_SHOWN) {
      from--;
    }
    ObjectNode out = Json.object();
    ArrayNode list = out.putArray("messages");
    lines
        .subList(from, lines.size())
        .forEach(s -> list.add(PeopleJson.of(s, n -> names.getOrDefault(n, "friend-" + n))));
    return out;
  }

  static Map<Long, String> names(Messenger m) {
    return m.contacts().stream().collect(Collectors.toMap(Contact::friend, Contact::name));
  }

  private ObjectNode keep(Messenger m, String what, ObjectNode request)
      throws Failure, IOException {
    switch (what) {
      case "lock" -> m.lock();
      case "unlock" -> m.unlock(secret(request, "passphrase"));
      case "passphrase" -> m.passphrase(secretOrNull(request, "old"), secretOrNull(request, "new"));
      case "backup" -> m.backup(file(request), secret(request, "passphrase"));
      case "export" -> OpenExport.write(m, file(request));
      default -> throw Failure.usage("no such request", "see docs/control-socket.md");
    }
    return Json.object().put("state", m.lockState().name().toLowerCase(java.util.Locale.ROOT));
  }

  private static Path file(ObjectNode request) throws Failure {
    Path file = Path.of(request.path("file").asText());
    if (!file.isAbsolute()) {
      throw Failure.usage("the file must be named from the root", "see docs/control-socket.md");
    }
    if (Files.exists(file)) {
      throw Failure.usage(
          file + " is there already", "choose another name: nothing is overwritten");
    }
    return file;
  }

  private static byte[] secret(ObjectNode request, String key) throws Failure {
    byte[] s = secretOrNull(request, key);
    if (s == null || s.length == 0) {
      throw Failure.usage("a passphrase is needed", "type it, or give it on standard input");
    }
    return s;
  }

  private static byte @Nullable [] secretOrNull(ObjectNode request, String key) throws Failure {
    if (!request.hasNonNull(key)) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(request.path(key).asText());
    } catch (IllegalArgumentException e) {
      throw Failure.usage("the passphrase is no base64", "see docs/control-socket.md");
    }
  }

  static long with(Messenger m, ObjectNode request) {
    String who = request.path("who").asText();
    return who.equals("me") ? 0 : m.contact(who).friend();
  }

  private static @Nullable Long withOrNull(Messenger m, ObjectNode request) {
    return request.hasNonNull("who") ? with(m, request) : null;
  }

  private static int count(ObjectNode request, int otherwise) {
    return Math.clamp(request.path("count").asInt(otherwise), 1, 1_000);
  }

  private static @Nullable String textOrNull(ObjectNode request, String key) {
    return request.hasNonNull(key) ? request.path(key).asText() : null;
  }

  static EventId id(String hex) throws Failure {
    try {
      return EventId.parse(hex);
    } catch (Malformed e) {
      throw Failure.usage("'" + hex + "' is no message", "see `wayfolk history WHO --json`");
    }
  }
}
