package org.wayfolk.messenger.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.session.Standing.Act;
import org.wayfolk.messenger.session.Standing.Active;
import org.wayfolk.messenger.session.Standing.Step;

/**
 * Two devices and what is between them, with {@link Standing} for a brain and tokens for keys: a
 * small world that a test can copy, compare and walk through. Follows {@code Resets} and {@code
 * Sessions} call for call.
 */
final class Crossing {
  /** What a control says. {@code key} is a prekey, {@code re} what it answers. */
  record Letter(
      Control kind, SessionId name, long generation, int key, @Nullable SessionId re, boolean old) {

    Letter late() {
      return new Letter(kind, name, generation, key, re, true);
    }
  }

  /** One device. */
  record Side(
      Standing standing,
      Set<SessionId> reads,
      Set<Integer> keys,
      Set<Integer> answers,
      List<Integer> theirs,
      Set<SessionId> begun,
      TreeMap<Control, Letter> slots) {

    Side copy() {
      return new Side(
          standing,
          new HashSet<>(reads),
          new HashSet<>(keys),
          new HashSet<>(answers),
          new ArrayList<>(theirs),
          new HashSet<>(begun),
          new TreeMap<>(slots));
    }

    Side with(Standing next) {
      return new Side(next, reads, keys, answers, theirs, begun, slots);
    }
  }

  final Side[] sides = new Side[2];

  /** Copies under way to that side, which may come whenever they like, or never. */
  final List<List<Letter>> late = List.of(new ArrayList<>(), new ArrayList<>());

  /** Sessions of which a side has lost its newest state. */
  final Set<SessionId> broken = new HashSet<>();

  final Side @Nullable [] images = new Side[2];
  long now = 1_000_000_000_000L;
  int drawn = 100;
  int losses;

  /** For a test of the tests: whoever begins last is right. */
  boolean lastWins;

  /** Two that have met, each with a prekey of the other. */
  static Crossing met() {
    Crossing w = new Crossing();
    SessionId first = new SessionId(0, 1);
    long at = w.now - 10 * Standing.REQUEST_MILLIS;
    for (int i = 0; i < 2; i++) {
      Active active = new Active(first, at, i == 0, true, at);
      Standing standing = new Standing(active, at, null, 0, 0, null, 0);
      w.sides[i] =
          new Side(
              standing,
              new HashSet<>(Set.of(first)),
              new HashSet<>(Set.of(10 + i)),
              new HashSet<>(),
              new ArrayList<>(List.of(10 + (1 - i))),
              new HashSet<>(),
              new TreeMap<>());
    }
    w.images[0] = w.sides[0].copy();
    w.images[1] = w.sides[1].copy();
    return w;
  }

  Crossing copy() {
    Crossing w = new Crossing();
    for (int i = 0; i < 2; i++) {
      w.sides[i] = sides[i].copy();
      Side image = images[i];
      w.images[i] = image == null ? null : image.copy();
      w.late.get(i).addAll(late.get(i));
    }
    w.broken.addAll(broken);
    w.now = now;
    w.drawn = drawn;
    w.losses = losses;
    w.lastWins = lastWins;
    return w;
  }

  /** All that decides what can happen next. */
  List<Object> fingerprint() {
    return List.of(
        List.of(sides[0].copy(), sides[1].copy()),
        List.of(new HashSet<>(late.get(0)), new HashSet<>(late.get(1))),
        new HashSet<>(broken),
        now,
        losses);
  }

  private SessionId draw() {
    drawn++;
    return new SessionId(drawn, 0);
  }

  private int key() {
    drawn++;
    return drawn;
  }

  // What can happen.

  /** That side goes back to its image, or forgets all sessions and prekeys. */
  void lose(int i, boolean everything) {
    broken.addAll(sides[i].reads);
    losses++;
    Side image = images[i];
    if (everything || image == null) {
      sides[i] =
          new Side(
              Standing.NEW,
              new HashSet<>(),
              new HashSet<>(),
              new HashSet<>(),
              new ArrayList<>(),
              new HashSet<>(),
              new TreeMap<>());
    } else {
      sides[i] = image.copy();
    }
  }

  void keepImage(int i) {
    images[i] = sides[i].copy();
  }

  boolean canTalk(int i) {
    Active a = sides[i].standing.active();
    return sides[i].standing.usable() && a != null && a.confirmed();
  }

  /** That side has something to say: it is sealed and arrives, or a session is wanted. */
  void talk(int i) {
    Side from = sides[i];
    Active a = from.standing.active();
    if (!canTalk(i) || a == null) {
      reach(i, from.standing.needed(now, !from.theirs.isEmpty(), draw()));
      return;
    }
    Side to = sides[1 - i];
    if (to.reads.contains(a.id()) && !broken.contains(a.id())) {
      confirm(1 - i, a.id());
    } else {
      reach(1 - i, to.standing.unreadable(now, !to.theirs.isEmpty(), draw()));
    }
  }

  /** Something comes to that side that was sealed in a session nobody has any more. */
  void unreadable(int i) {
    reach(i, sides[i].standing.unreadable(now, !sides[i].theirs.isEmpty(), draw()));
  }

