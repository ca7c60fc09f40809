package org.wayfolk.hello;

import java.util.Arrays;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Link;

/**
 * Which of two authenticated links of one peer stays. Both ends must come to the same answer
 * without talking about it, in whatever order their proofs were checked, or each closes the link
 * that the other keeps. So it is decided by values that both hold: the ids, who dialled, and when
 * the node with the smaller id saw the first frame of each, by its own monotonic clock, as its
 * proof says.
 */
final class OneLink {
  /** Opposite dials whose first frames lie this close together crossed. */
  static final long CROSSED_MILLIS = 10_000;

  private OneLink() {}

  /** Whether {@code fresh}, authenticated just now, replaces {@code current}. */
  static boolean replaces(Connection fresh, Connection current, NodeId self) {
    if (!sameProcesses(fresh.link, current.link)) {
      // The peer was restarted, or we talk to a second process with its key: what it had before is
      // gone.
      return true;
    }
    boolean smaller = self.compareTo(fresh.link.peer()) < 0;
    long age = order(fresh, smaller) - order(current, smaller);
    boolean opposite = fresh.link.dialled() != current.link.dialled();
    if (opposite && Math.abs(age) <= CROSSED_MILLIS) {
      return fresh.link.dialled() == smaller;
    }
    return age > 0;
  }

  /** Each process has a leaf certificate of its own, made at its start. */
  private static boolean sameProcesses(Link a, Link b) {
    return Arrays.equals(a.peerSpkiHash(), b.peerSpkiHash())
        && Arrays.equals(a.localSpkiHash(), b.localSpkiHash());
  }

  private static long order(Connection c, boolean selfIsSmaller) {
    return selfIsSmaller ? c.ownOrder : c.peerOrder;
  }
}
