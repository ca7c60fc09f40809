package org.wayfolk.daemon.people;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.wayfolk.daemon.control.Handler;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.messenger.work.Trouble;

/** The requests about people; each is described in docs/control-socket.md. */
public final class PeopleRequests implements Handler {
  private static final Map<String, Feature> FEATURES =
      Map.ofEntries(
          entry("me", MeetingRequests::me),
          entry("recover", MeetingRequests::recover),
          entry("invite", MeetingRequests::invite),
          entry("accept", MeetingRequests::accept),
          entry("invitations", MeetingRequests::invitations),
          entry("contacts", ContactRequests::contacts),
          entry("contact", ContactRequests::contact),
          entry("send", WritingRequests::send),
          entry("edit", WritingRequests::edit),
          entry("delete", WritingRequests::delete),
          entry("react", WritingRequests::react),
          entry("read", WritingRequests::read),
          entry("cancel", WritingRequests::cancel),
          entry("retry", WritingRequests::retry),
          entry("draft", WritingRequests::draft),
          entry("chats", ReadingRequests::chats),
          entry("history", ReadingRequests::history),
          entry("line", ReadingRequests::line),
          entry("versions", ReadingRequests::versions),
          entry("conversations", ReadingRequests::conversations),
          entry("search", ReadingRequests::search),
          entry("show", ReadingRequests::show),
          entry("truth", ReadingRequests::show),
          entry("listen", Listening::listen),
          entry("lock", KeepingRequests::lock),
          entry("unlock", KeepingRequests::unlock),
          entry("passphrase", KeepingRequests::passphrase),
          entry("backup", KeepingRequests::backup),
          entry("export", KeepingRequests::export));

  /** Those that can be answered without a store; a question never makes one. */
  private static final Set<String> WITHOUT =
      Set.of("people.state", "follow", "settings", "ways", "storage", "download", "wipe");

  private final LocalMessenger local;
  private final Handler follow;
  private final HomeRequests home;

  /**
   * The requests of one home.
   *
   * @param follow what answers {@code follow}
   */
  public PeopleRequests(LocalMessenger local, Handler follow, HomeSeams seams) {
    this.local = local;
    this.home = new HomeRequests(local, seams);
    this.follow = follow;
  }

  @Override
  public ObjectNode handle(String what, ObjectNode request, Events events)
      throws Failure, IOException, InterruptedException {
    Feature feature = FEATURES.get(what);
    try {
      return feature == null
          ? without(what, request, events)
          : feature.answer(local.get(), new Asked(request), events);
    } catch (Trouble t) {
      throw PeopleWords.failure(t);
    }
  }

  private ObjectNode without(String what, ObjectNode request, Events events)
      throws Failure, IOException, InterruptedException {
    return switch (what) {
      case "people.state" -> local.state();
      case "follow" -> follow.handle(what, request, events);
      case "settings" -> home.settings(new Asked(request));
      case "ways" -> home.ways(new Asked(request));
      case "storage" -> home.storage();
      case "download" -> home.download(new Asked(request));
      case "wipe" -> home.wipe(new Asked(request));
      default -> throw Failure.usage("no such request", "see docs/control-socket.md");
    };
  }

  /** Whether a request is one of these. */
  public static boolean knows(String what) {
    return FEATURES.containsKey(what) || WITHOUT.contains(what);
  }
}