  /** What waits in that slot arrives; {@code told} whether its sender hears of it. */
  void deliver(int i, Control kind, boolean told) {
    Letter letter = sides[i].slots.get(kind);
    if (letter == null) {
      return;
    }
    boolean accepted = arrive(1 - i, letter);
    if (!told) {
      return;
    }
    if (accepted && kind != Control.ASK && letter.equals(sides[i].slots.get(kind))) {
      sides[i].slots.remove(kind);
      if (kind == Control.FIRST) {
        confirm(i, letter.name);
      }
    }
  }

  /** It leaves, and may arrive whenever it likes. */
  void post(int i, Control kind) {
    Letter letter = sides[i].slots.get(kind);
    if (letter != null && late.get(1 - i).size() < 2 && !late.get(1 - i).contains(letter.late())) {
      late.get(1 - i).add(letter.late());
    }
  }

  void arriveLate(int i, int which) {
    arrive(i, late.get(i).remove(which));
  }

  // What the rooms do.

  private void reach(int i, Step step) {
    Side s = sides[i];
    switch (step.act()) {
      case BEGIN -> {
        sides[i] = s.with(step.next());
        begin(i, s.theirs.removeFirst(), 0);
      }
      case ASK -> {
        sides[i] = s.with(step.next());
        SessionId name = step.next().ask();
        if (name != null) {
          slot(i, new Letter(Control.ASK, name, 0, 0, null, false));
        }
      }
      default -> {}
    }
  }

  private void begin(int i, int key, long theirs) {
    Side s = sides[i];
    SessionId name = draw();
    long generation = s.standing.nextGeneration(now, theirs);
    s.reads.add(name);
    sides[i] = s.with(s.standing.begun(name, generation, now));
    s.slots.remove(Control.ASK);
    s.slots.remove(Control.WELCOME);
    int fresh = key();
    s.keys.add(fresh);
    slot(i, new Letter(Control.FIRST, name, generation, key, new SessionId(0, fresh), false));
  }

  private void slot(int i, Letter letter) {
    sides[i].slots.put(letter.kind, letter);
  }

  private void confirm(int i, SessionId name) {
    Side s = sides[i];
    Standing next = s.standing.confirmed(name);
    if (!next.equals(s.standing)) {
      s.slots.remove(Control.FIRST);
      sides[i] = s.with(next);
    }
  }

  private void bundle(int i, SessionId re) {
    int key = key();
    sides[i].keys.add(key);
    sides[i].answers.add(key);
    long generation = sides[i].standing.generation();
    slot(i, new Letter(Control.BUNDLE, re, generation, key, re, false));
  }

  private boolean arrive(int i, Letter letter) {
    return switch (letter.kind) {
      case ASK -> asked(i, letter);
      case BUNDLE -> {
        if (sides[i].standing.answered(letter.name).act() == Act.BEGIN) {
          begin(i, letter.key, letter.generation);
        }
        yield true;
      }
      case FIRST -> first(i, letter);
      case WELCOME -> welcome(i, letter);
    };
  }

  private boolean asked(int i, Letter letter) {
    Step step = sides[i].standing.asked(letter.name, now);
    if (step.act() == Act.TOO_SOON) {
      return false;
    }
    sides[i] = sides[i].with(step.next());
    if (step.act() == Act.BUNDLE) {
      bundle(i, letter.name);
    }
    return true;
  }

  private boolean first(int i, Letter letter) {
    Side s = sides[i];
    if (s.begun.contains(letter.name)) {
      return true;
    }
    if (!s.keys.contains(letter.key)) {
      Step step = s.standing.asked(letter.name, now);
      sides[i] = s.with(step.next());
      if (step.act() == Act.BUNDLE) {
        bundle(i, letter.name);
      }
      return false;
    }
    Step may = s.standing.mayBegin(letter.name, s.answers.contains(letter.key), now);
    if (may.act() == Act.TOO_SOON) {
      return false;
    }
    s.keys.remove(letter.key);
    s.begun.add(letter.name);
    s.reads.add(letter.name);
    s.theirs.clear();
    if (letter.re != null) {
      s.theirs.add((int) letter.re.low());
    }
    long generation = lastWins ? now + drawn : letter.generation;
    Step step = may.next().arrived(letter.name, generation, now);
    sides[i] = s.with(step.next());
    if (step.act() == Act.ADOPT) {
      s.slots.clear();
      int fresh = key();
      s.keys.add(fresh);
      slot(i, new Letter(Control.WELCOME, letter.name, 0, fresh, null, false));
    } else if (step.act() == Act.KEEP_AND_TELL) {
      bundle(i, letter.name);
    }
    return true;
  }

  private boolean welcome(int i, Letter letter) {
    Side s = sides[i];
    if (!s.reads.contains(letter.name) || broken.contains(letter.name)) {
      reach(i, s.standing.unreadable(now, !s.theirs.isEmpty(), draw()));
      return false;
    }
    s.theirs.clear();
    s.theirs.add(letter.key);
    confirm(i, letter.name);
    return true;
  }

  /** Whether both use one session that works, and nothing is under way. */
  boolean settled() {
    Active a = sides[0].standing.active();
    Active b = sides[1].standing.active();
    return a != null
        && b != null
        && a.id().equals(b.id())
        && canTalk(0)
        && canTalk(1)
        && !broken.contains(a.id())
        && sides[0].slots.isEmpty()
        && sides[1].slots.isEmpty();
  }
}
