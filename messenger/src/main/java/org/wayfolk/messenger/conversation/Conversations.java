package org.wayfolk.messenger.conversation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Hash32;
import org.wayfolk.messenger.event.Head;
import org.wayfolk.messenger.event.Texts;
import org.wayfolk.messenger.outbox.History;
import org.wayfolk.messenger.outbox.Outbox;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.session.Held;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.SearchIndex;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/**
 * What is shown: the lines of each conversation in their order, and everything that people do to
 * them. Number 0 is notes to self, else the friend's.
 *
 * <p>What takes a {@link Turn} belongs to the engine's thread; what takes a transaction and a vault
 * only reads, on the thread of that transaction. Nothing is kept outside the store, so a turn that
 * is undone leaves no trace. Commands throw {@link Trouble}: UNKNOWN for a friend or a line that is
 * not there, BLOCKED for a blocked friend, and what each says.
 */
public final class Conversations implements History {
  /** Events sent again at once after a session was lost: more would hold up what is written now. */
  static final int MAX_RESUPPLY = 10_000;

  /**
   * How far a friend's word moves our count: a disk does not go back by more, and a friend must not
   * be able to bring the count to its end.
   */
  static final long MAX_SKIP = 1L << 20;

  /**
   * Sequences below the last that are looked at for having been given out twice: what comes again
   * for it must fit into {@link #MAX_RESUPPLY}, and older images of disks are no accident.
   */
  static final long TWICE_REACH = 4_096;

  private static final String TELL_READ = "tell_read";

  private final Around around;
  private final SearchIndex search;
  private final Map<Accepted.Refusal, AtomicLong> refused = new EnumMap<>(Accepted.Refusal.class);

  /**
   * The conversations of a home.
   *
   * @param outbox asks these for their history in turn, so it is made with a reference to what will
   *     be this
   */
  public Conversations(People people, Outbox outbox, SearchIndex search) {
    this(new Bound(people, outbox), search);
  }

  Conversations(Around around, SearchIndex search) {
    this.around = around;
    this.search = search;
    for (Accepted.Refusal why : Accepted.Refusal.values()) {
      refused.put(why, new AtomicLong());
    }
  }

  /** Its tables; the shelf of {@code search} stands before it in the store's plan. */
  public Shelf shelf() {
    return tables(search);
  }

  /** The tables, whoever uses them. */
  public static Shelf tables(SearchIndex search) {
    return new Tables(search);
  }

  // ---- what we do

  /**
   * Writes to a friend.
   *
   * @param text at most 64 KiB of UTF-8, not blank
   * @param replyTo a line of the same conversation
   * @return names the message
   * @throws Trouble also MALFORMED, TOO_LONG
   */
  public EventId write(Turn turn, long friend, String text, @Nullable EventId replyTo) {
    check(text);
    Saying saying = saying(turn);
    saying.mayWrite(friend);
    if (replyTo != null && line(turn, replyTo).talk() != friend) {
      throw new Trouble(Trouble.Reason.UNKNOWN, replyTo.toString());
    }
    return saying.parts(
        friend,
        text,
        p -> new Body.Text(p.part(), p.part().first() == null ? replyTo : null, p.text()));
  }

  /**
   * Writes to a friend, but only once for each key: asked again, it answers the message of then.
   *
   * @param key 16 random bytes of whoever asks; kept for thirty days
   * @throws Trouble also MALFORMED, TOO_LONG
   */
  public EventId write(Turn turn, long friend, String text, @Nullable EventId replyTo, byte[] key) {
    if (key.length != SentKeys.BYTES) {
      throw new Trouble(Trouble.Reason.MALFORMED, "a key has 32 hex digits");
    }
    SentKeys keys = new SentKeys(turn.tx());
    Optional<EventId> before = keys.message(key);
    if (before.isPresent()) {
      return before.get();
    }
    EventId message = write(turn, friend, text, replyTo);
    keys.keep(key, message, turn.now());
    return message;
  }

