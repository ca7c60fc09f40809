package org.wayfolk.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.time.TokenBucket;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Link;

/** One live link in the table, and what each part of this room notes about it. */
final class Slot {
  /** Finds that one link may ask or have relayed at once: three lookups of a newcomer. */
  static final int FIND_BURST = 256;

  /** Finds a second that one link may ask or have relayed. */
  static final int FINDS_A_SECOND = 64;

  /**
   * Of what the peer lets us ask it, the part that we pass on for others: whoever has many links to
   * us shall not use up what our own lookups need, nor make us look like a flood.
   */
  static final int PASSED_ON_SHARE = 2;

  /**
   * Link tables that may come at once; one a second after that, twice what an honest peer sends.
   */
  static final int TABLE_BURST = 16;

  /** Names this slot for as long as the node runs; never 0; the same when a newer link replaces. */
  final int handle;

  final NodeId id;

  /** Leading bits shared with our own id. */
  final int prefix;

  /** The half of a level's sub-tree it stands in: {@link LinkTable#stratum}. */
  final int stratum;

  /** When the first link of this slot came up, monotonic nanoseconds. */
  final long since;

  final TokenBucket finds;

  /** Finds of others that went on over this link. */
  final TokenBucket passedOn;

  final TokenBucket tables;

  Link link;
  PeerRecord record;

  /** What we carried for each other today. */
  Carriage.Balance balance = new Carriage.Balance();

  // keepalive
  long heard;
  long pinged;
  int tries;
  boolean dead;
  boolean awaitsPong;

  /** Silence that this path has survived, to be tried next; 0 while none was. */
  long patience;

  /** When it was last looked at because a neighbour said that it is gone. */
  long suspected;

  /** Whether the ping under way is such a look. */
  boolean suspect;

  /** Which of the timers set for it counts. */
  int turn;

  @Nullable Address observed;

  // link tables
  /** What the peer says it is linked to: first words of ids. */
  long[] claims = {};

  /** Those of the claims that order our choices: few a level, of peers that carry for others. */
  long[] scored = {};

  /** Claims of peers that carry nothing, few a level: they count as targets only. */
  long[] ends = {};

  /** Of which claims the peer says that they carry nothing for others; sorted. */
  long[] marked = {};

  /** Whether it was sent our whole table. */
  boolean told;

  // standing
  int proven;
  int falseReturns;

  /** Finds of this link that we passed on and that wait for their answers. */
  int relayed;

  /** Named by the application: never evicted, never surplus, never listed. */
  boolean kept;

  // surplus: what each end says it can do without
  static final int NOTHING = 0;
  static final int NEEDED = 1;
  static final int SPARE = 2;

  /** Whether we cannot do without, as {@link Needs} last judged. */
  boolean needed = true;

  /** Needed, but not for forwarding. */
  boolean extra;

  /** What the peer last said of this link. */
  int peerSaid = NOTHING;

  /** What it was last told. */
  int weSaid = NOTHING;

  /** Since when both ends can do without. */
  long restingSince;

  /** When this link was let in only to look around, or 0. */
  long graceEnds;

  Slot(int handle, Link link, PeerRecord record, int prefix, int stratum, long now) {
    this.handle = handle;
    this.link = link;
    this.record = record;
    this.id = link.peer();
    this.prefix = prefix;
    this.stratum = stratum;
    this.since = now;
    this.heard = now;
    this.suspected = now - Keepalive.DOUBT_GAP_NANOS;
    this.finds = new TokenBucket(FIND_BURST, FINDS_A_SECOND, now);
    this.passedOn =
        new TokenBucket(FIND_BURST / PASSED_ON_SHARE, FINDS_A_SECOND / PASSED_ON_SHARE, now);
    this.tables = new TokenBucket(TABLE_BURST, 1, now);
  }

  /** Whether it has not answered a ping yet, though it has had time. */
  boolean silent() {
    return tries > 1;
  }

  /**
   * Whether both ends can do without: then nothing new is sent over it, so that nothing is lost
   * when it is closed a little later.
   */
  boolean resting() {
    return weSaid == SPARE && peerSaid == SPARE;
  }

  /** Whether the peer carries for others. */
  boolean carries() {
    return record.carries();
  }

  /** What it costs the peer's user to be asked: of equal candidates the lowest comes first. */
  int cost() {
    return record.cost().rank();
  }

  /** Whether the peer says of one of its links that it carries nothing for others. */
  boolean marks(long claim) {
    return Arrays.binarySearch(marked, claim) >= 0;
  }
}
