package org.wayfolk.proof.messages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares, at the end, what each person was shown with what both sides of it have. */
final class Judge {
  private final Truth truth;
  private final Faults faults;
  private int notes;

  Judge(Truth truth) {
    this.truth = truth;
    this.faults = truth.faults;
  }

  /** Lines that no person wrote, on all sides. */
  int notes() {
    return notes;
  }

  /** Judges every conversation. All residents must be up. */
  void judge(List<Resident> residents, Friendships friendships) {
    Map<Friendships.Pair, List<Written>> written = new HashMap<>();
    for (Written w : truth.all) {
      var pair = new Friendships.Pair(Math.min(w.author, w.reader), Math.max(w.author, w.reader));
      written.computeIfAbsent(pair, p -> new ArrayList<>()).add(w);
    }
    for (Friendships.Pair pair : friendships.pairs()) {
      Side a = side(residents.get(pair.a()), pair.b());
      Side b = side(residents.get(pair.b()), pair.a());
      notes += a.notes + b.notes;
      same(a, b);
      Map<Integer, Written> last = new HashMap<>();
      for (Written w : written.getOrDefault(pair, List.of())) {
        Side author = w.author == a.user ? a : b;
        one(w, author, author == a ? b : a, last.get(w.author));
        if (w.kept()) {
          last.put(w.author, w);
        }
      }
    }
  }

  private Side side(Resident r, int friend) {
    Life life = Objects.requireNonNull(r.life, "everybody is up when it is judged");
    return Side.read(r.number, life, friend, faults);
  }

  /** Both sides show the same lines in the same order, for the same reasons. */
  private void same(Side a, Side b) {
    List<Line> common = a.lines.stream().filter(l -> b.line(l.id()) != null).toList();
    int before = -1;
    for (Line line : common) {
      int at = b.place(line.id());
      if (at < before || !line.place().equals(b.lines.get(at).place())) {
        faults.add(
            Fault.OUT_OF_ORDER,
            "users %d and %d differ at %s".formatted(a.user, b.user, line.id()));
      }
      before = Math.max(before, at);
    }
  }

  private void one(Written w, Side author, Side reader, @Nullable Written former) {
    if (w.id == null) {
      untold(w, author, reader);
      return;
    }
    Line here = author.line(w.id);
    Line there = reader.line(w.id);
    if (w.deleteAsked && !w.delivered() && here == null && there == null) {
      // Taken back before it had left: nobody else ever saw it, so no line says that it is gone.
      return;
    }
    if (here == null) {
      faults.add(Fault.FORGOTTEN, w.toString());
    }
    if (there == null) {
      faults.add(w.delivered() ? Fault.NOT_STORED : Fault.LOST, w.toString());
    }
    for (Side side : List.of(author, reader)) {
      after(former, w, side, "the author's message before it");
      after(w.seen, w, side, "what its author had seen");
      after(w.answers, w, side, "what it answers");
    }
    if (here != null && there != null) {
      content(w, here, there);
    }
  }

  /** Its author died before being told: it may be on its way, and then it arrives, or never was. */
  private void untold(Written w, Side author, Side reader) {
    Line here = author.line(w.number);
    Line there = reader.line(w.number);
    if (here == null && there != null) {
      faults.add(Fault.LEFT_UNSTORED, w.toString());
    } else if (here != null && there == null) {
      faults.add(Fault.LOST, w + ", found by its author after a restart");
    }
  }

  private void after(@Nullable Written first, Written w, Side side, String what) {
    if (first == null || first.id == null) {
      return;
    }
    int at = side.place(w.name());
    if (at >= 0 && side.place(first.id) > at) {
      faults.add(Fault.OUT_OF_ORDER, w + " stands before " + what + " at user " + side.user);
    }
  }

  private void content(Written w, Line here, Line there) {
    if (!here.mine() || there.mine()) {
      faults.add(Fault.ALTERED, w + ": by another");
    }
    if (here.deleted() != there.deleted()
        || (here.deleted() && !w.deleteAsked)
        || (!here.deleted() && w.deleted)) {
      faults.add(Fault.ALTERED, w + ": deleted or not");
    }
    Id answered = w.answers == null ? null : w.answers.id;
    if (!here.deleted()
        && !(Objects.equals(here.replyTo(), answered)
            && Objects.equals(there.replyTo(), answered))) {
      faults.add(Fault.ALTERED, w + ": what it answers");
    }
    if (!here.deleted() && !there.deleted()) {
      text(w, here, there);
      reactions(w, here, there);
    }
  }

  private void text(Written w, Line here, Line there) {
    int version = Texts.version(here.text());
    if (!here.text().equals(there.text())
        || Texts.number(here.text()) != w.number
        || version < w.version
        || version > w.asked
        || here.edited() != version > 0
        || there.edited() != version > 0) {
      faults.add(
          Fault.ALTERED,
          "%s: version %d of %d to %d, marks %s %s"
              .formatted(w, version, w.version, w.asked, here.edited(), there.edited()));
    }
  }

  private void reactions(Written w, Line here, Line there) {
    boolean same =
        here.reactions()
            .equals(
                there.reactions().stream()
                    .map(Line.Reaction::mirrored)
                    .collect(Collectors.toSet()));
    boolean shown =
        w.reaction != null && there.reactions().contains(new Line.Reaction(true, w.reaction));
    int most = w.reaction == null ? 0 : 1;
    if (!same || (w.reactionKept && !shown) || there.reactions().size() > most) {
      faults.add(
          Fault.ALTERED, w + ": reactions " + here.reactions() + " and " + there.reactions());
    }
  }
}