  /** Once a day, and at the start: conversations for all friends, and no keys that are old. */
  public void tidy(Turn turn) {
    new SentKeys(turn.tx()).purge(turn.now());
    Set<Long> there = new HashSet<>(new Desk(turn.tx(), turn.vault()).all());
    List<Long> all = new ArrayList<>(around.friends(turn.tx(), turn.vault()));
    all.add(Talk.NOTES_NUMBER);
    all.stream().filter(n -> !there.contains(n)).forEach(talks(turn)::with);
  }

  /** Chooses something for a conversation. */
  public void choose(Turn turn, long friend, Brief.Choice choice, boolean on) {
    Talk talk = talks(turn).with(friend);
    if (new Desk(turn.tx(), turn.vault()).choose(talk.number(), choice, on)) {
      turn.tell(new Touched(friend));
    }
  }

  /**
   * Gives a message of ours another text.
   *
   * @throws Trouble also NOT_POSSIBLE, MALFORMED, TOO_LONG
   */
  public void edit(Turn turn, EventId message, String text) {
    check(text);
    Kept kept = line(turn, message);
    if (!isOurs(kept) || kept.gone()) {
      throw new Trouble(
          Trouble.Reason.NOT_POSSIBLE, "only messages of one's own that are there can be changed");
    }
    Saying saying = saying(turn);
    saying.mayWrite(kept.talk());
    saying.parts(kept.talk(), text, p -> new Body.Edit(message, p.part(), p.text()));
  }

  /**
   * Deletes a line here, or a message of ours for all: its text is gone from the disk, and what
   * arrives of it later is not stored.
   *
   * @throws Trouble also NOT_POSSIBLE
   */
  public void delete(Turn turn, EventId message, boolean forAll) {
    Kept kept = line(turn, message);
    if (!forAll) {
      hide(turn, kept);
      return;
    }
    if (!isOurs(kept)) {
      throw new Trouble(
          Trouble.Reason.NOT_POSSIBLE, "only messages of one's own can be deleted for all");
    }
    if (!kept.has(Kept.DELETED)) {
      deleteForAll(turn, kept);
    }
  }

  private void deleteForAll(Turn turn, Kept kept) {
    Saying saying = saying(turn);
    saying.mayWrite(kept.talk());
    boolean never = !kept.has(Kept.CANCELLED) && isOnePiece(turn, kept) && saying.withdraw(kept);
    saying.say(kept.talk(), new Body.Delete(kept.id(), true));
    if (never || kept.has(Kept.CANCELLED)) {
      // Nobody else ever saw it, so no line has to say that it is gone.
      rows(turn).kept(kept.number()).ifPresent(k -> new Settling(turn, search).remove(k, false));
    }
  }

  private static boolean isOnePiece(Turn turn, Kept kept) {
    return Saying.pieces(rows(turn), kept).size() == 1;
  }

  private void hide(Turn turn, Kept kept) {
    if (kept.note() != null) {
      new Settling(turn, search).remove(kept, false);
    } else {
      saying(turn).sayToOwn(kept.talk(), new Body.Delete(kept.id(), false));
    }
  }

  /**
   * Takes back a message that is still waiting, if no device can have any of it yet. Its line
   * stays.
   *
   * @throws Trouble also NOT_POSSIBLE
   */
  public void cancel(Turn turn, EventId message) {
    Kept kept = line(turn, message);
    if (!isOurs(kept) || kept.gone()) {
      throw new Trouble(Trouble.Reason.NOT_POSSIBLE, "it is no message of one's own");
    }
    if (!saying(turn).withdraw(kept)) {
      throw new Trouble(Trouble.Reason.NOT_POSSIBLE, "it may have arrived already");
    }
    turn.tell(new Changed(kept.talk(), message, false, true));
  }

  /**
   * Tries at once what waits or failed of a message of ours.
   *
   * @throws Trouble also NOT_POSSIBLE, if it was deleted or taken back
   */
  public void retry(Turn turn, EventId message) {
    Kept kept = line(turn, message);
    if (!isOurs(kept) || kept.gone() || kept.has(Kept.CANCELLED)) {
      throw new Trouble(
          Trouble.Reason.NOT_POSSIBLE, "it was taken back or deleted; write it again");
    }
    saying(turn).mayWrite(kept.talk());
    Rows rows = rows(turn);
    for (EventId piece : Saying.pieces(rows, kept)) {
      rows.kept(piece).ifPresent(p -> around.retry(turn, kept.talk(), piece, rows.original(p)));
    }
  }

