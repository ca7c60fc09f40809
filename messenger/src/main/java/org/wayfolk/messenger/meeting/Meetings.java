package org.wayfolk.messenger.meeting;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Handled.Verdict;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.session.Sessions;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Shelf;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Writer;

/**
 * How two people become friends: invitations and spoken codes, on both sides. One for a messenger;
 * every method but {@link #refusals} and {@link #shelf} is for a turn of its engine.
 *
 * <p>Every step is stored before it leaves and may be repeated at any time, so that loss, repeats,
 * and restarts of either side end in friends on both sides exactly once, or in words.
 */
public final class Meetings {
  private static final byte[] GUEST = "wayfolk/1 met guest".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INVITER = "wayfolk/1 met inviter".getBytes(StandardCharsets.US_ASCII);

  /** What ended long ago is deleted so often, besides at start. */
  private static final Duration SWEEP = Duration.ofDays(1);

  private final Counts counts = new Counts();
  private final Inviting inviting;
  private final Accepting accepting;
  private final CodeDesk desk;
  private final CodeSearch search;

  /** Meetings of this home's person over this home's node. */
  public Meetings(People people, Sessions sessions, Ways ways) {
    this(new Acquaintance(people, sessions), ways);
  }

  Meetings(Circle circle, Ways ways) {
    inviting = new Inviting(circle, ways, counts);
    accepting = new Accepting(circle, ways, counts);
    desk = new CodeDesk(inviting.table(), circle, ways, counts);
    search = new CodeSearch(accepting, desk, ways, counts);
  }

  /** The tables of this room, for the plan of the store. */
  public static Shelf shelf() {
    return new MeetingShelf();
  }

  /** Goes on with what was under way; once, after the start. */
  public void start(Turn turn) {
    sweep(turn);
    accepting.start(turn);
  }

  private void sweep(Turn turn) {
    inviting.purge(turn);
    turn.later(SWEEP, this::sweep);
  }

  /**
   * Makes an invitation: a link, and a spoken code for ten minutes. Only the newest code is alive:
   * with two, each try would be a guess at both.
   *
   * @param as what we will call who comes; null takes what they call themselves
   * @param validFor a second to thirty days
   * @throws Trouble TOO_MANY with 32 open; MALFORMED
   */
  public Invited invite(Turn turn, @Nullable String as, Duration validFor) {
    return inviting.invite(turn, as, validFor);
  }

  /** Invitations of ours that nobody has used yet, the oldest first. */
  public List<Waiting> waiting(Turn turn) {
    return inviting.waiting(turn);
  }

  /**
   * Takes an invitation back; who comes with it is told so for thirty days.
   *
   * @throws Trouble UNKNOWN; USED, EXPIRED or CANCELLED if it is over
   */
  public void cancel(Turn turn, long invitation) {
    inviting.cancel(turn, invitation);
  }

  /**
   * Accepts a link or a spoken code. The future has the friend's local number once both sides have
   * confirmed, or fails with a {@link Trouble}: EXPIRED, USED, CANCELLED, OWN, ALREADY_FRIENDS (the
   * session is then renewed behind it), NOT_THE_INVITER, NOT_POSSIBLE; for a code also WRONG_CODE,
   * TOO_MANY_TRIES, NOT_REACHED. A link goes on being tried until it expires, whoever still waits
   * for it; a code for a minute.
   *
   * @param as what we will call them; null takes what they call themselves
   * @throws Trouble MALFORMED, OTHER_NETWORK, EXPIRED, OWN, BLOCKED, ALREADY_FRIENDS, TOO_MANY,
   *     before anything is sent
   */
  public CompletableFuture<Long> accept(Turn turn, String linkOrCode, @Nullable String as) {
    if (!Invitation.looksLike(linkOrCode)) {
      return search.accept(turn, SpokenCode.parse(linkOrCode), as);
    }
    try {
      return accepting.accept(turn, Invitation.parse(linkOrCode), as);
    } catch (Malformed e) {
      throw new Trouble(Trouble.Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  /** A sign of life of a node that is watched. */
  public void seen(Turn turn, NodeId node) {
    accepting.seen(turn, node);
  }

  /**
   * Takes a payload whose first byte says that it is of a meeting. SILENT for whatever was not made
   * by somebody who knows a secret or asks for a code of ours.
   *
   * @param from the authenticated sender
   * @throws Trouble if the payload cannot be taken for a reason that undoes the job: to be repeated
   */
  public Verdict arrived(Turn turn, NodeId from, byte[] payload) {
    Wire wire;
    try {
      wire = Wire.decode(payload);
    } catch (Malformed e) {
      return counts.silence(Refused.MALFORMED);
    }
    return switch (wire.kind()) {
      case HELLO -> inviting.hello(turn, from, wire);
      case CONFIRM -> inviting.confirm(turn, from, wire);
      case ANSWER -> accepting.answer(turn, from, wire);
      case DONE -> accepting.done(turn, from, wire);
      case NO -> accepting.no(turn, from, wire);
      case CODE_ASK -> desk.ask(turn, from, wire);
      case CODE_CONFIRM -> desk.confirm(turn, from, wire);
      case CODE_ANSWER -> search.answer(turn, from, wire);
      case CODE_DONE -> search.done(turn, from, wire);
      case CODE_NO -> search.no(turn, from, wire);
    };
  }

  /** How often each reason for silence was met, by the counters' names. Any thread. */
  public Map<String, Long> refusals() {
    return counts.all();
  }

  /** What we would like to call somebody; {@code people} has the last word. */
  static String name(@Nullable String chosen, Introduced who) {
    if (chosen != null && !chosen.isBlank()) {
      return chosen;
    }
    return who.name();
  }

  /** The content of the guest's first message: that it has seen what we have seen. */
  static byte[] guestSays(byte[] transcript) {
    return new Writer(GUEST.length + transcript.length).bytes(GUEST).bytes(transcript).toBytes();
  }

  /** The content of the inviter's first message. */
  static byte[] inviterSays(byte[] transcript) {
    return new Writer(INVITER.length + transcript.length)
        .bytes(INVITER)
        .bytes(transcript)
        .toBytes();
  }
}
