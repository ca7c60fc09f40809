package org.wayfolk.messenger.meeting;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Handled.Verdict;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Vault;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Writer;

/**
 * The inviter's side of spoken codes. A try is counted on the disk before anything is answered that
 * depends on the password, so that neither a crash nor a restart gives a guesser more than three.
 * What J-PAKE knows lives in memory: a restart costs the guest one try.
 *
 * <p>Threats: any stranger can use the tries up, and then the link is left; can make us compute
 * three times a code, on a worker; and can learn for an hour that a code was there. Before and
 * after that there is silence.
 */
final class CodeDesk {
  /** Tries of one code in all: a guesser finds it once in 1.4 million codes. */
  static final int TRIES = 3;

  /** How long a code is good: as long as a conversation in which it is spoken. */
  static final Duration LIFE = Duration.ofMinutes(10);

  /** How long who comes too late is told so. */
  private static final long REMEMBERED = Duration.ofHours(1).toMillis();

  private static final String TABLE = "meeting_code";
  private static final byte[] EMPTY = new byte[0];

  private final Map<Long, Live> live = new HashMap<>();
  private final InvitationTable table;
  private final Circle circle;
  private final Ways ways;
  private final Counts counts;

  /** What is known of a try in memory. Handed to one worker at a time. */
  private static final class Live {
    final NodeId guest;
    final byte[] id;
    final long invitation;
    final Pake pake;
    byte @Nullable [] answer;
    boolean confirming;

    Live(NodeId guest, byte[] id, long invitation, Pake pake) {
      this.guest = guest;
      this.id = id;
      this.invitation = invitation;
      this.pake = pake;
    }
  }

  private record Try(long id, long invitation, byte @Nullable [] answer) {}

  CodeDesk(InvitationTable table, Circle circle, Ways ways, Counts counts) {
    this.table = table;
    this.circle = circle;
    this.ways = ways;
    this.counts = counts;
  }

  /** How the sides name themselves to J-PAKE. */
  static String party(boolean guest, NodeId node, byte[] network) {
    return (guest ? "wayfolk/1 code guest " : "wayfolk/1 code inviter ")
        + node.hex()
        + " "
        + java.util.HexFormat.of().formatHex(network);
  }

  /** Whether that is our own living code. */
  boolean own(Turn turn, SpokenCode code) {
    return code.matches(ways.self(), ways.network().difficulty())
        && table.coded(turn).filter(k -> k.password() == code.password()).isPresent();
  }

  /** The guest's first round. */
  Verdict ask(Turn turn, NodeId from, Wire wire) {
    if (!counts.admitCode(from, turn.now())) {
      return counts.silence(Refused.TOO_OFTEN);
    }
    if (wire.body().length != Pake.ROUND1_BYTES) {
      return counts.silence(Refused.MALFORMED);
    }
    Optional<Try> before = find(turn, from, wire.id());
    if (before.isPresent()) {
      return repeat(turn, from, wire, before.get());
    }
    Optional<InvitationTable.Kept> newest = table.coded(turn);
    if (newest.isEmpty() || turn.now() >= newest.get().codeUntil() + REMEMBERED) {
      return counts.silence(Refused.NO_CODE);
    }
    InvitationTable.Kept kept = newest.get();
    if (!kept.open(turn.now()) || turn.now() >= kept.codeUntil()) {
      return no(turn, from, wire.id(), CodeNo.Reason.EXPIRED, 0);
    }
    if (kept.tries() >= TRIES) {
      return no(turn, from, wire.id(), CodeNo.Reason.GONE, 0);
    }
    table.countTry(turn, kept.id());
    long id = add(turn, kept.id(), from, wire.id());
    byte[] seed = turn.randomBytes(32);
    byte[] network = ways.network().id();
    char[] password = SpokenCode.of(ways.self(), 0, kept.password()).secret();
    turn.after(() -> {
      Pake pake =
          new Pake(party(false, ways.self(), network), party(true, from, network), password, seed);
      Live mine = new Live(from, wire.id(), kept.id(), pake);
      live.put(id, mine);
      ways.work(() -> answer(id, mine, wire.body()));
    });
    return Verdict.ACCEPTED;
  }

  /** On a worker. */
  private void answer(long id, Live mine, byte[] round1) {
    byte[] ours = mine.pake.round1();
    try {
      mine.pake.takeRound1(round1);
    } catch (Malformed e) {
      ways.turn(t -> wrong(t, id, mine));
      return;
    }
    byte[] second = mine.pake.round2();
    byte[] body = new Writer(ours.length + second.length).bytes(ours).bytes(second).toBytes();
    byte[] payload = new Wire(Wire.Kind.CODE_ANSWER, mine.id, body).encode();
    ways.turn(t ->
        t.after(() -> {
          mine.answer = payload;
          ways.send(mine.guest, payload);
        }));
  }

  private Verdict repeat(Turn turn, NodeId from, Wire wire, Try before) {
    byte[] ended = before.answer;
    Live mine = live.get(before.id);
    if (ended != null) {
      turn.after(() -> ways.send(from, ended));
    } else if (mine == null) {
      return no(turn, from, wire.id(), CodeNo.Reason.AGAIN, 0);
    } else {
      byte[] answer = mine.answer;
      if (answer != null) {
        turn.after(() -> ways.send(from, answer));
      }
    }
    return Verdict.ACCEPTED;
  }