  /**
   * Adds a reaction of ours to a message, or takes it back; nothing if it is so already.
   *
   * @param emoji at most 64 bytes of UTF-8
   * @throws Trouble also NOT_POSSIBLE, MALFORMED, TOO_LONG, TOO_MANY
   */
  public void react(Turn turn, EventId message, String emoji, boolean on) {
    if (emoji.isBlank() || !Texts.valid(emoji)) {
      throw new Trouble(Trouble.Reason.MALFORMED, "a reaction is one emoji");
    }
    if (Texts.bytes(emoji) > Texts.MAX_EMOJI) {
      throw new Trouble(Trouble.Reason.TOO_LONG, Texts.MAX_EMOJI + " bytes");
    }
    Kept kept = line(turn, message);
    if (kept.gone() || kept.note() != null || !Settling.isMessage(kept)) {
      throw new Trouble(Trouble.Reason.NOT_POSSIBLE, "there is no message any more");
    }
    List<Shown.Reaction> ours =
        new Reactions(turn.tx(), turn.vault()).of(kept, Talk.NOTES_NUMBER, Showing.MAX_REACTIONS);
    boolean is = ours.contains(new Shown.Reaction(0, emoji));
    if (is == on) {
      return;
    }
    if (on && ours.size() >= Showing.MAX_REACTIONS) {
      throw new Trouble(Trouble.Reason.TOO_MANY, "at most " + Showing.MAX_REACTIONS);
    }
    Saying saying = saying(turn);
    saying.mayWrite(kept.talk());
    saying.say(kept.talk(), new Body.Reaction(message, on, emoji));
  }

  /** Marks everything up to a line as read, and lets the friend know unless that is off. */
  public void read(Turn turn, long friend, EventId upTo) {
    Kept kept = line(turn, upTo);
    if (kept.talk() != friend) {
      throw new Trouble(Trouble.Reason.UNKNOWN, upTo.toString());
    }
    Talk talk = talks(turn).with(friend);
    Marks marks = new Marks(turn, around);
    if (!marks.read(talk, kept.place())) {
      return;
    }
    turn.tell(new Changed(friend, upTo, false, kept.mine()));
    Around.Other other = around.friend(turn.tx(), turn.vault(), friend);
    List<Head> heads = marks.toSay(talk, other.card());
    if (heads.isEmpty()) {
      return;
    }
    if (rows(turn).setting(TELL_READ, true) && !other.blocked()) {
      saying(turn).say(friend, new Body.Read(heads));
    } else {
      saying(turn).sayToOwn(friend, new Body.Read(heads));
    }
  }

  /** Whether friends hear what we have read. */
  public void tellRead(Turn turn, boolean on) {
    rows(turn).set(TELL_READ, on);
  }

  /** Whether friends hear what we have read; on unless said. */
  public boolean tellsRead(Tx tx, Vault vault) {
    return new Rows(tx, vault).setting(TELL_READ, true);
  }

  /**
   * Keeps what is typed and not sent yet; empty forgets it.
   *
   * @throws Trouble also TOO_LONG, MALFORMED
   */
  public void draft(Turn turn, long friend, String text) {
    checkLength(text);
    Talk talk = talks(turn).with(friend);
    if (!rows(turn).draft(friend).equals(text)) {
      rows(turn).draft(talk.number(), text);
      turn.tell(new Touched(friend));
    }
  }

  /** What was typed and not sent yet; else empty. */
  public String draft(Tx tx, Vault vault, long friend) {
    return new Rows(tx, vault).draft(friend);
  }

  /** Says something of another room to a friend's devices: a name, a list of devices. */
  public EventId say(Turn turn, long friend, Body body) {
    return saying(turn).say(friend, body);
  }

  /** Puts a line into a conversation that no person wrote. */
  public void note(Turn turn, long friend, Note note) {
    new Notes(turn, around).note(friend, note);
  }

  // ---- what others do

