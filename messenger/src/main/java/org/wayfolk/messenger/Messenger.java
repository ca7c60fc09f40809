package org.wayfolk.messenger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Message;
import org.wayfolk.messenger.conversation.Shown;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.meeting.Invited;
import org.wayfolk.messenger.work.News;
import org.wayfolk.node.Node;
import org.wayfolk.store.DiskWatch;
import org.wayfolk.store.Durability;
import org.wayfolk.transport.Host;

/**
 * Conversations between people, on one node and one store.
 *
 * <p>Thread-safe. Commands answer with a future that completes once what they did is on disk; it
 * fails with {@link org.wayfolk.messenger.work.Trouble} for what a person can do something about.
 * Questions read a snapshot on the caller's thread and may block on the disk; they throw {@code
 * Trouble} too. While the store is locked everything but {@link #unlock} says LOCKED.
 */
@SuppressWarnings("DoNotCallSuggester") // until each room is wired
public final class Messenger implements AutoCloseable {
  /** Longest text, in bytes of UTF-8. */
  public static final int MAX_TEXT = 64 * 1024;

  private Messenger() {}

  /**
   * Opens the store at a file, or makes it, and begins to send and to take messages.
   *
   * @param host the host of the node's transport
   * @throws IOException if the store cannot be opened, with words that say what to do
   */
  public static Messenger start(Node node, Host host, Path file) throws IOException {
    return start(node, host, file, DiskWatch.NONE, Durability.FULL);
  }

