package org.wayfolk.rendezvous;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.time.Timers;

/** One target that is being asked, for everybody who wants to know. */
final class Asking {
  /** Asks sent; the last gap lets a slow answer come. */
  static final int TRIES = 4;

  /** When the next ask leaves, or all is given up, in seconds after the one before. */
  private static final long[] GAPS = {1, 2, 3, 4};

  /** Asks besides, as a node that has just started gets its links. */
  static final int HURRIES = 3;

  /** Time between these: a round trip over a few links. */
  static final long HURRY_NANOS = 150_000_000L;

  final NodeId target;
  final List<CompletableFuture<Answer>> waiting = new ArrayList<>();
  private final Map<KeyPayload.Nonce, Long> sentAt = new HashMap<>();
  int tries;
  private int hurries;
  private long lastSent;
  Timers.@Nullable Handle timer;

  Asking(NodeId target) {
    this.target = target;
  }

  void sent(KeyPayload.Nonce nonce, long now) {
    sentAt.put(nonce, now);
    lastSent = now;
  }

  /** Whether another ask may leave now because there are more links; counts it. */
  boolean mayHurry(long now) {
    if (sentAt.isEmpty() || hurries == HURRIES || now - lastSent < HURRY_NANOS) {
      return false;
    }
    hurries++;
    return true;
  }

  /** How long to wait after the latest ask, nanoseconds. */
  long patience() {
    return GAPS[tries - 1] * 1_000_000_000L;
  }

  /** When an ask left, or null if there is none of this nonce, or it was answered before. */
  @Nullable Long answered(KeyPayload.Nonce nonce) {
    return sentAt.remove(nonce);
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
