package org.wayfolk.messenger.ratchet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.ratchet.RatchetState.Chain;
import org.wayfolk.messenger.ratchet.RatchetState.RatchetPair;

/**
 * A state in the making. What fails halfway throws its draft away, so that no failure changes a
 * state.
 */
final class Draft {

  final byte[] binding;
  byte[] root;
  @Nullable RatchetPair own;
  byte @Nullable [] peer;
  @Nullable Chain sending;
  @Nullable Chain receiving;
  byte[] nextSending;
  byte[] nextReceiving;
  int previous;
  Refresh refresh;
  SkippedKeys skipped = SkippedKeys.NONE;

  Draft(byte[] binding, byte[] root, byte[] nextSending, byte[] nextReceiving, Refresh refresh) {
    this.binding = binding;
    this.root = root;
    this.nextSending = nextSending;
    this.nextReceiving = nextReceiving;
    this.refresh = refresh;
  }

  Draft(RatchetState from) {
    this(from.binding, from.root, from.nextSending, from.nextReceiving, from.refresh);
    own = from.own;
    peer = from.peer;
    sending = from.sending;
    receiving = from.receiving;
    previous = from.previous;
    skipped = from.skipped;
  }

  /** Moves the receiving chain to {@code number}, keeping the keys that it passes over. */
  Chain skipTo(KeySchedule keys, Chain chain, int number, long now) {
    List<SkippedKeys.Entry> passed = new ArrayList<>();
    byte[] key = chain.key();
    for (int n = chain.next(); n < number; n++) {
      passed.add(new SkippedKeys.Entry(chain.header(), n, keys.messageKey(key), now));
      key = keys.nextChain(key);
    }
    skipped = skipped.plus(passed);
    return new Chain(chain.header(), key, Math.max(chain.next(), number));
  }

  RatchetState freeze() {
    return new RatchetState(this);
  }
}
