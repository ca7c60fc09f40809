package org.wayfolk.routing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Tally;
import org.wayfolk.time.TokenBucket;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Writer;

/**
 * Asks finds of our own, passes on those of others and answers. The way back of an answer is what
 * each hop remembers: which link the find came from, under a nonce that only the next hop knows.
 * Charged to the link it came on; an answer is counted once and only from where it was asked.
 */
final class Finds {
  /** Finds passed on for one link that wait for their answers; more than its budget can open. */
  static final int MAX_RELAYED = 256;

  /** How long a passed-on find may wait for its answer: eight links with full queues. */
  static final long RELAY_NANOS = 10_000_000_000L;

  /** Finds of connections that are no links: what 16 newcomers a second need to begin with. */
  static final int STRANGER_BURST = 64;

  /** The same, a second. */
  static final int STRANGERS_A_SECOND = 32;

  private static final int AMPLIFICATION = 3;

  /** Whoever waits for an answer to a find of our own. */
  interface Asker {
    /** The answer; the records are not verified. Or null: it cannot come any more. */
    void answered(@Nullable Found found, Effects out);
  }

  private static final class Waiting {
    final Link via;
    final long until;
    final @Nullable Asker own;
    final @Nullable Slot back;
    final long backNonce;
    final int limit;

    Waiting(Link via, long until, @Nullable Asker own, @Nullable Slot back, long nonce, int limit) {
      this.via = via;
      this.until = until;
      this.own = own;
      this.back = back;
      this.backNonce = nonce;
      this.limit = limit;
    }
  }

  private final LinkTable table;
  private final Network network;
  private final KnownPeers known;
  private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
  private final Writer writer = new Writer(0);
  private @Nullable TokenBucket strangers;

  Finds(LinkTable table, Network network, KnownPeers known) {
    this.table = table;
    this.network = network;
    this.known = known;
  }

  /**
   * Asks the last of {@code route} through those before it, the first of whom must be a live link.
   * Answers the nonce, or 0 if it could not be sent; {@code asker} hears nothing then.
   */
  long ask(NodeId target, List<NodeId> route, Asker asker, Effects out) {
    Slot via = table.byId(route.getFirst());
    if (via == null || route.size() - 1 > Find.MAX_PATH) {
      return 0;
    }
    long nonce = nonce(out);
    Find find = new Find(nonce, target, route.subList(1, route.size()), 0);
    if (!out.send(via.link, find.frame(), TrafficClass.CONTROL)) {
      out.count(Tally.LINK_FULL);
      return 0;
    }
    waiting.put(nonce, new Waiting(via.link, Long.MAX_VALUE, asker, null, 0, Found.MAX_BYTES));
    return nonce;
  }

  /** Waits no longer for an answer to a find of our own. */
  void giveUp(long nonce) {
    waiting.remove(nonce);
  }

  /** A find came in, perhaps from a connection that is no link. */
  void find(Frame frame, Effects out) {
    Find find;
    try {
      find = Find.read(frame.payload());
    } catch (Malformed e) {
      out.count(Tally.FIND_MALFORMED);
      return;
    }
    Slot from = table.byId(frame.link().peer());
    boolean last = find.passed() == find.path().size();
    if (from == null ? !last || !stranger(out) : !from.finds.take(1, out.now())) {
      out.count(from == null && !last ? Tally.FIND_UNLINKED : Tally.FIND_OVER_BUDGET);
      return;
    }
    if (find.passed() > 0 && !find.path().get(find.passed() - 1).equals(table.self)) {
      out.count(Tally.FIND_MISROUTED);
      return;
    }
    int limit = Math.min(Found.MAX_BYTES, AMPLIFICATION * frame.payloadLength());
    if (last) {
      answer(frame.link(), find, limit, out);
    } else if (from != null) {
      passOn(frame, find, from, limit, out);
    }
  }

  private boolean stranger(Effects out) {
    if (strangers == null) {
      strangers = new TokenBucket(STRANGER_BURST, STRANGERS_A_SECOND, out.now());
    }
    return strangers.take(1, out.now());
  }

  private void passOn(Frame frame, Find find, Slot from, int limit, Effects out) {
    Slot to = table.byId(find.path().get(find.passed()));
    expire(out.now());
    if (to == null
        || to == from
        || from.relayed >= MAX_RELAYED
        || !to.passedOn.take(1, out.now())) {
      out.count(to == null ? Tally.FIND_NO_LINK : Tally.FIND_REFUSED);
      reply(frame.link(), new Found(find.nonce(), List.of()), out);
      return;
    }
    long nonce = nonce(out);
    int at = frame.payloadOffset();
    Packet p = frame.take();
    writer.reset(p.array(), at);
    writer.i64(nonce);
    p.array()[at + Find.PASSED_AT]++;
    if (!out.offer(to.link, p, TrafficClass.CONTROL)) {
      out.count(Tally.LINK_FULL);
      p.release();
      reply(frame.link(), new Found(find.nonce(), List.of()), out);
      return;
    }
    out.count(Tally.FIND_PASSED_ON);
    from.relayed++;
    long until = out.now() + RELAY_NANOS;
    waiting.put(nonce, new Waiting(to.link, until, null, from, find.nonce(), limit));
  }

