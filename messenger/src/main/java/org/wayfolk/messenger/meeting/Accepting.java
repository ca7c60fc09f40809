package org.wayfolk.messenger.meeting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Handled.Verdict;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.wire.Malformed;

/**
 * The guest's side: it drives. What it last said is stored and said again until it is answered, at
 * each sign of life of the inviter, at start, and after 2, 4, 8 .. s up to ten minutes.
 *
 * <p>Threat: whoever altered a link. It names the card, so that nobody but who has that root's
 * certificate for the very node that answers becomes the friend, whatever else the link says.
 */
final class Accepting {
  /** Invitations being accepted at once: each costs a message every ten minutes. */
  static final int MAX_ATTEMPTS = 32;

  /** How long a link is tried, whatever it says: as long as an honest one lives. */
  static final long LONGEST_MILLIS = Inviting.LONGEST.toMillis();

  /** First and last wait between two askings. */
  private static final long FIRST_WAIT = 2_000;

  private static final long LAST_WAIT = 600_000;

  /**
   * A sign of life is followed at once after the first asking (which may have gone out before there
   * was a way), then less and less soon: the receipt of our own asking is such a sign too, also
   * that of a node that is locked.
   */
  private static final long FIRST_SIGN = 250;

  private static final long LAST_SIGN = 10_000;

  private final AttemptTable table = new AttemptTable();
  private final Map<Long, List<CompletableFuture<Long>>> waiting = new HashMap<>();
  private final Circle circle;
  private final Ways ways;
  private final Counts counts;

  Accepting(Circle circle, Ways ways, Counts counts) {
    this.circle = circle;
    this.ways = ways;
    this.counts = counts;
  }

  /** Goes on with what was under way when the program ended. */
  void start(Turn turn) {
    for (AttemptTable.Attempt attempt : table.all(turn)) {
      turn.after(() -> ways.join(attempt.invitation().peers()));
      ask(turn, attempt, 0);
    }
    watch(turn);
  }

  /** Begins to accept, or goes on with the same link. The future has the friend's local number. */
  CompletableFuture<Long> accept(Turn turn, Invitation invitation, @Nullable String as) {
    if (!invitation.network().equals(ways.network().name())) {
      throw new Trouble(Trouble.Reason.OTHER_NETWORK, invitation.network());
    }
    Hello.Self self = circle.self(turn);
    if (invitation.card().equals(self.claim().card()) || invitation.node().equals(ways.self())) {
      throw new Trouble(Trouble.Reason.OWN);
    }
    Optional<Circle.Known> known = circle.known(turn, invitation.card());
    if (known.isPresent() && known.get().blocked()) {
      throw new Trouble(Trouble.Reason.BLOCKED, known.get().name());
    }
    if (invitation.expires() <= turn.now()) {
      throw known
          .map(k -> new Trouble(Trouble.Reason.ALREADY_FRIENDS, k.name()))
          .orElseGet(() -> new Trouble(Trouble.Reason.EXPIRED));
    }
    CompletableFuture<Long> result = new CompletableFuture<>();
    AttemptTable.Attempt attempt = attempt(turn, invitation, as, self);
    turn.after(() -> ways.join(invitation.peers()));
    ask(turn, attempt, 0);
    watch(turn);
    if (known.isPresent()) {
      // The handshake goes on and renews the session: the other side may have lost us.
      result.completeExceptionally(new Trouble(Trouble.Reason.ALREADY_FRIENDS, known.get().name()));
    } else {
      long id = attempt.id();
      turn.after(() -> waiting.computeIfAbsent(id, i -> new ArrayList<>()).add(result));
    }
    return result;
  }

  private AttemptTable.Attempt attempt(
      Turn turn, Invitation invitation, @Nullable String as, Hello.Self self) {
    Optional<AttemptTable.Attempt> same = table.bySecret(turn, Secrets.id(invitation.secret()));
    long id;
    if (same.isPresent()) {
      id = same.get().id();
      if (as != null) {
        table.rename(turn, id, as);
      }
    } else {
      if (table.all(turn).size() >= MAX_ATTEMPTS) {
        throw new Trouble(
            Trouble.Reason.TOO_MANY, MAX_ATTEMPTS + " invitations are being accepted");
      }
      id = table.add(turn, invitation, as, hello(turn, self));
    }
    return table.get(turn, id).orElseThrow();
  }

  private static byte[] hello(Turn turn, Hello.Self self) {
    return Hello.guest(turn.randomBytes(Hello.NONCE_BYTES), self).encode();
  }

