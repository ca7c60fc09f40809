package org.wayfolk.messenger;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Handled.Verdict;
import org.wayfolk.delivery.Message;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.conversation.Accepted;
import org.wayfolk.messenger.conversation.Conversations;
import org.wayfolk.messenger.conversation.Note;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.meeting.Meetings;
import org.wayfolk.messenger.meeting.Met;
import org.wayfolk.messenger.outbox.Outbox;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.DevicesUpdate;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.people.PeopleNews;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.session.Above;
import org.wayfolk.messenger.session.Control;
import org.wayfolk.messenger.session.Held;
import org.wayfolk.messenger.session.Opened;
import org.wayfolk.messenger.session.Sessions;
import org.wayfolk.messenger.setting.Settings;
import org.wayfolk.messenger.work.Engine;
import org.wayfolk.messenger.work.News;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.node.Node;
import org.wayfolk.store.SearchIndex;
import org.wayfolk.store.Shelf;
import org.wayfolk.transport.Host;
import org.wayfolk.wire.Malformed;

/**
 * The rooms of one messenger, and who tells whom what. Decides nothing. On the engine's thread but
 * where said.
 */
final class Rooms implements Above {
  /** First byte of what belongs to a meeting; all else is a session's. */
  private static final int MEETING = 1;

  /** How often our own certificate is looked after: it is renewed a month before its end. */
  private static final Duration RENEW = Duration.ofDays(1);

  /** How often what nobody asks for any more is forgotten. */
  private static final Duration TIDY = Duration.ofDays(1);

  final Post post;
  private final SearchIndex search = new SearchIndex();
  private final AtomicReference<Engine> engine = new AtomicReference<>();
  final People people;
  final Sessions sessions;
  final Outbox outbox;
  final Conversations conversations;
  final Meetings meetings;
  final Settings settings = new Settings();
  private volatile Set<NodeId> inviters = Set.of();
  private boolean started;

  Rooms(Node node, Identity identity, Host host) {
    post = new Post(node, host, this);
    people = new People(identity);
    sessions = new Sessions(people, identity.crypto(), this);
    outbox = new Outbox(people, sessions, this::carry, this::above);
    conversations = new Conversations(people, outbox, search);
    meetings = new Meetings(people, sessions, post);
  }

  /** All tables, each room's behind those that it refers to. */
  static List<Shelf> tables(SearchIndex search) {
    return List.of(
        People.tables(),
        Sessions.tables(),
        Outbox.tables(),
        search,
        Conversations.tables(search),
        Meetings.shelf(),
        Settings.tables());
  }

  /** The tables of these rooms. */
  List<Shelf> shelves() {
    return tables(search);
  }

  /** Once, before anything else happens. */
  void engine(Engine value) {
    engine.set(value);
  }

  /** Any thread. */
  Engine engine() {
    Engine e = engine.get();
    if (e == null) {
      throw new IllegalStateException("the rooms have no engine yet");
    }
    return e;
  }

  /** Goes on with what was under way, at the start and after each unlocking. */
  void start(Turn t) {
    if (!started) {
      started = true;
      me(t);
      sessions.start(t);
      meetings.start(t);
      tidy(t);
    }
    outbox.start(t);
    t.after(this::watch);
  }

  /**
   * Goes on after an unlocking, and shows friends that we are here: what was refused as locked
   * waits with them, and nothing else would tell them.
   */
  void unlocked(Turn t) {
    start(t);
    tellAll(t, new Body.Devices(people.me(t).devices().encode()));
  }

  /** Makes us at the first start; later it is there that certificates renew themselves. */
  private void me(Turn t) {
    people.me(t);
    t.later(RENEW, this::me);
  }

  private void tidy(Turn t) {
    conversations.tidy(t);
    t.later(TIDY, this::tidy);
  }

  // What comes from the overlay.

  /** Takes a payload; what it throws undoes it, and its sender tries again. */
  Verdict arrived(Turn t, Message m) {
    byte[] payload = m.payload();
    if (payload.length > 0 && payload[0] == MEETING) {
      return meetings.arrived(t, m.from(), payload);
    }
    return switch (sessions.open(t, m.from(), payload)) {
      case Opened.Content(Device device, byte[] bytes) -> {
        content(t, device, bytes);
        yield Verdict.ACCEPTED;
      }
      case Opened.Done(Device device) -> {
        outbox.heard(t, device);
        yield Verdict.ACCEPTED;
      }
      case Opened.Duplicate() -> Verdict.ACCEPTED;
      case Opened.Stranger() -> Verdict.SILENT;
      case Opened.Unreadable() -> Verdict.REFUSED;
    };
  }

