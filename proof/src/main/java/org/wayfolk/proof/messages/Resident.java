package org.wayfolk.proof.messages;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One user: the machine, what is on its screen, and what is to be looked at after a restart. */
final class Resident {
  /** Own messages that may still be edited or deleted; older ones are left alone. */
  static final int RECENT = 16;

  final int number;
  final Home home;
  final List<Integer> friends = new ArrayList<>();
  final SplittableRandom dice;

  /** Null while the machine is off. */
  @Nullable Life life;

  Duration upSince = Duration.ZERO;

  /** A friend's last message that was shown here. */
  final Map<Integer, Written> seen = new HashMap<>();

  final Map<Integer, ArrayDeque<Written>> recent = new HashMap<>();

  /** Kept here since the last look, by what the user was told. */
  final List<Written> kept = new ArrayList<>();

  /** Shown to their authors as delivered here, since the last look. */
  final List<Written> delivered = new ArrayList<>();

  /** Kept, and not yet shown as delivered. */
  final Map<Id, Written> waiting = new LinkedHashMap<>();

  int burst;
  int burstFriend;

  Resident(int number, Home home, SplittableRandom dice) {
    this.number = number;
    this.home = home;
    this.dice = dice;
  }

  boolean up() {
    return life != null;
  }

  /** Whether this run has not ended. */
  boolean lives(Life run) {
    return run.equals(life);
  }

  void remember(Written w) {
    kept.add(w);
    ArrayDeque<Written> own = recent.computeIfAbsent(w.reader, f -> new ArrayDeque<>());
    own.add(w);
    if (own.size() > RECENT) {
      own.remove();
    }
  }

  /** One of the user's own last messages to a friend; null if there is none. */
  @Nullable Written someOwn(int friend) {
    ArrayDeque<Written> own = recent.get(friend);
    if (own == null || own.isEmpty()) {
      return null;
    }
    return own.stream().skip(dice.nextInt(own.size())).findFirst().orElse(null);
  }

  /** Exponentially distributed. */
  Duration about(Duration mean) {
    double nanos = -Math.log1p(-dice.nextDouble()) * mean.toNanos();
    return Duration.ofNanos(Math.max(1, (long) nanos));
  }
}