  private void answer(Link to, Find find, int limit, Effects out) {
    out.count(Tally.FIND_ANSWERED);
    NodeId t = find.target();
    List<Slot> nearest = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      nearest.add(table.at(i));
    }
    nearest.sort((x, y) -> t.compareDistance(x.id, y.id));
    List<PeerRecord> records = new ArrayList<>();
    int bytes = Found.MIN_BYTES;
    for (Slot s : nearest) {
      PeerRecord newer = known.get(s.id);
      PeerRecord r = newer != null && newer.replaces(s.record) ? newer : s.record;
      if (s.id.equals(to.peer())) {
        continue;
      }
      if (!network.mayTell(r, to.remote(), out.wallMillis())) {
        out.count(Tally.RECORD_HELD_BACK);
        continue;
      }
      bytes += Found.bytes(r);
      if (records.size() == Found.MAX_RECORDS || bytes > limit) {
        break;
      }
      records.add(r);
    }
    reply(to, new Found(find.nonce(), records), out);
  }

  private static void reply(Link to, Found found, Effects out) {
    if (!out.send(to, found.frame(), TrafficClass.CONTROL)) {
      out.count(Tally.LINK_FULL);
    }
  }

  /** An answer came in. */
  void found(Frame frame, Effects out) {
    if (frame.payloadLength() < Found.MIN_BYTES) {
      out.count(Tally.FOUND_MALFORMED);
      return;
    }
    long nonce = Words.at(frame.packet().array(), frame.payloadOffset());
    Waiting w = waiting.get(nonce);
    if (w == null || w.via.serial() != frame.link().serial()) {
      out.count(Tally.FOUND_UNASKED);
      return;
    }
    remove(nonce, w);
    Slot back = w.back;
    if (back != null) {
      carryBack(frame, w, back, out);
    } else if (w.own != null) {
      Found found = null;
      try {
        found = fit(Found.read(frame.payload()), frame.link(), out);
      } catch (Malformed e) {
        out.count(Tally.FOUND_MALFORMED);
      }
      w.own.answered(found, out);
    }
  }

  private Found fit(Found found, Link link, Effects out) {
    Found fit = found.fit(network, link.remote(), out.wallMillis());
    int held = found.records().size() - fit.records().size();
    if (held > 0) {
      out.count(Tally.RECORD_HELD_BACK, held);
    }
    return fit;
  }

  /** What may not go on to the asker is taken out; else the packet travels on as it is. */
  private void carryBack(Frame frame, Waiting w, Slot back, Effects out) {
    if (frame.payloadLength() > w.limit) {
      out.count(Tally.FOUND_MALFORMED);
      return;
    }
    Found found;
    Found fit;
    try {
      found = Found.read(frame.payload());
      fit = fit(found, back.link, out);
    } catch (Malformed e) {
      out.count(Tally.FOUND_MALFORMED);
      reply(back.link, new Found(w.backNonce, List.of()), out);
      return;
    }
    if (fit.records().size() < found.records().size()) {
      reply(back.link, new Found(w.backNonce, fit.records()), out);
      return;
    }
    int at = frame.payloadOffset();
    Packet p = frame.take();
    writer.reset(p.array(), at);
    writer.i64(w.backNonce);
    if (!out.offer(back.link, p, TrafficClass.CONTROL)) {
      out.count(Tally.LINK_FULL);
      p.release();
    }
  }

  /** A link is gone: what was asked over it will not be answered. */
  void down(Link link, Effects out) {
    List<Asker> lost = new ArrayList<>();
    for (Iterator<Waiting> i = waiting.values().iterator(); i.hasNext(); ) {
      Waiting w = i.next();
      if (w.via.serial() != link.serial()) {
        continue;
      }
      i.remove();
      if (w.back != null) {
        w.back.relayed--;
        reply(w.back.link, new Found(w.backNonce, List.of()), out);
      } else if (w.own != null) {
        lost.add(w.own);
      }
    }
    lost.forEach(a -> a.answered(null, out));
  }

  private void expire(long now) {
    for (Iterator<Waiting> i = waiting.values().iterator(); i.hasNext(); ) {
      Waiting w = i.next();
      if (w.back == null) {
        continue;
      }
      if (w.until - now > 0) {
        return;
      }
      i.remove();
      w.back.relayed--;
    }
  }

  private void remove(long nonce, Waiting w) {
    waiting.remove(nonce);
    if (w.back != null) {
      w.back.relayed--;
    }
  }

  private long nonce(Effects out) {
    long n = out.random().nextLong();
    while (n == 0 || waiting.containsKey(n)) {
      n = out.random().nextLong();
    }
    return n;
  }
}
