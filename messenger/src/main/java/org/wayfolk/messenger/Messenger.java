package org.wayfolk.messenger;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Message;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.conversation.Brief;
import org.wayfolk.messenger.conversation.Shown;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.keep.Backup;
import org.wayfolk.messenger.keep.Export;
import org.wayfolk.messenger.meeting.Invited;
import org.wayfolk.messenger.meeting.Waiting;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.people.Me;
import org.wayfolk.messenger.person.Phrase;
import org.wayfolk.messenger.person.Verification;
import org.wayfolk.messenger.setting.SettingsChanged;
import org.wayfolk.messenger.words.Mnemonic;
import org.wayfolk.messenger.work.Engine;
import org.wayfolk.messenger.work.News;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.node.Node;
import org.wayfolk.store.DiskWatch;
import org.wayfolk.store.Durability;
import org.wayfolk.store.SearchIndex;
import org.wayfolk.store.Store;
import org.wayfolk.store.StorePlan;
import org.wayfolk.store.WrongPassphrase;
import org.wayfolk.transport.Host;

/**
 * Conversations between people, on one node and one store.
 *
 * <p>Thread-safe. Commands answer with a future that completes once what they did is on disk; it
 * fails with {@link Trouble} for what a person can do something about. Questions read a snapshot on
 * the caller's thread and may block on the disk; they throw {@code Trouble} too. While the store is
 * locked everything but {@link #unlock} says LOCKED.
 */