  /** A sign of life of a node that may be an inviter. */
  void seen(Turn turn, NodeId node) {
    for (AttemptTable.Attempt attempt : table.all(turn)) {
      long since = turn.now() - attempt.asked();
      long wait = Math.min(LAST_SIGN, FIRST_SIGN << Math.min(attempt.tries(), 20));
      if (attempt.invitation().node().equals(node) && (since < 0 || since >= wait)) {
        ask(turn, attempt, attempt.tries());
      }
    }
  }

  private void ask(Turn turn, AttemptTable.Attempt attempt, int tries) {
    byte[] confirm = attempt.confirm();
    byte[] payload = confirm == null ? hello(turn, attempt) : confirm;
    NodeId inviter = attempt.invitation().node();
    turn.after(() -> ways.send(inviter, payload));
    long round = attempt.round() + 1;
    table.asked(turn, attempt.id(), round, tries + 1);
    long wait = Math.min(LAST_WAIT, FIRST_WAIT << Math.min(tries, 20));
    long spread = wait * 4 / 5 + turn.random().nextLong(wait * 2 / 5 + 1);
    turn.later(Duration.ofMillis(spread), t -> again(t, attempt.id(), round));
  }

  /** M1; made anew if we have renewed our certificate or our name since. */
  private byte[] hello(Turn turn, AttemptTable.Attempt attempt) {
    Hello.Self self = circle.self(turn);
    byte[] plain = attempt.hello();
    try {
      if (!Hello.guest(plain).self().equals(self)) {
        plain = hello(turn, self);
        table.begin(turn, attempt.id(), plain);
      }
    } catch (Malformed e) {
      throw new IllegalStateException("a stored hello does not decode", e);
    }
    return secrets(attempt).seal(turn, Wire.Kind.HELLO, pair(attempt), plain);
  }

  private void again(Turn turn, long id, long round) {
    Optional<AttemptTable.Attempt> found = table.get(turn, id);
    if (found.isEmpty() || found.get().round() != round) {
      return;
    }
    AttemptTable.Attempt attempt = found.get();
    // Once it was confirmed the inviter may have made the friend: its word decides, as long as it
    // remembers.
    long grace = attempt.confirm() == null ? 0 : Inviting.REMEMBERED.toMillis();
    if (turn.now() >= attempt.until() + grace) {
      fail(turn, attempt, new Trouble(Trouble.Reason.EXPIRED));
    } else {
      ask(turn, attempt, attempt.tries());
    }
  }

  /** M2. */
  Verdict answer(Turn turn, NodeId from, Wire wire) {
    return opened(turn, from, wire, this::answer);
  }

  /** M4. */
  Verdict done(Turn turn, NodeId from, Wire wire) {
    return opened(turn, from, wire, this::done);
  }

  /** The inviter's no. */
  Verdict no(Turn turn, NodeId from, Wire wire) {
    return opened(turn, from, wire, this::no);
  }

  private interface Step {
    Verdict take(Turn turn, AttemptTable.Attempt attempt, byte[] plain) throws Malformed;
  }

  private Verdict opened(Turn turn, NodeId from, Wire wire, Step step) {
    Optional<AttemptTable.Attempt> found = table.bySecret(turn, wire.id());
    if (found.isEmpty()) {
      return counts.silence(Refused.UNKNOWN);
    }
    AttemptTable.Attempt attempt = found.get();
    if (!attempt.invitation().node().equals(from)) {
      return counts.silence(Refused.UNASKED);
    }
    byte[] plain;
    try {
      plain = secrets(attempt).open(wire, pair(attempt));
    } catch (Malformed e) {
      return counts.silence(Refused.NOT_SEALED);
    }
    try {
      return step.take(turn, attempt, plain);
    } catch (Malformed e) {
      return counts.silence(Refused.MALFORMED);
    }
  }

  private Verdict answer(Turn turn, AttemptTable.Attempt attempt, byte[] plain) throws Malformed {
    Hello answer = Hello.inviter(plain);
    Hello hello = Hello.guest(attempt.hello());
    if (attempt.confirm() != null || !Arrays.equals(answer.guestNonce(), hello.guestNonce())) {
      // A repeat, or the answer to an earlier hello.
      return Verdict.ACCEPTED;
    }
    Invitation invitation = attempt.invitation();
    Optional<Introduced> who =
        Introduced.verify(answer.self(), invitation.node(), turn.now())
            .filter(i -> i.claim().card().equals(invitation.card()));
    if (who.isEmpty()) {
      fail(turn, attempt, new Trouble(Trouble.Reason.NOT_THE_INVITER));
      return Verdict.ACCEPTED;
    }
    Secrets secrets = secrets(attempt);
    byte[] transcript = secrets.transcript(pair(attempt), attempt.hello(), plain);
    Circle.Opening opening =
        new Circle.Opening(secrets.psk(transcript), Meetings.guestSays(transcript));
    long friend = circle.propose(turn, who.get());
    byte[] first;
    try {
      first = circle.first(turn, friend, who.get(), answer.bundle(), opening);
    } catch (Malformed e) {
      circle.withdraw(turn, friend);
      fail(turn, attempt, new Trouble(Trouble.Reason.NOT_THE_INVITER));
      return Verdict.ACCEPTED;
    }
    byte[] confirm = new Confirm(hello.guestNonce(), answer.inviterNonce(), first).encode();
    byte[] payload = secrets.seal(turn, Wire.Kind.CONFIRM, pair(attempt), confirm);
    table.answered(turn, attempt.id(), friend, plain, payload);
    ask(turn, table.get(turn, attempt.id()).orElseThrow(), 0);
    return Verdict.ACCEPTED;
  }

