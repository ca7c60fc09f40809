package org.wayfolk.proof.messages;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A conversation as one of its two people is shown it. */
final class Side {
  /** Lines asked for at a time, as a program that shows them would. */
  private static final int PAGE = 500;

  final int user;
  final List<Line> lines = new ArrayList<>();
  int notes;
  private final Map<Id, Integer> places = new HashMap<>();
  private final Map<Integer, Line> byNumber = new HashMap<>();

  Side(int user) {
    this.user = user;
  }

  /** Reads all of it, page by page, and says what is wrong with it by itself. */
  static Side read(int user, Life life, int friend, Faults faults) {
    Side side = new Side(user);
    List<Line> all = new ArrayList<>();
    Id before = null;
    while (true) {
      List<Line> page = life.history(friend, before, PAGE);
      all.addAll(page.reversed());
      if (page.size() < PAGE) {
        break;
      }
      before = page.getFirst().id();
    }
    Collections.reverse(all);
    all.forEach(line -> side.add(line, friend, faults));
    return side;
  }

  private void add(Line line, int friend, Faults faults) {
    String where = "at user " + user + " with " + friend + ": " + line.id();
    if (line.note()) {
      notes++;
      return;
    }
    int number = Texts.number(line.text());
    if (places.put(line.id(), lines.size()) != null) {
      faults.add(Fault.DOUBLED, where);
    }
    if (!line.deleted() && number < 0) {
      faults.add(Fault.INVENTED, where + " " + line.text());
    }
    if (number >= 0 && byNumber.put(number, line) != null) {
      faults.add(Fault.DOUBLED, "message " + number + " " + where);
    }
    if (!lines.isEmpty() && lines.getLast().place().compareTo(line.place()) >= 0) {
      faults.add(
          Fault.OUT_OF_ORDER, lines.getLast().place() + " before " + line.place() + " " + where);
    }
    lines.add(line);
  }

  @Nullable Line line(Id id) {
    Integer at = places.get(id);
    return at == null ? null : lines.get(at);
  }

  /** The line that shows this message's text; of one that was deleted there is none. */
  @Nullable Line line(int number) {
    return byNumber.get(number);
  }

  /** Where a line stands, counted from the oldest; -1 if it is not there. */
  int place(Id id) {
    return places.getOrDefault(id, -1);
  }
}