public final class Messenger implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Messenger.class);

  /** Longest text, in bytes of UTF-8. */
  public static final int MAX_TEXT = 64 * 1024;

  private final Rooms rooms;
  private final Store store;
  private final Engine engine;
  private final Host host;
  private final List<Consumer<News>> listeners = new CopyOnWriteArrayList<>();

  private Messenger(Rooms rooms, Store store, Host host) {
    this.rooms = rooms;
    this.store = store;
    this.host = host;
    this.engine = new Engine(host, store, rooms::follow, this::tell);
  }

  /**
   * Opens the store at a file, or makes it, and begins to send and to take messages.
   *
   * @param identity of the node; not closed
   * @param host the host of the node's transport
   * @throws IOException if the store cannot be opened, with words that say what to do
   */
  public static Messenger start(Node node, Identity identity, Host host, Path file)
      throws IOException {
    return start(node, identity, host, new Disk(file, DiskWatch.NONE, Durability.FULL));
  }

  /**
   * Where the store lies and how it is written; other than usual only in simulations of disks.
   *
   * @param watch is told of commits and checkpoints
   * @param durability what a commit waits for; {@link Durability#FULL} but for a canary
   */
  public record Disk(Path file, DiskWatch watch, Durability durability) {}

  /** {@link #start(Node, Identity, Host, Path)} on a disk that is watched. */
  public static Messenger start(Node node, Identity identity, Host host, Disk disk)
      throws IOException {
    Rooms rooms = new Rooms(node, identity, host);
    Store store =
        Store.open(
            new StorePlan(
                disk.file(), rooms.shelves(), host.random(), disk.watch(), disk.durability()));
    Messenger messenger = new Messenger(rooms, store, host);
    rooms.engine(messenger.engine);
    messenger.engine.run(rooms::start);
    return messenger;
  }

  /** On the engine's thread, after the commit. */
  private void tell(News news) {
    rooms.react(news);
    listeners.forEach(l -> l.accept(news));
  }

  /**
   * Takes what came for {@link org.wayfolk.delivery.Applications#MESSENGER}; whoever holds the node
   * hands it over in the order of coming. The verdict comes once what is accepted is on disk.
   */
  public CompletionStage<Handled.Verdict> take(Message message) {
    if (store.state() == Store.State.LOCKED) {
      return CompletableFuture.completedFuture(Handled.Verdict.LOCKED);
    }
    return engine.submit(t -> rooms.arrived(t, message)).exceptionally(Messenger::refusal);
  }

  private static Handled.Verdict refusal(Throwable why) {
    Throwable cause =
        why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
    if (cause instanceof Trouble t) {
      return switch (t.reason()) {
        case LOCKED -> Handled.Verdict.LOCKED;
        case CLOSED -> Handled.Verdict.NO_HANDLER;
        default -> Handled.Verdict.FAILED;
      };
    }
    return Handled.Verdict.FAILED;
  }

  // Myself.

  /** Who we are; made at the first call. */
  public CompletableFuture<Myself> me() {
    return engine.submit(this::myself);
  }

  /** Chooses what friends are told, and tells them. */
  public CompletableFuture<Myself> nameMe(String name) {
    return engine.submit(t -> {
      String before = rooms.people.me(t).name();
      String now = rooms.people.callMe(t, name);
      if (!now.equals(before)) {
        rooms.tellAll(t, new Body.Name(now));
      }
      return myself(t);
    });
  }

  /** The 24 recovery words; NOT_POSSIBLE once its user has said that they are written down. */
  public CompletableFuture<List<String>> words() {
    return engine.submit(t ->
        rooms
            .people
            .words(t)
            .orElseThrow(() ->
                new Trouble(
                    Trouble.Reason.NOT_POSSIBLE,
                    "the recovery words are on paper, and only there")));
  }

  /** Forgets the recovery words here: they are on paper. */
  public CompletableFuture<Myself> wordsKept() {
    return engine.submit(t -> {
      rooms.people.wordsWritten(t);
      return myself(t);
    });
  }

  /**
   * Makes this home a device of the person of those recovery words, in place of who we were.
   * Friends are not in the words: whoever meets us again by an invitation knows us by the same
   * card.
   *
   * @param words as typed; MALFORMED if they are not 24 right ones
   * @param name what friends are told
   * @throws Trouble (in the future) NOT_POSSIBLE, if this home has friends already
   */
  public CompletableFuture<Myself> recover(String words, String name) {
    return engine.submit(t -> {
      Mnemonic.Reading reading = Mnemonic.read(words, Mnemonic.LONG_WORDS);
      if (!(reading instanceof Mnemonic.Reading.Bytes right)) {
        String problem = reading.problem().orElseThrow().replaceFirst("\\.$", "");
        throw new Trouble(Trouble.Reason.MALFORMED, problem);
      }
      rooms.people.recover(t, Phrase.of(right.bytes()), name);
      return myself(t);
    });
  }

  // Meeting.

  /**
   * Makes an invitation: a link, and a spoken code that lives ten minutes.
   *
   * @param as what we will call who accepts it; null takes what they call themselves
   */
  public CompletableFuture<Invited> invite(@Nullable String as, Duration validFor) {
    rooms.post.lookAround();
    return engine.submit(t -> rooms.meetings.invite(t, as, validFor));
  }

  /** Invitations of ours that nobody has used yet, the oldest first. */
  public CompletableFuture<List<Waiting>> invitations() {
    rooms.post.lookAround();
    return engine.submit(rooms.meetings::waiting);
  }

  /** Takes an invitation back. */
  public CompletableFuture<@Nullable Void> cancel(long invitation) {
    return run(t -> rooms.meetings.cancel(t, invitation));
  }

  /**
   * Accepts a link or a spoken code, joining the network through it where needed. Completes when
   * both sides have confirmed, or fails with what is wrong: MALFORMED, OTHER_NETWORK, EXPIRED,
   * USED, CANCELLED, OWN, ALREADY_FRIENDS, WRONG_CODE, TOO_MANY_TRIES, NOT_REACHED,
   * NOT_THE_INVITER. A link goes on being tried until it expires, also across restarts, even if the
   * caller stops waiting.
   *
   * @param as what we will call them; null takes what they call themselves
   */
  public CompletableFuture<Contact> accept(String linkOrCode, @Nullable String as) {
    CompletableFuture<Contact> result = new CompletableFuture<>();
    var _ =
        engine
            .submit(t -> {
              var met = rooms.meetings.accept(t, linkOrCode, as);
              var then = met.whenComplete((friend, why) -> end(result, why, () -> contact(friend)));
              return !then.isCancelled();
            })
            .whenComplete((asked, why) -> {
              if (why != null) {
                result.completeExceptionally(why);
              }
            });
    return result;
  }

  private static <T> void end(
      CompletableFuture<T> result, @Nullable Throwable why, Supplier<T> value) {
    if (why != null) {
      result.completeExceptionally(why);
      return;
    }
    try {
      result.complete(value.get());
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  // Friends.

  /** All friends, by name. */
  public List<Contact> contacts() {
    return look(Look::contacts);
  }

  /**
   * The friend of that name, card or NodeId.
   *
   * @throws Trouble UNKNOWN, AMBIGUOUS
   */
  public Contact contact(String who) {
    return look(l -> l.contact(l.find(who)));
  }

  /** Calls a friend otherwise; only we see it. */
  public CompletableFuture<Contact> rename(long friend, String name) {
    return engine.submit(t -> contact(t, rooms.people.rename(t, friend, name)));
  }

  /** Meets what they send with silence, or no longer. */
  public CompletableFuture<Contact> block(long friend, boolean blocked) {
    return engine.submit(t -> {
      if (!blocked) {
        return contact(t, rooms.people.unblock(t, friend));
      }
      rooms.outbox.gone(t, friend);
      return contact(t, rooms.people.block(t, friend));
    });
  }

  /** Forgets a friend and the conversation. */
  public CompletableFuture<@Nullable Void> remove(long friend) {
    return run(t -> {
      rooms.outbox.forget(t, friend);
      rooms.sessions.forget(t, friend);
      rooms.conversations.forget(t, friend);
      rooms.people.remove(t, friend);
    });
  }

  /** What to compare with a friend. */
  public Verifying verifying(long friend) {
    return engine.read((tx, vault) -> {
      Me me = rooms.people.me(tx, vault).orElseThrow(() -> unknown(friend));
      Friend f = rooms.people.friend(tx, vault, friend).orElseThrow(() -> unknown(friend));
      return new Verifying(
          Verification.words(me.claim(), f.claim()), Verification.qr(me.card(), f.card()));
    });
  }

  /** Says that it was compared and is the same, or takes that back. */
  public CompletableFuture<Contact> verified(long friend, boolean same) {
    return engine.submit(t -> contact(t, rooms.people.verified(t, friend, same, t.now())));
  }

  /**
   * Compares what was scanned from the friend's screen, and marks them verified if it is theirs.
   * Fails with MALFORMED, or NOT_THE_INVITER if it is another person's.
   */
  public CompletableFuture<Contact> scanned(long friend, String qr) {
    return engine.submit(t -> {
      Friend f = rooms.people.friend(t, friend).orElseThrow(() -> unknown(friend));
      return switch (Verification.check(qr, rooms.people.me(t).card(), f.card())) {
        case SAME -> contact(t, rooms.people.verified(t, friend, true, t.now()));
        case OTHER_PERSON -> throw new Trouble(Trouble.Reason.NOT_THE_INVITER);
        default ->
            throw new Trouble(Trouble.Reason.MALFORMED, "that is no code of a friend's screen");
      };
    });
  }

  // Conversations. Friend 0 is oneself: notes.

  /**
   * Writes to a friend. Completes once it is stored here; see {@link #sent} and the news {@code
   * Progress} for what becomes of it.
   *
   * @param text at most {@link #MAX_TEXT} bytes of UTF-8, not blank
   */
  public CompletableFuture<EventId> send(long friend, String text, @Nullable EventId replyTo) {
    return engine.submit(t -> rooms.conversations.write(t, friend, text, replyTo));
  }

  /**
   * {@link #send(long, String, EventId)}, but once for each key: asked again, also after a restart,
   * it answers the message of then and sends nothing.
   *
   * @param key 16 random bytes; kept for thirty days
   */
  public CompletableFuture<EventId> send(
      long friend, String text, @Nullable EventId replyTo, byte[] key) {
    return engine.submit(t -> rooms.conversations.write(t, friend, text, replyTo, key));
  }

  /** Changes the text of a message of ours, with a mark. */
  public CompletableFuture<@Nullable Void> edit(EventId message, String text) {
    return run(t -> rooms.conversations.edit(t, message, text));
  }

  /** Deletes a message here, or for all if it is ours. */
  public CompletableFuture<@Nullable Void> delete(EventId message, boolean forAll) {
    return run(t -> rooms.conversations.delete(t, message, forAll));
  }

  /** Adds our reaction to a message, or takes it back. */
  public CompletableFuture<@Nullable Void> react(EventId message, String emoji, boolean on) {
    return run(t -> rooms.conversations.react(t, message, emoji, on));
  }

  /** Says that everything up to a message was read; friends hear of it unless that is off. */
  public CompletableFuture<@Nullable Void> read(long friend, EventId upTo) {
    return run(t -> rooms.conversations.read(t, friend, upTo));
  }

  /** Whether friends hear what we have read. On unless said. */
  public CompletableFuture<@Nullable Void> tellRead(boolean on) {
    return set(Map.of(), on);
  }

  /** Tries at once what waits or failed of a message of ours. */
  public CompletableFuture<@Nullable Void> retry(EventId message) {
    return run(t -> rooms.conversations.retry(t, message));
  }

  /**
   * Sets values by their names; null forgets one. All or none.
   *
   * @param tellRead whether friends hear what we have read; null leaves it
   */
  public CompletableFuture<@Nullable Void> set(
      Map<String, @Nullable String> values, @Nullable Boolean tellRead) {
    return run(t -> {
      values.forEach((name, value) -> rooms.settings.set(t, name, value));
      if (tellRead != null) {
        rooms.conversations.tellRead(t, tellRead);
        t.tell(new SettingsChanged());
      }
    });
  }

  /** Keeps what is typed and not sent yet; empty forgets it. */
  public CompletableFuture<@Nullable Void> draft(long friend, String text) {
    return run(t -> rooms.conversations.draft(t, friend, text));
  }

  /** What was typed and not sent yet; else empty. */
  public String draft(long friend) {
    return engine.read((tx, vault) -> rooms.conversations.draft(tx, vault, friend));
  }

  /** Chooses something for a conversation; friend 0 is notes. */
  public CompletableFuture<@Nullable Void> choose(long friend, Brief.Choice choice, boolean on) {
    return run(t -> rooms.conversations.choose(t, friend, choice, on));
  }

  /**
   * Looks at everything as it is now, on the caller's thread; blocks on the disk, and holds one of
   * four such looks.
   */
  public <T extends @Nullable Object> T look(Function<Look, T> question) {
    return engine.read((tx, vault) -> question.apply(new Look(rooms, tx, vault)));
  }

  /**
   * The last {@code count} lines of a conversation, oldest first.
   *
   * @param before only those before this line; null for the newest
   * @param count 1 to 1,000
   */
  public List<Shown> history(long friend, @Nullable EventId before, int count) {
    return engine.read(
        (tx, vault) -> rooms.conversations.history(tx, vault, friend, before, count));
  }

  /** One line by its id, or by an unambiguous beginning of at least 6 hex digits. */
  public Shown message(String id) {
    return engine.read((tx, vault) -> rooms.conversations.message(tx, vault, id));
  }

  /** The truth about a message of ours. */
  public Sent sent(EventId message) {
    return engine.read((tx, vault) -> Truth.of(rooms, tx, vault, message));
  }

  /**
   * Takes back a message that is still waiting, in so far as no device can have it yet; else fails
   * with NOT_POSSIBLE.
   */
  public CompletableFuture<@Nullable Void> cancel(EventId message) {
    return run(t -> rooms.conversations.cancel(t, message));
  }

  /** Lines that have all words of the query, the last as a beginning; newest first. */
  public List<Shown> search(String query, @Nullable Long friend, int count) {
    return engine.read((tx, vault) -> rooms.conversations.search(tx, vault, query, friend, count));
  }

  /**
   * Tells a listener of everything that becomes true from now on, on a thread that must not be held
   * up. Closing the result ends it.
   */
  public AutoCloseable listen(Consumer<News> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  // Keeping.

  /** Whether a passphrase is set, and whether it was given. */
  public Store.State lockState() {
    return store.state();
  }

  /**
   * Sets, changes or removes the passphrase; blocks for as long as everything is encrypted anew.
   *
   * @param old null if there is none
   * @param next null to remove it
   */
  public void passphrase(byte @Nullable [] old, byte @Nullable [] next) throws IOException {
    try {
      store.setPassphrase(old, next);
    } catch (WrongPassphrase e) {
      throw new Trouble(Trouble.Reason.WRONG_PASSPHRASE);
    }
    locking();
  }

  private void locking() {
    Locking now = new Locking(store.state());
    listeners.forEach(l -> l.accept(now));
  }

  /** Forgets the keys until the passphrase is given. */
  public void lock() {
    if (store.state() == Store.State.OPEN) {
      throw new Trouble(Trouble.Reason.NOT_POSSIBLE, "there is no passphrase: set one first");
    }
    store.lock();
    locking();
  }

  /** Opens the store with its passphrase; WRONG_PASSPHRASE. Blocks about a third of a second. */
  public void unlock(byte[] passphrase) throws IOException {
    try {
      store.unlock(passphrase);
    } catch (WrongPassphrase e) {
      throw new Trouble(Trouble.Reason.WRONG_PASSPHRASE);
    }
    engine.unlocked();
    engine.run(rooms::unlocked);
    locking();
  }

  /** Writes what is this person's own to one encrypted file. Blocks. */
  public void backup(Path file, byte[] passphrase) throws IOException {
    Backup.write(store, file, passphrase, host.random(), host.clock().wallMillis());
  }

  /**
   * Makes the store of a home that has none from a backup: the same person on a new device, which
   * tells its friends by itself once it runs. Blocks.
   */
  public static void restore(Path backup, byte[] passphrase, Path file, RandomGenerator random)
      throws IOException {
    Backup.restore(backup, passphrase, file, Rooms.tables(new SearchIndex()), random);
  }

  /** Writes everything that is shown as JSON lines, in clear. Blocks. */
  public void export(OutputStream out) throws IOException {
    try {
      engine.read((tx, vault) -> {
        Me me = rooms.people.me(tx, vault).orElseThrow(() -> unknown(0));
        try {
          Export.write(
              out,
              me,
              rooms.people.friends(tx, vault),
              (friend, before, count) ->
                  rooms.conversations.history(tx, vault, friend, before, count));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return true;
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The conversations with something in them, the most recent first: their last line each. */
  public List<Shown> conversations(int count) {
    return engine.read((tx, vault) -> rooms.conversations.conversations(tx, vault, count));
  }

  /** Ends the work; what was stored is stored. Blocks until the running turn has ended. */
  @Override
  public void close() {
    engine.close();
    try {
      store.close();
    } catch (IOException e) {
      // What was acknowledged is on disk; only tidying up at the end failed.
      LOG.warn("messenger: closing the store: {}", e.getMessage());
    }
  }

  private CompletableFuture<@Nullable Void> run(Consumer<Turn> job) {
    return engine.submit(t -> {
      job.accept(t);
      return null;
    });
  }

  private Myself myself(Turn t) {
    Me me = rooms.people.me(t);
    return new Myself(
        me.name(),
        me.card().hex(),
        me.device().node(),
        me.device().number(),
        me.device().notAfter(),
        me.wordsWritten());
  }

  private Contact contact(long friend) {
    return look(l -> l.contact(friend));
  }

  private Contact contact(Turn t, Friend f) {
    return new Look(rooms, t.tx(), t.vault()).contact(f);
  }

  private static Trouble unknown(long friend) {
    return new Trouble(Trouble.Reason.UNKNOWN, "friend " + friend);
  }
}