  /**
   * Takes an event that came from a device. {@link Accepted} says what is left to do.
   *
   * @param from a friend's, or with friend 0 another of ours
   */
  public Accepted accept(Turn turn, Device from, byte[] event) {
    return accept(turn, from.friend(), Hash32.of(from.certificate().card().bytes()), event);
  }

  /** What we have of what a device writes to us, and how much we gave out to it. */
  public Held held(Turn turn, Device device) {
    if (device.friend() == Talk.NOTES_NUMBER) {
      return Held.NOTHING;
    }
    return new Held(heldOf(turn, device.friend(), device.number()), given(turn, device.friend()));
  }

  @Override
  public boolean above(
      Turn turn,
      Device device,
      Held held,
      int margin,
      Collection<EventId> also,
      BiConsumer<EventId, byte[]> each) {
    List<Kept> first = new ArrayList<>();
    for (EventId id : also) {
      rows(turn)
          .kept(id)
          .filter(k -> k.mine() && k.talk() == device.friend() && k.sequence() > 0)
          .ifPresent(first::add);
    }
    again(turn, first, each);
    return above(turn, device.friend(), held.ofYours(), margin, each);
  }

  /**
   * Takes an event.
   *
   * @param friend whose device it came from; 0 for another device of ours
   * @param card of that person
   */
  Accepted accept(Turn turn, long friend, Hash32 card, byte[] event) {
    Accepted accepted =
        new Arriving(turn, around, search).accept(new Arriving.From(friend, card), event);
    if (accepted instanceof Accepted.Refused(Accepted.Refusal why)) {
      count(why).incrementAndGet();
    }
    return accepted;
  }

  private AtomicLong count(Accepted.Refusal why) {
    return refused.computeIfAbsent(why, w -> new AtomicLong());
  }

  /** How many events were refused for that reason since the start. Any thread. */
  public long refused(Accepted.Refusal why) {
    return count(why).get();
  }

  /**
   * Everything that a device of a friend wrote up to this sequence is here. Where it gave sequences
   * out twice, its disk having gone back, these say nothing about what is here: then it is up to
   * the first of those, unless that was long ago.
   */
  long heldOf(Turn turn, long friend, int device) {
    Optional<Talk> talk = rows(turn).talk(friend);
    if (talk.isEmpty()) {
      return 0;
    }
    Writers writers = new Writers(turn.tx());
    long contiguous = writers.of(talk.get(), friend, device).contiguous();
    return writers
        .twice(talk.get(), friend, device, contiguous - TWICE_REACH)
        .map(first -> Math.min(contiguous, first - 1))
        .orElse(contiguous);
  }

  /** The highest sequence that this device gave out towards a friend. */
  long given(Turn turn, long friend) {
    int device = around.self(turn.tx(), turn.vault()).device();
    return rows(turn)
        .talk(friend)
        .map(talk -> new Writers(turn.tx()).of(talk, 0, device).highest())
        .orElse(0L);
  }

  /**
   * Hands over, in their order, the events of ours that a device of a friend may not have: those of
   * this device above a sequence, and those of devices that we have no more, in so far as nobody
   * has said that they arrived. If it has more than we know of, our disk went back: we go on
   * counting behind that.
   *
   * @param theyHold everything up to this is there
   * @param margin so many of the last below that are handed over too: if both disks went back, a
   *     sequence may have been given out twice
   * @return whether our disk went back
   */
  boolean above(
      Turn turn, long friend, long theyHold, int margin, BiConsumer<EventId, byte[]> each) {
    Optional<Talk> found = rows(turn).talk(friend);
    if (found.isEmpty()) {
      return false;
    }
    Talk talk = found.get();
    Around.Self self = around.self(turn.tx(), turn.vault());
    Writers writers = new Writers(turn.tx());
    long given = writers.of(talk, 0, self.device()).highest();
    boolean back = theyHold > given && theyHold - given <= MAX_SKIP;
    if (back) {
      writers.goOn(talk, self.device(), theyHold, turn.now());
    }
    for (Writers.Writer w : writers.of(talk, 0)) {
      if (!self.others().contains(w.device())) {
        boolean own = w.device() == self.device();
        long above = own ? theyHold : w.theirs();
        if (own) {
          again(turn, rows(turn).oursUpTo(friend, w.device(), above, margin), each);
        }
        again(turn, rows(turn).oursAbove(friend, w.device(), above, MAX_RESUPPLY), each);
      }
    }
    return back;
  }