  private void content(Turn t, Device device, byte[] bytes) {
    Accepted accepted = conversations.accept(t, device, bytes);
    outbox.heard(t, device);
    if (accepted instanceof Accepted.Taken taken) {
      switch (taken.event().body()) {
        case Body.Devices(byte[] list) -> list(t, device, list);
        case Body.Name(String name) -> conversations.note(t, device.friend(), Note.RENAMED);
        default -> {}
      }
    }
  }

  private void list(Turn t, Device device, byte[] bytes) {
    DeviceList list;
    try {
      list = DeviceList.decode(bytes);
    } catch (Malformed e) {
      return; // a friend's own loss: the next message of a session brings the list again
    }
    if (people.updateDevices(t, device.friend(), list) instanceof DevicesUpdate.Updated update) {
      devices(t, update);
    }
  }

  /** A sign of life. Any thread. */
  void seen(NodeId node) {
    engine()
        .run(t -> {
          outbox.seen(t, node);
          meetings.seen(t, node);
        });
  }

  private void carry(NodeId to, byte[] payload, BiConsumer<Turn, Outcome> done) {
    post.carry(to, payload, outcome -> engine().run(t -> done.accept(t, outcome)));
  }

  /** The inviters to watch have changed. */
  void inviters(Set<NodeId> now) {
    inviters = now;
    watch();
  }

  private void watch() {
    Set<NodeId> all = new HashSet<>(inviters);
    for (Friend friend : engine().read(people::friends)) {
      if (!friend.blocked()) {
        friend.devices().devices().forEach(d -> all.add(d.node()));
      }
    }
    // The rest is tried when a pause ends, and not at the first sign of life.
    post.watchAll(all.stream().limit(Node.MAX_WATCHED).collect(Collectors.toSet()));
  }

  // What sessions ask of the rooms above them.

  @Override
  public void send(Turn t, Device to, Control kind, byte[] payload) {
    outbox.control(t, to, kind, payload);
  }

  @Override
  public void withdraw(Turn t, Device to, Control kind) {
    outbox.withdraw(t, to, kind);
  }

  @Override
  public void ready(Turn t, Device device, @Nullable Held theirs, boolean renewed) {
    outbox.ready(t, device, theirs, renewed);
    if (renewed) {
      conversations.note(t, device.friend(), Note.SESSION_RENEWED);
    }
  }

  @Override
  public Held held(Turn t, Device device) {
    return conversations.held(t, device);
  }

  @Override
  public void devices(Turn t, DevicesUpdate.Updated update) {
    outbox.devices(t, update);
    if (!update.added().isEmpty()) {
      conversations.note(t, update.friend().number(), Note.NEW_DEVICE);
    }
    if (!update.gone().isEmpty()) {
      conversations.note(t, update.friend().number(), Note.DEVICE_REVOKED);
    }
  }

  private boolean above(
      Turn t,
      Device device,
      Held held,
      int margin,
      Collection<EventId> also,
      BiConsumer<EventId, byte[]> each) {
    return conversations.above(t, device, held, margin, also, each);
  }

  // What has become true.

  /** What other rooms have to keep with what has become true, in the same transaction. */
  void follow(Turn t, News news) {
    switch (news) {
      case Met met -> conversations.note(t, met.friend(), Note.MET);
      case PeopleNews.Fork fork -> conversations.note(t, fork.friend().number(), Note.DEVICE_FORK);
      case PeopleNews.OwnDevices own -> tellDevices(t, new Body.Devices(own.devices().encode()));
      default -> {}
    }
  }

  private void tellDevices(Turn t, Body.Devices body) {
    for (Friend friend : people.friends(t)) {
      try {
        if (!friend.blocked()) {
          conversations.say(t, friend.number(), body);
        }
      } catch (Trouble e) {
        // Too much waits for that friend: they get the list with the next session. It must not keep
        // us from having it.
      }
    }
  }

  /** What other rooms have to do once it is on disk. */
  void react(News news) {
    switch (news) {
      case PeopleNews.Added added -> watch();
      case PeopleNews.Changed changed -> watch();
      case PeopleNews.Removed removed -> watch();
      default -> {}
    }
  }

  /** Says something to every friend. */
  void tellAll(Turn t, Body body) {
    for (Friend friend : people.friends(t)) {
      if (!friend.blocked()) {
        conversations.say(t, friend.number(), body);
      }
    }
  }
}
