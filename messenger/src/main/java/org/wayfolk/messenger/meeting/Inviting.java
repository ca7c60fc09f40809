package org.wayfolk.messenger.meeting;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Handled.Verdict;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.wire.Malformed;

/**
 * The inviter's side. It only answers: the guest repeats until it is answered, and every answer is
 * stored, so that a repeat gets the same one, also after restarts. An invitation is used in the
 * transaction that makes the friend.
 *
 * <p>Threats: a stranger without the secret gets silence for one HMAC and one look-up. Who holds
 * the secret can be first, and gets no further than a friend who is not verified; cannot pose as a
 * person whose root has not certified the very node that the messages come from.
 */
final class Inviting {
  /**
   * Open invitations at once: more than anybody hands out in a week, few enough to look through.
   */
  static final int MAX_OPEN = 32;

  /** How long who comes too late is told why. */
  static final Duration REMEMBERED = Duration.ofDays(30);

  /** An answer names a bundle and a device list, both of which age. */
  private static final long ANSWER_LIFE = Duration.ofDays(1).toMillis();

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofDays(30);

  private final InvitationTable table = new InvitationTable();
  private final Circle circle;
  private final Ways ways;
  private final Counts counts;

  Inviting(Circle circle, Ways ways, Counts counts) {
    this.circle = circle;
    this.ways = ways;
    this.counts = counts;
  }

  InvitationTable table() {
    return table;
  }

  /** Makes an invitation with a secret, and gives it the one code that is alive. */
  Invited invite(Turn turn, @Nullable String as, Duration validFor) {
    if (validFor.compareTo(SHORTEST) < 0 || validFor.compareTo(LONGEST) > 0) {
      throw new Trouble(
          Trouble.Reason.MALFORMED, "an invitation is valid for a second to thirty days");
    }
    purge(turn);
    if (table.open(turn) >= MAX_OPEN) {
      throw new Trouble(
          Trouble.Reason.TOO_MANY, MAX_OPEN + " invitations are open; take one back first");
    }
    byte[] secret = turn.randomBytes(Invitation.SECRET_BYTES);
    long expires = turn.now() + validFor.toMillis();
    Invitation invitation = of(turn, secret, expires);
    long id = table.add(turn, secret, expires, as);
    int password = turn.random().nextInt(1 << SpokenCode.PASSWORD_BITS);
    long until = Math.min(expires, turn.now() + CodeDesk.LIFE.toMillis());
    table.setCode(turn, id, password, until);
    SpokenCode code = SpokenCode.of(ways.self(), ways.network().difficulty(), password);
    return new Invited(id, invitation.text(), expires, code.words(), until);
  }

  private Invitation of(Turn turn, byte[] secret, long expires) {
    return new Invitation(
        secret,
        circle.self(turn).claim().card(),
        ways.introduction(),
        ways.network().name(),
        expires);
  }

  /** Those that nobody has used yet. */
  List<Waiting> waiting(Turn turn) {
    return table.waiting(turn).stream().map(kept -> waiting(turn, kept)).toList();
  }

  private Waiting waiting(Turn turn, InvitationTable.Kept kept) {
    String link = of(turn, table.secret(turn, kept.id()), kept.expires()).text();
    int tries = Math.max(0, CodeDesk.TRIES - kept.tries());
    boolean alive = kept.password() >= 0 && kept.codeUntil() > turn.now() && tries > 0;
    String code =
        alive
            ? SpokenCode.of(ways.self(), ways.network().difficulty(), kept.password()).words()
            : null;
    return new Waiting(kept.id(), link, kept.expires(), code, kept.codeUntil(), tries, kept.name());
  }

  /** Takes one back. */
  void cancel(Turn turn, long id) {
    InvitationTable.Kept kept =
        table
            .get(turn, id)
            .orElseThrow(() -> new Trouble(Trouble.Reason.UNKNOWN, Long.toString(id)));
    if (!kept.open(turn.now())) {
      throw kept.over().trouble();
    }
    table.end(turn, id, InvitationTable.CANCELLED, null);
  }

  void purge(Turn turn) {
    table.purge(turn, turn.now() - REMEMBERED.toMillis());
  }

  /** M1. */
  Verdict hello(Turn turn, NodeId from, Wire wire) {
    return opened(turn, from, wire, this::hello);
  }

  /** M3. */
  Verdict confirm(Turn turn, NodeId from, Wire wire) {
    return opened(turn, from, wire, this::confirm);
  }

  /** A message that was sealed under a secret of ours, and all that belongs to it. */
  private record Case(
      Turn turn, InvitationTable.Kept invitation, Secrets secrets, Secrets.Pair pair) {}

  private interface Step {
    Verdict take(Case in, byte[] plain) throws Malformed;
  }

  private Verdict opened(Turn turn, NodeId from, Wire wire, Step step) {
    Optional<InvitationTable.Opened> found = table.bySecret(turn, wire.id());
    if (found.isEmpty()) {
      return counts.silence(Refused.UNKNOWN);
    }
    InvitationTable.Kept kept = found.get().invitation();
    if (!counts.admit(kept.id(), turn.now())) {
      return counts.silence(Refused.TOO_OFTEN);
    }
    Secrets secrets = new Secrets(found.get().secret(), ways.network().id());
    Case in = new Case(turn, kept, secrets, new Secrets.Pair(from, ways.self()));
    byte[] plain;
    try {
      plain = secrets.open(wire, in.pair);
    } catch (Malformed e) {
      return counts.silence(Refused.NOT_SEALED);
    }
    try {
      return step.take(in, plain);
    } catch (Malformed e) {
      return counts.silence(Refused.MALFORMED);
    }
  }