  /**
   * The same over a disk that is simulated.
   *
   * @param watch is told of commits and checkpoints
   * @param durability what a commit waits for; {@link Durability#FULL} but for a canary
   */
  public static Messenger start(
      Node node, Host host, Path file, DiskWatch watch, Durability durability) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes what came for {@link org.wayfolk.delivery.Applications#MESSENGER}; whoever holds the node
   * hands it over in the order of coming. The verdict comes once what is accepted is on disk.
   */
  public CompletionStage<Handled.Verdict> take(Message message) {
    throw new UnsupportedOperationException();
  }

  // Myself.

  /** Who we are; made at the first call. */
  public CompletableFuture<Myself> me() {
    throw new UnsupportedOperationException();
  }

  /** Chooses what friends are told, and tells them. */
  public CompletableFuture<Myself> nameMe(String name) {
    throw new UnsupportedOperationException();
  }

  /** The 24 recovery words; NOT_POSSIBLE once its user has said that they are written down. */
  public CompletableFuture<List<String>> words() {
    throw new UnsupportedOperationException();
  }

  /** Forgets the recovery words here: they are on paper. */
  public CompletableFuture<Myself> wordsKept() {
    throw new UnsupportedOperationException();
  }

  // Meeting.

  /**
   * Makes an invitation: a link, and a spoken code that lives ten minutes.
   *
   * @param as what we will call who accepts it; null takes what they call themselves
   */
  public CompletableFuture<Invited> invite(@Nullable String as, Duration validFor) {
    throw new UnsupportedOperationException();
  }

  /** Takes an invitation back. */
  public CompletableFuture<@Nullable Void> cancel(long invitation) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  // Friends.

  /** All friends, by name. */
  public List<Contact> contacts() {
    throw new UnsupportedOperationException();
  }

  /**
   * The friend of that name, card or NodeId.
   *
   * @throws org.wayfolk.messenger.work.Trouble UNKNOWN, AMBIGUOUS
   */
  public Contact contact(String who) {
    throw new UnsupportedOperationException();
  }

  /** Calls a friend otherwise; only we see it. */
  public CompletableFuture<Contact> rename(long friend, String name) {
    throw new UnsupportedOperationException();
  }

  /** Meets what they send with silence, or no longer. */
  public CompletableFuture<Contact> block(long friend, boolean blocked) {
    throw new UnsupportedOperationException();
  }

  /** Forgets a friend and the conversation. */
  public CompletableFuture<@Nullable Void> remove(long friend) {
    throw new UnsupportedOperationException();
  }

  /** What to compare with a friend. */
  public Verifying verifying(long friend) {
    throw new UnsupportedOperationException();
  }

  /** Says that it was compared and is the same, or takes that back. */
  public CompletableFuture<Contact> verified(long friend, boolean same) {
    throw new UnsupportedOperationException();
  }

  /**
   * Compares what was scanned from the friend's screen, and marks them verified if it is theirs.
   * Fails with MALFORMED, or NOT_THE_INVITER if it is another person's.
   */
  public CompletableFuture<Contact> scanned(long friend, String qr) {
    throw new UnsupportedOperationException();
  }

  // Conversations. Friend 0 is oneself: notes.

  /**
   * Writes to a friend. Completes once it is stored here; see {@link #sent} and the news {@code
   * Progress} for what becomes of it.
   *
   * @param text at most {@link #MAX_TEXT} bytes of UTF-8, not blank
   */
  public CompletableFuture<EventId> send(long friend, String text, @Nullable EventId replyTo) {
    throw new UnsupportedOperationException();
  }

  /** Changes the text of a message of ours, with a mark. */
  public CompletableFuture<@Nullable Void> edit(EventId message, String text) {
    throw new UnsupportedOperationException();
  }

  /** Deletes a message here, or for all if it is ours. */
  public CompletableFuture<@Nullable Void> delete(EventId message, boolean forAll) {
    throw new UnsupportedOperationException();
  }

  /** Adds our reaction to a message, or takes it back. */
  public CompletableFuture<@Nullable Void> react(EventId message, String emoji, boolean on) {
    throw new UnsupportedOperationException();
  }

  /** Says that everything up to a message was read; friends hear of it unless that is off. */
  public CompletableFuture<@Nullable Void> read(long friend, EventId upTo) {
    throw new UnsupportedOperationException();
  }

  /** Whether friends hear what we have read. On unless said. */
  public CompletableFuture<@Nullable Void> tellRead(boolean on) {
    throw new UnsupportedOperationException();
  }

  /** Keeps what is typed and not sent yet; empty forgets it. */
  public CompletableFuture<@Nullable Void> draft(long friend, String text) {
    throw new UnsupportedOperationException();
  }

  /** What was typed and not sent yet; else empty. */
  public String draft(long friend) {
    throw new UnsupportedOperationException();
  }

  /**
   * The last {@code count} lines of a conversation, oldest first.
   *
   * @param before only those before this line; null for the newest
   * @param count 1 to 1,000
   */
  public List<Shown> history(long friend, @Nullable EventId before, int count) {
    throw new UnsupportedOperationException();
  }

  /** One line by its id, or by an unambiguous beginning of at least 6 hex digits. */
  public Shown message(String id) {
    throw new UnsupportedOperationException();
  }

  /** The truth about a message of ours. */
  public Sent sent(EventId message) {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes back a message that is still waiting, in so far as no device can have it yet; else fails
   * with NOT_POSSIBLE.
   */
  public CompletableFuture<@Nullable Void> cancel(EventId message) {
    throw new UnsupportedOperationException();
  }

  /** Lines that have all words of the query, the last as a beginning; newest first. */
  public List<Shown> search(String query, @Nullable Long friend, int count) {
    throw new UnsupportedOperationException();
  }

  /**
   * Tells a listener of everything that becomes true from now on, on a thread that must not be held
   * up. Closing the result ends it.
   */
  public AutoCloseable listen(Consumer<News> listener) {
    throw new UnsupportedOperationException();
  }

  // Keeping.

  /** Whether a passphrase is set, and whether it was given. */
  public org.wayfolk.store.Store.State lockState() {
    throw new UnsupportedOperationException();
  }

  /**
   * Sets, changes or removes the passphrase; blocks for as long as everything is encrypted anew.
   *
   * @param old null if there is none
   * @param next null to remove it
   */
  public void passphrase(byte @Nullable [] old, byte @Nullable [] next) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Forgets the keys until the passphrase is given. */
  public void lock() {
    throw new UnsupportedOperationException();
  }

  /** Opens the store with its passphrase; WRONG_PASSPHRASE. Blocks about a third of a second. */
  public void unlock(byte[] passphrase) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Writes what is this person's own to one encrypted file. Blocks. */
  public void backup(Path file, byte[] passphrase) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes the store of a home that has none from a backup: the same person on a new device, which
   * tells its friends by itself once it runs. Blocks.
   */
  public static void restore(Path backup, byte[] passphrase, Path file) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Writes everything that is shown as JSON lines, in clear. Blocks. */
  public void export(OutputStream out) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The conversations with something in them, the most recent first: their last line each. */
  public List<Shown> conversations(int count) {
    throw new UnsupportedOperationException();
  }

  /** Ends the work; what was stored is stored. Blocks until the running turn has ended. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
