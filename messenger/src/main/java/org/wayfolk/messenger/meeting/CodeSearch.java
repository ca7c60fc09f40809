package org.wayfolk.messenger.meeting;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Handled.Verdict;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Writer;

/**
 * The guest's side of spoken codes: finds the nodes that the words can mean, and asks one after the
 * other. Lives in memory only: after a restart the words are typed again. Once a code was right its
 * invitation is stored, and goes the way of a link.
 *
 * <p>Threat: somebody who made an id with the same 30 bits and answers first. Each such node gets
 * one guess at the password, and then another is asked.
 */
final class CodeSearch {
  /** Nodes that are asked for one code: by chance only one has its 30 bits. */
  static final int MAX_CANDIDATES = 4;

  /** Codes looked for at once: people type one. */
  static final int MAX_SEARCHES = 8;

  /** Tries of one node when it has forgotten one, each of which costs one of the code's three. */
  private static final int MAX_TRIES = 2;

  private static final long LOOK_FOR = Duration.ofSeconds(60).toMillis();
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Duration REPEAT_EVERY = Duration.ofSeconds(2);

  /** Repeats to one node before the next is asked: 20 s. */
  private static final int MAX_REPEATS = 10;

  /** Codes being looked for, and the tries under way, by their ids in hex. */
  private int searching;

  private final Map<String, Asking> asking = new HashMap<>();
  private final Accepting accepting;
  private final CodeDesk desk;
  private final Ways ways;
  private final Counts counts;

  /** A code that is looked for. */
  private static final class Search {
    final SpokenCode code;
    final @Nullable String as;
    final long until;
    final CompletableFuture<Long> result = new CompletableFuture<>();
    final ArrayDeque<NodeId> candidates = new ArrayDeque<>();
    int tries;
    Trouble worst = new Trouble(Trouble.Reason.NOT_REACHED);

    Search(SpokenCode code, @Nullable String as, long until) {
      this.code = code;
      this.as = as;
      this.until = until;
    }

    /** Keeps what tells the user most. */
    void heard(Trouble why) {
      if (rank(why) > rank(worst)) {
        worst = why;
      }
    }

    private static int rank(Trouble why) {
      return switch (why.reason()) {
        case WRONG_CODE -> 4;
        case TOO_MANY_TRIES -> 3;
        case EXPIRED -> 2;
        case NOT_THE_INVITER -> 1;
        default -> 0;
      };
    }
  }

  /** One node that is asked. Its J-PAKE is handed to one worker at a time. */
  private static final class Asking {
    final Search search;
    final NodeId inviter;
    final byte[] id;
    final Pake pake;
    int said;
    boolean answered;
    int repeats;

    Asking(Search search, NodeId inviter, byte[] id, Pake pake) {
      this.search = search;
      this.inviter = inviter;
      this.id = id;
      this.pake = pake;
    }

    String key() {
      return HexFormat.of().formatHex(id);
    }
  }

  CodeSearch(Accepting accepting, CodeDesk desk, Ways ways, Counts counts) {
    this.accepting = accepting;
    this.desk = desk;
    this.ways = ways;
    this.counts = counts;
  }

  CompletableFuture<Long> accept(Turn turn, SpokenCode code, @Nullable String as) {
    if (desk.own(turn, code)) {
      throw new Trouble(Trouble.Reason.OWN);
    }
    if (searching >= MAX_SEARCHES) {
      throw new Trouble(Trouble.Reason.TOO_MANY, MAX_SEARCHES + " codes are being looked for");
    }
    Search search = new Search(code, as, turn.now() + LOOK_FOR);
    turn.after(() -> searching++);
    look(turn, search);
    return search.result;
  }

  private void look(Turn turn, Search search) {
    NodeId target = search.code.target(ways.network().difficulty());
    turn.after(() -> {
      var _ =
          ways.nearest(target)
              .whenComplete((nodes, failure) ->
                  ways.turn(t -> found(t, search, failure == null ? nodes : List.of())));
    });
  }

  private void found(Turn turn, Search search, Collection<NodeId> nodes) {
    int difficulty = ways.network().difficulty();
    NodeId target = search.code.target(difficulty);
    List<NodeId> meant =
        nodes.stream()
            .distinct()
            .filter(n -> search.code.matches(n, difficulty) && !n.equals(ways.self()))
            .sorted(target::compareDistance)
            .limit(MAX_CANDIDATES)
            .toList();
    if (!meant.isEmpty()) {
      turn.after(() -> search.candidates.addAll(meant));
      turn.after(() -> ways.turn(t -> next(t, search)));
    } else if (turn.now() < search.until) {
      turn.later(LOOK_EVERY, t -> look(t, search));
    } else {
      turn.after(() -> give(search));
    }
  }

  private void give(Search search) {
    searching--;
    search.result.completeExceptionally(search.worst);
  }

  /** Asks the next candidate, or gives up. */
  private void next(Turn turn, Search search) {
    NodeId inviter = search.candidates.peek();
    if (inviter == null) {
      turn.after(() -> give(search));
      return;
    }
    byte[] network = ways.network().id();
    Pake pake =
        new Pake(
            CodeDesk.party(true, ways.self(), network),
            CodeDesk.party(false, inviter, network),
            search.code.secret(),
            turn.randomBytes(32));
    Asking mine = new Asking(search, inviter, turn.randomBytes(Wire.ID_BYTES), pake);
    turn.after(() -> {
      search.tries++;
      asking.put(mine.key(), mine);
      ways.work(() -> {
        byte[] round1 = pake.round1();
        ways.turn(t -> say(t, mine, Wire.Kind.CODE_ASK, round1));
      });
    });
  }