  private Verdict hello(Case in, byte[] plain) throws Malformed {
    Turn turn = in.turn;
    Hello hello = Hello.guest(plain);
    if (blocked(turn, hello)) {
      return counts.silence(Refused.BLOCKED);
    }
    Optional<InvitationTable.Guest> before = table.guest(turn, in.pair.guest(), hello.guestNonce());
    if (before.isPresent() && before.get().done() != null) {
      return reply(in, before.get().done());
    }
    if (!in.invitation.open(turn.now())) {
      return no(in, hello.guestNonce(), in.invitation.over());
    }
    if (before.isPresent()) {
      InvitationTable.Guest guest = before.get();
      if (Arrays.equals(guest.hello(), plain) && turn.now() - guest.made() < ANSWER_LIFE) {
        return reply(in, in.secrets.seal(turn, Wire.Kind.ANSWER, in.pair, guest.answer()));
      }
      table.dropGuest(turn, guest.id());
    }
    Optional<Introduced> who = Introduced.verify(hello.self(), in.pair.guest(), turn.now());
    if (who.isEmpty()) {
      return no(in, hello.guestNonce(), No.Reason.NOT_PROVEN);
    }
    Hello.Self self = circle.self(turn);
    if (who.get().claim().card().equals(self.claim().card())) {
      return no(in, hello.guestNonce(), No.Reason.OWN);
    }
    byte[] nonce = turn.randomBytes(Hello.NONCE_BYTES);
    byte[] answer = new Hello(hello.guestNonce(), nonce, self, circle.bundle(turn)).encode();
    byte[] peer = MeetingShelf.peer(in.pair.guest(), hello.guestNonce());
    table.addGuest(turn, in.invitation.id(), peer, plain, answer);
    return reply(in, in.secrets.seal(turn, Wire.Kind.ANSWER, in.pair, answer));
  }

  /**
   * Before anything is answered, used and expired invitations too: a blocked friend shall not learn
   * from them that we are here. Whoever only says that card gains nothing by it.
   */
  private boolean blocked(Turn turn, Hello hello) {
    return circle
        .known(turn, hello.self().claim().card())
        .filter(Circle.Known::blocked)
        .isPresent();
  }

  private Verdict confirm(Case in, byte[] plain) throws Malformed {
    Turn turn = in.turn;
    Confirm confirm = Confirm.decode(plain);
    Optional<InvitationTable.Guest> found =
        table.guest(turn, in.pair.guest(), confirm.guestNonce());
    if (found.isPresent() && blocked(turn, Hello.guest(found.get().hello()))) {
      return counts.silence(Refused.BLOCKED);
    }
    boolean same =
        found.isPresent()
            && Arrays.equals(
                Hello.inviter(found.get().answer()).inviterNonce(), confirm.inviterNonce());
    if (same && found.get().done() != null) {
      return reply(in, found.get().done());
    }
    if (!in.invitation.open(turn.now())) {
      return no(in, confirm.guestNonce(), in.invitation.over());
    }
    if (!same) {
      return no(in, confirm.guestNonce(), No.Reason.AGAIN);
    }
    InvitationTable.Guest guest = found.get();
    Hello.Self self = Hello.guest(guest.hello()).self();
    Optional<Introduced> who = Introduced.verify(self, in.pair.guest(), turn.now());
    if (who.isEmpty()) {
      return no(in, confirm.guestNonce(), No.Reason.NOT_PROVEN);
    }
    byte[] done;
    try {
      done = turn.tx().nested(() -> meet(in, guest, who.get(), confirm));
    } catch (NotHeld e) {
      counts.silence(Refused.SESSION);
      return no(in, confirm.guestNonce(), No.Reason.AGAIN);
    }
    return reply(in, done);
  }

  private byte[] meet(Case in, InvitationTable.Guest guest, Introduced who, Confirm confirm) {
    Turn turn = in.turn;
    byte[] transcript = in.secrets.transcript(in.pair, guest.hello(), guest.answer());
    // News of a friend cannot be taken back: none before the first message holds.
    long proposed = circle.propose(turn, who);
    try {
      byte[] psk = in.secrets.psk(transcript);
      byte[] said = circle.acceptFirst(turn, proposed, who, confirm.payload(), psk);
      if (!Arrays.equals(said, Meetings.guestSays(transcript))) {
        throw new NotHeld();
      }
    } catch (Malformed e) {
      throw new NotHeld();
    }
    Circle.Made friend = circle.befriend(turn, who, Meetings.name(in.invitation.name(), who));
    byte[] payload = circle.seal(turn, friend.id(), who, Meetings.inviterSays(transcript));
    byte[] plain = new Confirm(confirm.guestNonce(), confirm.inviterNonce(), payload).encode();
    byte[] done = in.secrets.seal(turn, Wire.Kind.DONE, in.pair, plain);
    table.met(turn, guest.id(), done);
    table.end(turn, in.invitation.id(), InvitationTable.USED, friend.id());
    if (friend.fresh()) {
      turn.tell(new Met(friend.id(), in.invitation.id()));
    }
    return done;
  }

  /** Undoes what was begun with a first message that does not hold. */
  private static final class NotHeld extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotHeld() {
      super(null, null, false, false);
    }
  }

  private Verdict no(Case in, byte[] nonce, No.Reason reason) {
    byte[] plain = new No(nonce, reason).encode();
    return reply(in, in.secrets.seal(in.turn, Wire.Kind.NO, in.pair, plain));
  }

  private Verdict reply(Case in, byte[] payload) {
    NodeId guest = in.pair.guest();
    in.turn.after(() -> ways.send(guest, payload));
    return Verdict.ACCEPTED;
  }
}