  /** The guest's second round and confirmation. */
  Verdict confirm(Turn turn, NodeId from, Wire wire) {
    if (!counts.admitCode(from, turn.now())) {
      return counts.silence(Refused.TOO_OFTEN);
    }
    if (wire.body().length != Pake.ROUND2_BYTES + Pake.TAG_BYTES) {
      return counts.silence(Refused.MALFORMED);
    }
    Optional<Try> before = find(turn, from, wire.id());
    if (before.isEmpty()) {
      return counts.silence(Refused.UNKNOWN);
    }
    long id = before.get().id;
    Live mine = live.get(id);
    if (before.get().answer != null || mine == null) {
      return repeat(turn, from, wire, before.get());
    }
    if (mine.answer == null) {
      return counts.silence(Refused.UNASKED);
    }
    turn.after(() -> {
      if (!mine.confirming) {
        mine.confirming = true;
        ways.work(() -> judge(id, mine, wire.body()));
      }
    });
    return Verdict.ACCEPTED;
  }

  /** On a worker. */
  private void judge(long id, Live mine, byte[] body) {
    try {
      mine.pake.takeRound2(Arrays.copyOf(body, Pake.ROUND2_BYTES));
      byte[] ours = mine.pake.confirmation();
      byte[] tag = Arrays.copyOfRange(body, Pake.ROUND2_BYTES, body.length);
      if (mine.pake.confirms(tag)) {
        byte[] key = mine.pake.key();
        ways.turn(t -> right(t, id, mine, ours, key));
        return;
      }
    } catch (Malformed e) {
      // As good as a wrong password, and told so below.
    }
    ways.turn(t -> wrong(t, id, mine));
  }

  private void right(Turn turn, long id, Live mine, byte[] confirmation, byte[] key) {
    Optional<InvitationTable.Kept> kept = table.get(turn, mine.invitation);
    if (kept.isEmpty() || !kept.get().open(turn.now())) {
      end(turn, id, mine, new Wire(Wire.Kind.CODE_NO, mine.id, over()));
      return;
    }
    table.addSecret(turn, mine.invitation, key);
    CodeDone done =
        new CodeDone(confirmation, circle.self(turn).claim().card(), kept.get().expires());
    end(turn, id, mine, new Wire(Wire.Kind.CODE_DONE, mine.id, done.encode(key, mine.id)));
  }

  private static byte[] over() {
    return new CodeNo(CodeNo.Reason.EXPIRED, 0).encode();
  }

  private void wrong(Turn turn, long id, Live mine) {
    int tries = table.get(turn, mine.invitation).map(InvitationTable.Kept::tries).orElse(TRIES);
    CodeNo no = new CodeNo(CodeNo.Reason.WRONG, Math.max(0, TRIES - tries));
    end(turn, id, mine, new Wire(Wire.Kind.CODE_NO, mine.id, no.encode()));
  }

  /** Stores how a try ended, so that a repeat gets the same, and tells the guest. */
  private void end(Turn turn, long id, Live mine, Wire answer) {
    byte[] payload = answer.encode();
    byte[] sealed = turn.vault().seal(TABLE + ".answer", Vault.row(id), payload);
    turn.tx().run("UPDATE meeting_code SET answer = ? WHERE id = ?", sealed, id);
    turn.after(() -> {
      live.remove(id);
      ways.send(mine.guest, payload);
    });
  }

  private Verdict no(Turn turn, NodeId to, byte[] id, CodeNo.Reason reason, int left) {
    byte[] payload = new Wire(Wire.Kind.CODE_NO, id, new CodeNo(reason, left).encode()).encode();
    turn.after(() -> ways.send(to, payload));
    return Verdict.ACCEPTED;
  }

  private long add(Turn turn, long invitation, NodeId from, byte[] tryId) {
    byte[] peer = MeetingShelf.peer(from, tryId);
    long id =
        turn.tx()
            .insert(
                "INSERT INTO meeting_code (invitation, tag, peer) VALUES (?, ?, ?)",
                invitation,
                MeetingShelf.tag(turn.vault(), TABLE, peer),
                EMPTY);
    byte[] sealed = turn.vault().seal(TABLE + ".peer", Vault.row(id), peer);
    turn.tx().run("UPDATE meeting_code SET peer = ? WHERE id = ?", sealed, id);
    return id;
  }

  private static Optional<Try> find(Turn turn, NodeId from, byte[] tryId) {
    byte[] tag = MeetingShelf.tag(turn.vault(), TABLE, MeetingShelf.peer(from, tryId));
    return turn.tx()
        .one(
            r -> {
              byte[] sealed = r.blobOrNull("answer");
              long id = r.i64("id");
              byte[] answer =
                  sealed == null
                      ? null
                      : turn.vault().open(TABLE + ".answer", Vault.row(id), sealed);
              return new Try(id, r.i64("invitation"), answer);
            },
            "SELECT id, invitation, answer FROM meeting_code WHERE tag = ?",
            tag);
  }
}