  private void say(Turn turn, Asking mine, Wire.Kind kind, byte[] body) {
    byte[] payload = new Wire(kind, mine.id, body).encode();
    int number = mine.said + 1;
    turn.after(() -> {
      mine.said = number;
      mine.repeats = 0;
      ways.send(mine.inviter, payload);
    });
    turn.later(REPEAT_EVERY, t -> again(t, mine, payload, number));
  }

  private void again(Turn turn, Asking mine, byte[] payload, int number) {
    if (mine.said != number || !asking.containsKey(mine.key())) {
      return;
    }
    if (mine.repeats >= MAX_REPEATS) {
      over(turn, mine, new Trouble(Trouble.Reason.NOT_REACHED));
      return;
    }
    turn.after(() -> {
      mine.repeats++;
      ways.send(mine.inviter, payload);
    });
    turn.later(REPEAT_EVERY, t -> again(t, mine, payload, number));
  }

  /** This candidate is done with: the next one. */
  private void over(Turn turn, Asking mine, Trouble why) {
    turn.after(() -> {
      asking.remove(mine.key());
      mine.search.heard(why);
      mine.search.candidates.poll();
      mine.search.tries = 0;
      ways.turn(t -> next(t, mine.search));
    });
  }

  private @Nullable Asking asked(NodeId from, Wire wire) {
    Asking mine = asking.get(HexFormat.of().formatHex(wire.id()));
    return mine != null && mine.inviter.equals(from) ? mine : null;
  }

  /** The inviter's two rounds. */
  Verdict answer(Turn turn, NodeId from, Wire wire) {
    Asking mine = asked(from, wire);
    if (mine == null) {
      return counts.silence(Refused.UNASKED);
    }
    if (wire.body().length != Pake.ROUND1_BYTES + Pake.ROUND2_BYTES) {
      return counts.silence(Refused.MALFORMED);
    }
    // Read before and told after the commit: the engine's thread alone does both.
    turn.after(() -> {
      if (!mine.answered) {
        mine.answered = true;
        ways.work(() -> confirm(mine, wire.body()));
      }
    });
    return Verdict.ACCEPTED;
  }

  /** On a worker. */
  private void confirm(Asking mine, byte[] body) {
    try {
      mine.pake.takeRound1(Arrays.copyOf(body, Pake.ROUND1_BYTES));
      byte[] round2 = mine.pake.round2();
      mine.pake.takeRound2(Arrays.copyOfRange(body, Pake.ROUND1_BYTES, body.length));
      byte[] tag = mine.pake.confirmation();
      byte[] ours = new Writer(round2.length + tag.length).bytes(round2).bytes(tag).toBytes();
      ways.turn(t -> say(t, mine, Wire.Kind.CODE_CONFIRM, ours));
    } catch (Malformed e) {
      ways.turn(t -> over(t, mine, new Trouble(Trouble.Reason.NOT_THE_INVITER)));
    }
  }

  /** The end: the inviter confirms, and says who it is. */
  Verdict done(Turn turn, NodeId from, Wire wire) {
    Asking mine = asked(from, wire);
    if (mine == null || mine.said < 2) {
      return counts.silence(Refused.UNASKED);
    }
    Invitation invitation;
    try {
      if (!mine.pake.confirms(CodeDone.confirmation(wire.body()))) {
        over(turn, mine, new Trouble(Trouble.Reason.NOT_THE_INVITER));
        return Verdict.ACCEPTED;
      }
      byte[] key = mine.pake.key();
      CodeDone done = CodeDone.decode(wire.body(), key, wire.id());
      invitation =
          new Invitation(
              key,
              done.card(),
              new Invitation.Peers(mine.inviter, List.of(), List.of()),
              ways.network().name(),
              done.expires());
    } catch (Malformed e) {
      over(turn, mine, new Trouble(Trouble.Reason.NOT_THE_INVITER));
      return Verdict.ACCEPTED;
    }
    turn.after(() -> {
      asking.remove(mine.key());
      searching--;
    });
    follow(turn, mine.search, invitation);
    return Verdict.ACCEPTED;
  }

  /** The invitation that the code stands for goes the way of a link. */
  private void follow(Turn turn, Search search, Invitation invitation) {
    try {
      CompletableFuture<Long> met = accepting.accept(turn, invitation, search.as);
      turn.after(() -> pass(met, search.result));
    } catch (Trouble e) {
      turn.after(() -> search.result.completeExceptionally(e));
    }
  }

  private static void pass(CompletableFuture<Long> from, CompletableFuture<Long> to) {
    var _ =
        from.whenComplete((friend, failure) -> {
          if (failure == null) {
            to.complete(friend);
          } else {
            to.completeExceptionally(failure);
          }
        });
  }

  /** The inviter's no. */
  Verdict no(Turn turn, NodeId from, Wire wire) {
    Asking mine = asked(from, wire);
    if (mine == null) {
      return counts.silence(Refused.UNASKED);
    }
    try {
      CodeNo no = CodeNo.decode(wire.body());
      if (no.reason() == CodeNo.Reason.AGAIN && mine.search.tries < MAX_TRIES) {
        turn.after(() -> {
          asking.remove(mine.key());
          ways.turn(t -> next(t, mine.search));
        });
      } else {
        over(turn, mine, no.trouble());
      }
      return Verdict.ACCEPTED;
    } catch (Malformed e) {
      return counts.silence(Refused.MALFORMED);
    }
  }
}
