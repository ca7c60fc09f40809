package org.wayfolk.quic;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wayfolk.time.TokenBucket;
import org.wayfolk.transport.Transport;

/** Counts who is let in, in all and by IP, and says which limit is reached. Owned by the loop. */
final class Gate {
  /**
   * Half-open accepted connections from which on every newcomer must show its address by Retry: an
   * eighth of the places, at least eight, so that a flood from forged addresses never takes the
   * rest.
   */
  static final int RETRY_SHARE = 8;

  /**
   * Handshakes begun a second without a proven address: each costs some 0.3 ms, so a flood from
   * forged addresses takes at most a good part of one core before Retry stops it.
   */
  static final int UNPROVEN_PER_SECOND = 2_000;

  private final Transport.Limits limits;
  private final boolean alwaysRetry;
  private final TokenBucket unproven;
  private final Map<Path, Host> hosts = new HashMap<>();
  private int dialled;
  private int accepted;
  private int halfOpen;

  Gate(Transport.Limits limits, boolean alwaysRetry, long now) {
    unproven = new TokenBucket(UNPROVEN_PER_SECOND, UNPROVEN_PER_SECOND, now);
    this.limits = limits;
    this.alwaysRetry = alwaysRetry;
  }

  private static final class Host {
    private int accepted;
    private int halfOpen;
  }

  /** Whether one more dial has room. */
  boolean mayDial() {
    return dialled + accepted < limits.maxLinks();
  }

  /** Why one more from here is refused, or null if it may come in. */
  @Nullable Counter refuses(Path from) {
    if (dialled + accepted >= limits.maxLinks()) {
      return Counter.REFUSED_LINKS;
    }
    if (accepted >= limits.maxInbound()) {
      return Counter.REFUSED_INBOUND;
    }
    Host h = hosts.get(from.host());
    if (h == null) {
      return limits.maxInboundPerIp() < 1 ? Counter.REFUSED_INBOUND_IP : null;
    }
    if (h.accepted >= limits.maxInboundPerIp()) {
      return Counter.REFUSED_INBOUND_IP;
    }
    return h.halfOpen >= limits.maxHalfOpenPerIp() ? Counter.REFUSED_HALF_OPEN_IP : null;
  }

  /** Whether newcomers must prove their address first. */
  boolean demandsRetry(long now) {
    return alwaysRetry
        || halfOpen >= Math.max(8, limits.maxInbound() / RETRY_SHARE)
        || !unproven.take(1, now);
  }

  void dialled() {
    dialled++;
  }

  void dialGone() {
    dialled--;
  }

  /** Someone was let in; answers the host to give back to the other two. */
  Path accepted(Path from) {
    Path host = from.host();
    Host h = hosts.computeIfAbsent(host, _ -> new Host());
    h.accepted++;
    h.halfOpen++;
    accepted++;
    halfOpen++;
    return host;
  }

  /** Its first frame has come. */
  void proven(Path host) {
    halfOpen--;
    Host h = hosts.get(host);
    if (h != null) {
      h.halfOpen--;
    }
  }

  /** It is gone. */
  void acceptedGone(Path host, boolean wasProven) {
    accepted--;
    Host h = hosts.get(host);
    if (h != null) {
      h.accepted--;
      if (!wasProven) {
        h.halfOpen--;
      }
      if (h.accepted == 0) {
        hosts.remove(host);
      }
    }
    if (!wasProven) {
      halfOpen--;
    }
  }

  int links() {
    return dialled + accepted;
  }
}
