package org.wayfolk.bench.people;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.conversation.Accepted;
import org.wayfolk.messenger.conversation.Conversations;
import org.wayfolk.messenger.event.Author;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.ConversationName;
import org.wayfolk.messenger.event.Event;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Hash32;
import org.wayfolk.messenger.event.ListMark;
import org.wayfolk.messenger.event.Part;
import org.wayfolk.messenger.event.Stamp;
import org.wayfolk.messenger.meeting.Meetings;
import org.wayfolk.messenger.outbox.Outbox;
import org.wayfolk.messenger.people.Addition;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.DevicesUpdate;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceClaim;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.Phrase;
import org.wayfolk.messenger.person.RootKey;
import org.wayfolk.messenger.session.Above;
import org.wayfolk.messenger.session.Control;
import org.wayfolk.messenger.session.Held;
import org.wayfolk.messenger.session.Sessions;
import org.wayfolk.messenger.setting.Settings;
import org.wayfolk.messenger.work.Engine;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.DiskWatch;
import org.wayfolk.store.Durability;
import org.wayfolk.store.SearchIndex;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Store;
import org.wayfolk.store.StorePlan;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.ThreadedHost;

/**
 * Fills the store of a home as if very many friends had written, through the same code that takes
 * their messages:
 *
 * <pre>
 *   ./wayfolk --home HOME up --network local:crowd    once, then down: makes the seed
 *   java --enable-native-access=ALL-UNNAMED -cp 'bench/target/app/*' \
 *       org.wayfolk.bench.people.CrowdedHome HOME [FRIENDS] [MESSAGES]
 * </pre>
 *
 * Half of the messages are the first friend's, so that one conversation is long; the rest is spread
 * over all. Texts are of ten words. Nothing is synced: a crash leaves a home to be thrown away.
 */
final class CrowdedHome {
  private static final int BATCH = 500;
  private static final long BEGIN = 1_735_689_600_000L;
  private static final String[] WORDS =
      ("the of and to in is was for on that by this with you it not or be are from at as your all"
              + " have new more an we will home can us about if page my has search free but our one"
              + " other do no information time they site he up may what which their news out use"
              + " any there see only so his when contact here business who web also now help get")
          .split(" ");

  private final SplittableRandom random = new SplittableRandom(7);
  private final People people;
  private final Conversations conversations;
  private final Engine engine;
  private final List<Writer> writers = new ArrayList<>();

  private static final class Writer {
    final Device device;
    final ListMark list;
    final Hash32 card;
    final Hash32 conversation;
    long sequence;

    Writer(Device device, ListMark list, Hash32 card, Hash32 conversation) {
      this.device = device;
      this.list = list;
      this.card = card;
      this.conversation = conversation;
    }
  }

  /** Nothing is sent from here. */
  private static final class Nobody implements Above {
    @Override
    public void send(Turn t, Device to, Control kind, byte[] payload) {
      throw new IllegalStateException("nothing is sent");
    }

    @Override
    public void withdraw(Turn t, Device to, Control kind) {
      throw new IllegalStateException("nothing is sent");
    }

    @Override
    public void ready(Turn t, Device device, @Nullable Held theirs, boolean renewed) {
      throw new IllegalStateException("no session is made");
    }

    @Override
    public Held held(Turn t, Device device) {
      return Held.NOTHING;
    }

    @Override
    public void devices(Turn t, DevicesUpdate.Updated update) {
      throw new IllegalStateException("nobody has another device");
    }
  }

  private CrowdedHome(Store store, SearchIndex search, Host host, Identity identity) {
    people = new People(identity);
    Sessions sessions = new Sessions(people, identity.crypto(), new Nobody());
    Outbox outbox =
        new Outbox(
            people,
            sessions,
            (to, payload, done) -> {},
            (turn, device, held, margin, also, each) -> false);
    conversations = new Conversations(people, outbox, search);
    engine = new Engine(host, store, news -> {});
  }

