package org.wayfolk.proof.messages;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.wayfolk.sim.disk.Moment;

/**
 * People who write to each other while their machines come and go. Decides what happens when, and
 * writes down in {@link Truth} what each did and was shown; judges nothing but what a user sees
 * after a restart.
 */
final class Town {
  /** How long a power loss that waits for its moment waits before it comes anyway. */
  private static final Duration MOMENT = Duration.ofMinutes(2);

  /**
   * Edits, deletions and reactions are no texts that one waits for; the longest retry is 12 min.
   */
  private static final Duration REST = Duration.ofMinutes(15);

  private static final String[] EMOJI = {"👍", "❤", "😀", "🎉"};

  final Truth truth = new Truth();
  final List<Resident> residents = new ArrayList<>();
  int edits;
  int deletions;
  int takenBack;
  int reactions;
  int replies;
  int stops;
  int kills;
  int powerLosses;
  int powerLossesInside;
  private final Plan plan;
  private final Passage passage;
  private final PriorityQueue<Due> due = new PriorityQueue<>();

  /** Those whose power has gone inside the world, to be seen to outside of it. */
  private final ArrayDeque<Resident> fallen = new ArrayDeque<>();

  private long order;
  private boolean closing;

  private record Due(Duration at, long order, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due o) {
      int c = at.compareTo(o.at);
      return c == 0 ? Long.compare(order, o.order) : c;
    }
  }

  /**
   * A town of people whose machines are off.
   *
   * @param homes one for each; they are friends already as {@link Friendships} says
   */
  Town(Plan plan, Passage passage, List<? extends Home> homes, Friendships friendships) {
    this.plan = plan;
    this.passage = passage;
    SplittableRandom dice = new SplittableRandom(plan.seed());
    for (int i = 0; i < homes.size(); i++) {
      Resident r = new Resident(i, homes.get(i), dice.split());
      r.friends.addAll(friendships.of(i));
      residents.add(r);
    }
  }

  /** Lets everything happen; ends early at the first fault. */
  void run() {
    for (Resident r : residents) {
      begin(r);
    }
    while (truth.all.size() < plan.messages() && truth.faults.none()) {
      step();
    }
    settle();
  }

  /** From now on tells somebody how far it is, once a virtual minute. */
  void tell(Messages.Progress progress) {
    progress.at(
        truth.all.size(),
        "%.2f h, %d waiting, %d off, %s"
            .formatted(
                passage.now().toMillis() / 3_600_000.0,
                waiting(),
                residents.stream().filter(r -> !r.up()).count(),
                truth.refusals));
    later(Duration.ofMinutes(1), () -> tell(progress));
  }

  /** What was written and not yet shown as delivered to its author. */
  int waiting() {
    return residents.stream().mapToInt(r -> r.waiting.size()).sum();
  }

  private void step() {
    Due next = due.element();
    passage.run(() -> !fallen.isEmpty(), next.at.minus(passage.now()));
    if (!fallen.isEmpty()) {
      gone(fallen.remove());
    } else if (passage.now().compareTo(next.at) >= 0) {
      due.remove();
      next.what.run();
    }
  }

  private void settle() {
    closing = true;
    tick();
    Duration end = passage.now().plus(Plan.PATIENCE);
    while (truth.faults.none() && (waiting() > 0 || anyOff()) && passage.now().compareTo(end) < 0) {
      step();
    }
    Duration rest = passage.now().plus(REST);
    while (truth.faults.none() && (passage.now().compareTo(rest) < 0 || anyOff())) {
      step();
    }
    residents.forEach(this::look);
  }

  private boolean anyOff() {
    return residents.stream().anyMatch(r -> !r.up());
  }

  /** So that there is always a next step; and people look what has become of what they wrote. */
  private void tick() {
    later(Duration.ofMinutes(1), this::tick);
    residents.forEach(this::look);
  }

  private void begin(Resident r) {
    Life life;
    try {
      life = r.home.start(new Screen(r));
    } catch (IOException e) {
      truth.faults.add(Fault.UNREADABLE, "user " + r.number + ": " + e.getMessage());
      return;
    }
    r.life = life;
    r.upSince = passage.now();
    r.burst = 0;
    look(r);
    in(r, life, r.about(plan.pause()), () -> act(r, life));
    in(r, life, r.about(Plan.SESSION), () -> leave(r, life));
  }

  /** What a user sees who looks again: all that was kept and delivered before must be there. */
  private void look(Resident r) {
    Life life = r.life;
    if (life == null) {
      return;
    }
    for (Written w : r.kept) {
      if (w.id != null && !w.deleteAsked && life.line(w.id) == null) {
        truth.faults.add(Fault.FORGOTTEN, w.toString());
      }
    }
    r.kept.clear();
    for (Written w : r.delivered) {
      if (w.id != null && life.line(w.id) == null) {
        truth.faults.add(Fault.NOT_STORED, w.toString());
      }
    }
    r.delivered.clear();
    for (Written w : List.copyOf(r.waiting.values())) {
      Line line = life.line(w.name());
      if (line != null && line.delivered()) {
        delivered(r, w, false);
      } else if (line == null && w.deleteAsked) {
        // Taken back before it left; whether rightly so is judged at the end.
        r.waiting.remove(w.name());
        takenBack++;
      }
    }
  }

  private void leave(Resident r, Life life) {
    if (closing) {
      return;
    }
    switch (r.dice.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> {
        stops++;
        r.home.stop();
        gone(r);
      }
      case 5, 6, 7 -> {
        kills++;
        r.home.kill();
        gone(r);
      }
      case 8, 9, 10, 11 -> inside(r, life, Moment.COMMIT, 1 + r.dice.nextInt(20));
      case 12, 13 -> inside(r, life, Moment.CHECKPOINT, 1);
      default -> powerLoss(r);
    }
  }

  private void powerLoss(Resident r) {
    powerLosses++;
    r.home.powerLoss(r.dice);
    gone(r);
  }

  private void inside(Resident r, Life life, Moment moment, int nth) {
    r.home.powerLossIn(
        moment,
        nth,
        r.dice,
        () -> {
          powerLossesInside++;
          r.life = null;
          fallen.add(r);
        });
    in(r, life, MOMENT, () -> powerLoss(r));
  }

  private void gone(Resident r) {
    r.life = null;
    Duration away = r.dice.nextInt(4) == 0 ? Duration.ofSeconds(3) : r.about(Plan.AWAY);
    later(away, () -> begin(r));
  }

  private void act(Resident r, Life life) {
    if (closing || truth.all.size() >= plan.messages()) {
      return;
    }
    if (r.burst == 0) {
      r.burstFriend = r.friends.get(r.dice.nextInt(r.friends.size()));
      r.burst = 1 + r.dice.nextInt(2 * Plan.BURST - 1);
      readUp(r, life, r.burstFriend);
    }
    r.burst--;
    int what = r.dice.nextInt(100);
    Written own = r.someOwn(r.burstFriend);
    Written seen = r.seen.get(r.burstFriend);
    if (what < 4 && own != null && !own.deleteAsked) {
      edit(r, life, own);
    } else if (what < 6 && own != null && !own.deleteAsked) {
      delete(r, life, own);
    } else if (what < 12 && seen != null && seen.reaction == null) {
      react(r, life, seen);
    } else {
      write(r, life, r.burstFriend, what < 25 ? seen : null);
    }
    Duration pause = r.about(r.burst > 0 ? Plan.GAP : plan.pause());
    in(r, life, pause, () -> act(r, life));
  }

  /** Who is about to write has read what came before. */
  private void readUp(Resident r, Life life, int friend) {
    Written seen = r.seen.get(friend);
    if (seen != null && seen.kept()) {
      told(r, life, life.read(friend, seen.name()), () -> {});
    }
  }

  private void write(Resident r, Life life, int friend, @Nullable Written answers) {
    Written w =
        new Written(
            truth.all.size(),
            r.number,
            friend,
            passage.now().toNanos(),
            r.seen.get(friend),
            answers);
    truth.all.add(w);
    replies += answers == null ? 0 : 1;
    life.send(friend, Texts.of(w.number, 0), answers == null ? null : answers.id)
        .whenComplete((id, e) -> {
          if (e != null) {
            truth.refused(e);
          } else if (r.lives(life)) {
            truth.kept(w, id);
            r.remember(w);
            r.waiting.put(id, w);
          }
        });
  }

  private void edit(Resident r, Life life, Written w) {
    int version = ++w.asked;
    edits++;
    told(r, life, life.edit(w.name(), Texts.of(w.number, version)), () -> w.version = version);
  }

  private void delete(Resident r, Life life, Written w) {
    w.deleteAsked = true;
    deletions++;
    told(r, life, life.delete(w.name()), () -> w.deleted = true);
  }

  private void react(Resident r, Life life, Written w) {
    String emoji = EMOJI[r.dice.nextInt(EMOJI.length)];
    w.reaction = emoji;
    reactions++;
    told(r, life, life.react(w.name(), emoji), () -> w.reactionKept = true);
  }

  private void told(Resident r, Life life, CompletionStage<?> command, Runnable kept) {
    command.whenComplete((x, e) -> {
      if (e != null) {
        truth.refused(e);
      } else if (r.lives(life)) {
        kept.run();
      }
    });
  }

  private void delivered(Resident author, Written w, boolean live) {
    w.deliveredAt = passage.now().toNanos();
    author.waiting.remove(w.name());
    Resident reader = residents.get(w.reader);
    reader.delivered.add(w);
    long took = w.deliveredAt - w.wroteAt;
    truth.any.add(took);
    if (live && since(author, w.wroteAt) && since(reader, w.wroteAt)) {
      truth.together.add(took);
    }
  }

  private static boolean since(Resident r, long instant) {
    return r.up() && r.upSince.toNanos() <= instant;
  }

  private void in(Resident r, Life life, Duration pause, Runnable what) {
    later(
        pause,
        () -> {
          if (r.lives(life)) {
            what.run();
          }
        });
  }

  private void later(Duration pause, Runnable what) {
    due.add(new Due(passage.now().plus(pause), order++, what));
  }

  /** What a resident is shown while the messenger runs. */
  private final class Screen implements Ears {
    private final Resident r;

    Screen(Resident r) {
      this.r = r;
    }

    @Override
    public void arrived(int friend, Id message) {
      Written w = truth.of(message);
      if (w == null) {
        // Its author died before being told that it is kept.
        return;
      }
      r.seen.put(friend, w);
      if (++w.arrivals > 1) {
        truth.faults.add(Fault.DOUBLED, "told again of " + w);
      }
    }

    @Override
    public void delivered(Id message) {
      Written w = truth.of(message);
      if (w == null || w.author != r.number || w.delivered() || r.life == null) {
        return;
      }
      // What travels in parts is shown as delivered when all of them are.
      Line line = Texts.mayTravelInParts(w.number) ? r.life.line(message) : null;
      if (line == null || line.delivered()) {
        Town.this.delivered(r, w, true);
      }
    }
  }
}