  private Verdict done(Turn turn, AttemptTable.Attempt attempt, byte[] plain) throws Malformed {
    byte[] answered = attempt.answer();
    if (answered == null) {
      return counts.silence(Refused.UNASKED);
    }
    Confirm confirm = Confirm.decode(plain);
    Hello answer = Hello.inviter(answered);
    if (!Arrays.equals(confirm.guestNonce(), answer.guestNonce())
        || !Arrays.equals(confirm.inviterNonce(), answer.inviterNonce())) {
      return counts.silence(Refused.UNASKED);
    }
    byte[] transcript = secrets(attempt).transcript(pair(attempt), attempt.hello(), answered);
    Circle.Made friend = meet(turn, attempt, answer, confirm, transcript);
    table.drop(turn, attempt.id());
    if (friend.fresh()) {
      turn.tell(new Met(friend.id(), 0));
    }
    end(turn, attempt.id(), f -> f.complete(friend.id()));
    return Verdict.ACCEPTED;
  }

  private Circle.Made meet(
      Turn turn, AttemptTable.Attempt attempt, Hello answer, Confirm confirm, byte[] transcript) {
    NodeId inviter = attempt.invitation().node();
    // Verified when the answer came; a certificate may have ended since, which is no reason to
    // part from somebody who has made us a friend.
    Introduced who =
        answer
            .self()
            .list()
            .device(inviter)
            .map(d ->
                new Introduced(
                    answer.self().name(), answer.self().claim(), answer.self().list(), d))
            .orElseThrow();
    Circle.Made friend = circle.befriend(turn, who, Meetings.name(attempt.name(), who));
    if (!says(turn, confirm.payload(), inviter, Meetings.inviterSays(transcript))) {
      // The friend is undone with the whole job: only a broken or lying inviter comes here.
      counts.silence(Refused.SESSION);
      throw new Trouble(Trouble.Reason.NOT_THE_INVITER);
    }
    return friend;
  }

  private boolean says(Turn turn, byte[] payload, NodeId inviter, byte[] expected) {
    try {
      return Arrays.equals(circle.open(turn, inviter, payload), expected);
    } catch (Malformed e) {
      return false;
    }
  }

  private Verdict no(Turn turn, AttemptTable.Attempt attempt, byte[] plain) throws Malformed {
    No no = No.decode(plain);
    if (!Arrays.equals(no.guestNonce(), Hello.guest(attempt.hello()).guestNonce())) {
      return Verdict.ACCEPTED;
    }
    if (no.reason() == No.Reason.AGAIN) {
      // Asked at the next timer, so that two that disagree do not chase each other.
      table.begin(turn, attempt.id(), hello(turn, circle.self(turn)));
    } else {
      fail(turn, attempt, no.reason().trouble());
    }
    return Verdict.ACCEPTED;
  }

  private void fail(Turn turn, AttemptTable.Attempt attempt, Trouble why) {
    table.drop(turn, attempt.id());
    Long proposed = attempt.friend();
    if (proposed != null) {
      circle.withdraw(turn, proposed);
    }
    end(turn, attempt.id(), f -> f.completeExceptionally(why));
  }

  private void end(Turn turn, long id, Consumer<CompletableFuture<Long>> tell) {
    turn.after(() -> {
      List<CompletableFuture<Long>> all = waiting.remove(id);
      if (all != null) {
        all.forEach(tell);
      }
    });
    watch(turn);
  }

  private void watch(Turn turn) {
    var inviters =
        table.all(turn).stream().map(a -> a.invitation().node()).collect(Collectors.toSet());
    turn.after(() -> ways.watch(inviters));
  }

  private Secrets secrets(AttemptTable.Attempt attempt) {
    return new Secrets(attempt.invitation().secret(), ways.network().id());
  }

  private Secrets.Pair pair(AttemptTable.Attempt attempt) {
    return new Secrets.Pair(ways.self(), attempt.invitation().node());
  }
}