  /** Entry point. */
  public static void main(String[] args) throws IOException {
    Path home = Path.of(args[0]);
    int friends = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    int messages = args.length > 2 ? Integer.parseInt(args[2]) : 1_000_000;
    SearchIndex search = new SearchIndex();
    List<Shelf> shelves =
        List.of(
            People.tables(),
            Sessions.tables(),
            Outbox.tables(),
            search,
            Conversations.tables(search),
            Meetings.shelf(),
            Settings.tables());
    StorePlan plan =
        new StorePlan(
            home.resolve("wayfolk.db"),
            shelves,
            new SecureRandom(),
            DiskWatch.NONE,
            Durability.OFF);
    try (Store store = Store.open(plan);
        Identity identity = Identity.load(home.resolve("seed"))) {
      CrowdedHome crowd = new CrowdedHome(store, search, ThreadedHost.ofThisMachine(), identity);
      crowd.fill(friends, messages);
      crowd.engine.close();
    }
  }

  private void fill(int friends, int messages) {
    long began = System.nanoTime();
    for (int i = 0; i < friends; i += BATCH) {
      int from = i;
      int to = Math.min(friends, i + BATCH);
      engine
          .submit(t -> {
            for (int n = from; n < to; n++) {
              writers.add(meet(t, n));
            }
            return true;
          })
          .join();
    }
    engine
        .submit(t -> {
          conversations.tidy(t);
          return true;
        })
        .join();
    System.out.printf("%d friends in %.1f s%n", friends, (System.nanoTime() - began) / 1e9);
    for (int i = 0; i < messages; i += BATCH) {
      int count = Math.min(messages - i, BATCH);
      engine
          .submit(t -> {
            for (int n = 0; n < count; n++) {
              write(t, writers.get(random.nextBoolean() ? 0 : random.nextInt(writers.size())));
            }
            return true;
          })
          .join();
      if (i % 100_000 == 0) {
        System.out.printf("%d messages in %.1f s%n", i, (System.nanoTime() - began) / 1e9);
      }
    }
  }

  private byte[] seed(int number, int what) {
    return ByteBuffer.allocate(32)
        .putInt(number + 1)
        .putInt(what)
        .putLong(random.nextLong())
        .array();
  }

  private Writer meet(Turn t, int number) {
    try (Phrase phrase = Phrase.of(seed(number, 1));
        RootKey root = phrase.root(0);
        DeviceKeys keys = DeviceKeys.ofSeed(seed(number, 2));
        Identity node = Identity.ofSeed(seed(number, 3))) {
      DeviceClaim claim = DeviceClaim.make(phrase.claim().card(), keys, node);
      DeviceCertificate certificate =
          DeviceCertificate.issue(
              root,
              phrase.claim().card(),
              1,
              claim,
              t.now(),
              t.now() + DeviceCertificate.MAX_LIFE_MILLIS);
      DeviceList list =
          DeviceList.issue(root, phrase.claim().card(), t.now(), List.of(certificate), Set.of());
      Addition added = people.add(t, phrase.claim(), list, "Friend " + number);
      if (!(added instanceof Addition.Added a)) {
        throw new IllegalStateException("not added: " + added);
      }
      Hash32 card = Hash32.of(phrase.claim().card().bytes());
      Hash32 mine = Hash32.of(people.me(t).card().bytes());
      return new Writer(
          new Device(a.friend().number(), certificate),
          new ListMark(list.sequence(), Hash32.of(list.hash())),
          card,
          ConversationName.ofTwo(mine, card));
    }
  }

  private void write(Turn t, Writer w) {
    w.sequence++;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    Event event =
        new Event(
            EventId.draw(random),
            w.conversation,
            new Author(w.card, 1),
            new Stamp(w.sequence, w.sequence, BEGIN + 60_000 * w.sequence),
            w.list,
            List.of(),
            new Body.Text(Part.WHOLE, null, text.toString().strip()));
    Accepted accepted = conversations.accept(t, w.device, event.encode());
    if (!(accepted instanceof Accepted.Taken)) {
      throw new IllegalStateException("not taken: " + accepted);
    }
  }
}