  private static void again(Turn turn, List<Kept> events, BiConsumer<EventId, byte[]> each) {
    for (Kept kept : events) {
      if (!kept.has(Kept.CANCELLED)) {
        each.accept(kept.id(), rows(turn).original(kept));
      }
    }
  }

  /** Forgets a conversation with everything in it. */
  public void forget(Turn turn, long friend) {
    new Forgetting(turn, search).forget(friend);
  }

  // ---- what is shown

  /**
   * The last lines of a conversation, oldest first.
   *
   * @param before only those before this one; null for the newest
   * @param count 1 to 1,000
   */
  public List<Shown> history(Tx tx, Vault vault, long friend, @Nullable EventId before, int count) {
    return new Showing(tx, vault, around).history(friend, before, count);
  }

  /** One line. */
  public Shown message(Tx tx, Vault vault, EventId id) {
    return new Showing(tx, vault, around).message(id);
  }

  /**
   * One line by the beginning of its id, at least 6 hex digits.
   *
   * @throws Trouble also AMBIGUOUS, MALFORMED
   */
  public Shown message(Tx tx, Vault vault, String id) {
    return new Showing(tx, vault, around).message(id);
  }

  /** When the friend let us know that a message of ours was read, ms since the epoch; 0 if not. */
  public long readAt(Tx tx, Vault vault, EventId message) {
    return new Showing(tx, vault, around).line(message).readAt();
  }

  /** The ids of all events that make one message: several for a long text. */
  public List<EventId> pieces(Tx tx, Vault vault, EventId message) {
    return Saying.pieces(new Rows(tx, vault), new Showing(tx, vault, around).line(message));
  }

  /** The event that a piece of a message belongs to: the message's id; empty if it is none. */
  public Optional<EventId> messageOf(Tx tx, Vault vault, EventId piece) {
    return new Rows(tx, vault)
        .kept(piece)
        .filter(k -> k.kind() == Kinds.TEXT)
        .map(k -> k.piece() < 0 ? Optional.ofNullable(k.target()).orElse(piece) : piece);
  }

  /** Lines that have all words of the query, the last as a beginning; those stored last first. */
  public List<Shown> search(Tx tx, Vault vault, String query, @Nullable Long friend, int count) {
    return new Showing(tx, vault, around).search(search, query, friend, count);
  }

  /** The last line of each conversation that has one, the most recent first. */
  public List<Shown> conversations(Tx tx, Vault vault, int count) {
    return new Showing(tx, vault, around).conversations(count);
  }

  /** Conversations as this snapshot shows them. */
  public Reading reading(Tx tx, Vault vault) {
    return new Reading(tx, vault, around, search);
  }

  /** How many lines of a friend are not read yet. */
  public int unread(Tx tx, Vault vault, long friend) {
    return new Rows(tx, vault).unread(friend);
  }

  // ---- checks

  private static void check(String text) {
    if (text.isBlank()) {
      throw new Trouble(Trouble.Reason.MALFORMED, "a message has at least one letter");
    }
    checkLength(text);
  }

  private static void checkLength(String text) {
    if (!Texts.valid(text)) {
      throw new Trouble(Trouble.Reason.MALFORMED, "half a character");
    }
    if (Texts.bytes(text) > Texts.MAX) {
      throw new Trouble(Trouble.Reason.TOO_LONG, Texts.MAX / 1024 + " KiB");
    }
  }

  private static boolean isOurs(Kept kept) {
    return kept.mine() && Settling.isMessage(kept);
  }

  private Kept line(Turn turn, EventId id) {
    return new Showing(turn.tx(), turn.vault(), around).line(id);
  }

  private Saying saying(Turn turn) {
    return new Saying(turn, around, search);
  }

  private Talks talks(Turn turn) {
    return new Talks(turn.tx(), turn.vault(), around);
  }

  private static Rows rows(Turn turn) {
    return new Rows(turn.tx(), turn.vault());
  }
}
