package org.wayfolk.proof.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Who is whose friend: a ring, in which each knows some on both sides. */
record Friendships(int users, int friends) {
  /** Checks the numbers. */
  Friendships {
    if (friends % 2 != 0 || friends < 2 || friends * 2 > users) {
      throw new IllegalArgumentException(users + " users, " + friends + " friends each");
    }
  }

  /** Two numbers, the smaller first. */
  record Pair(int a, int b) {}

  List<Integer> of(int user) {
    TreeSet<Integer> of = new TreeSet<>();
    for (int i = 1; i <= friends / 2; i++) {
      int far = 2 * i - 1;
      of.add((user + far) % users);
      of.add((user - far + users) % users);
    }
    return List.copyOf(of);
  }

  List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < users; a++) {
      for (int b : of(a)) {
        if (a < b) {
          pairs.add(new Pair(a, b));
        }
      }
    }
    return pairs;
  }
}
