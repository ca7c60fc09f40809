package org.wayfolk.messenger.session;

import org.jspecify.annotations.Nullable;

/**
 * How we stand with one device of a friend: which session is in use and what is under way to get
 * another. A pure value; every rule of resets is here and nowhere else, so that a test can walk
 * through all orders in which two devices lose sessions and their words cross.
 *
 * <p><b>The rule of crossed resets.</b> Each beginning carries a generation: the initiator's wall
 * clock in ms, and above every generation that it knows. Of two sessions the one with the higher
 * (generation, name) is in use, on both sides; the other is only still read. A side that went back
 * in time with its clock may begin below the other's generation: then the other says so with a
 * bundle (which names its own generation) unless a beginning of its own is on its way anyway, and
 * the side begins again, above.
 *
 * @param active the session that is sealed with, if any
 * @param generation the highest known, of any session with this device
 * @param ask name of our request under way, if any
 * @param askedAt when it was made
 * @param resetAt when we last began a reset because we could not read
 * @param request name of the last request of the other side that counted, if any
 * @param requestAt when that was; 0 for never
 */
record Standing(
    @Nullable Active active,
    long generation,
    @Nullable SessionId ask,
    long askedAt,
    long resetAt,
    @Nullable SessionId request,
    long requestAt) {

  /** Nothing yet. */
  static final Standing NEW = new Standing(null, 0, null, 0, 0, null, 0);

  /**
   * A peer's requests count at most once in this time: a reset costs half a millisecond, a prekey
   * and a note that its user sees. Ours are made no more often, because they would not count.
   */
  static final long REQUEST_MILLIS = 3_600_000;

  /**
   * What could not be read so soon after a change of session was most likely sealed before it: no
   * reason for another.
   */
  static final long SETTLE_MILLIS = 60_000;

  /** A request that waits so long is written anew: its device list may have changed. */
  static final long ASK_MILLIS = 24 * REQUEST_MILLIS;

  /**
   * Generations are times in ms; beyond this one none is believed, so that counting cannot wrap.
   */
  static final long MAX_GENERATION = 1L << 52;

  /**
   * The session in use.
   *
   * @param mine whether we began it
   * @param confirmed whether the other side is known to have it
   * @param since when it came into use
   */
  record Active(SessionId id, long generation, boolean mine, boolean confirmed, long since) {
    boolean below(SessionId otherId, long otherGeneration) {
      int c = Long.compare(generation, otherGeneration);
      return c != 0 ? c < 0 : id.compareTo(otherId) < 0;
    }
  }

  /** What is to be done. */
  enum Act {
    /** Nothing: it is under way, too early, or of the past. */
    NOTHING,
    /** Begin a session with {@link Standing#nextGeneration}. */
    BEGIN,
    /** Ask for a bundle, with the name {@link Standing#ask}. */
    ASK,
    /** Answer with a bundle. */
    BUNDLE,
    /** Take the new session into use. */
    ADOPT,
    /** Keep the new session for reading only. */
    KEEP,
    /** Keep it for reading only, and tell the other side that ours is above. */
    KEEP_AND_TELL,
    /** Refuse: the other side has asked too recently. */
    TOO_SOON
  }

  /** A decision and what it makes of this. */
  record Step(Standing next, Act act) {}

  /** Whether messages may be sealed: there is a session, and we do not believe it to be broken. */
  boolean usable() {
    return active != null && ask == null;
  }

  /** The generation to begin with. */
  long nextGeneration(long now, long theirs) {
    return Math.min(MAX_GENERATION, Math.max(now, Math.max(generation, theirs) + 1));
  }

  /** A session is needed and there is none in use. */
  Step needed(long now, boolean canBegin, SessionId fresh) {
    if (usable()) {
      return stay(Act.NOTHING);
    }
    return reach(now, canBegin, fresh);
  }

  /** Something authentic arrived from the device that no session opens. */
  Step unreadable(long now, boolean canBegin, SessionId fresh) {
    Active a = active;
    if (a != null) {
      boolean under = !a.confirmed;
      boolean settled = away(now, a.since) >= SETTLE_MILLIS;
      boolean rested = away(now, resetAt) >= REQUEST_MILLIS;
      if (under || !settled || !rested) {
        return stay(Act.NOTHING);
      }
    }
    Step step = reach(now, canBegin, fresh);
    return step.act == Act.NOTHING ? step : new Step(step.next.withReset(now), step.act);
  }

  private Step reach(long now, boolean canBegin, SessionId fresh) {
    if (canBegin) {
      return stay(Act.BEGIN);
    }
    if (ask != null && away(now, askedAt) < ASK_MILLIS) {
      return stay(Act.NOTHING);
    }
    // Under the same name, so that an answer to the older writing still counts.
    SessionId name = ask == null ? fresh : ask;
    return new Step(
        new Standing(active, generation, name, now, resetAt, request, requestAt), Act.ASK);
  }

  /** We began a session. */
  Standing begun(SessionId id, long begunGeneration, long now) {
    Active mine = new Active(id, begunGeneration, true, false, now);
    return new Standing(
        mine, Math.max(generation, begunGeneration), null, 0, resetAt, request, requestAt);
  }

  /** The other side has it, for all we know from its receipt or from what it sealed. */
  Standing confirmed(SessionId id) {
    Active a = active;
    if (a == null || a.confirmed || !a.id.equals(id)) {
      return this;
    }
    Active sure = new Active(a.id, a.generation, a.mine, true, a.since);
    return new Standing(sure, generation, ask, askedAt, resetAt, request, requestAt);
  }

  /** The other side asks for a bundle, or its beginning (of that name) cannot be opened here. */
  Step asked(SessionId name, long now) {
    if (requestAt == 0 || away(now, requestAt) >= REQUEST_MILLIS) {
      return new Step(counted(name, now), Act.BUNDLE);
    }
    return stay(name.equals(request) ? Act.NOTHING : Act.TOO_SOON);
  }

  /** A bundle arrived: whether it answers something that still matters. */
  Step answered(SessionId re) {
    Active a = active;
    boolean begun = a != null && a.mine && a.id.equals(re);
    return stay(re.equals(ask) || begun ? Act.BEGIN : Act.NOTHING);
  }

  /** Whether a beginning of the other side may be taken; {@code answer} to a bundle of ours may. */
  Step mayBegin(SessionId id, boolean answer, long now) {
    if (answer) {
      return stay(Act.NOTHING);
    }
    Step step = asked(id, now);
    return step.act == Act.TOO_SOON ? step : new Step(step.next, Act.NOTHING);
  }

  /** A beginning of the other side was opened, and is new. */
  Step arrived(SessionId id, long theirs, long now) {
    Active a = active;
    long highest = Math.max(generation, theirs);
    if (a == null || a.below(id, theirs)) {
      Active adopted = new Active(id, theirs, false, true, now);
      return new Step(
          new Standing(adopted, highest, null, 0, resetAt, request, requestAt), Act.ADOPT);
    }
    Standing kept = new Standing(active, highest, ask, askedAt, resetAt, request, requestAt);
    return new Step(kept, a.confirmed ? Act.KEEP_AND_TELL : Act.KEEP);
  }

  private Standing counted(SessionId name, long now) {
    return new Standing(active, generation, ask, askedAt, resetAt, name, now);
  }

  private Standing withReset(long now) {
    return new Standing(active, generation, ask, askedAt, now, request, requestAt);
  }

  private Step stay(Act act) {
    return new Step(this, act);
  }

  /** Distance in time, whichever way a clock was set. */
  private static long away(long now, long then) {
    return Math.abs(now - then);
  }
}
