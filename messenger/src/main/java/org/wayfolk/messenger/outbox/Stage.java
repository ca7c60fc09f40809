package org.wayfolk.messenger.outbox;

/** How far an event has come on its way to one device. What was once shown is never taken back. */
public enum Stage {
  /** It is kept here and waits; {@link Why} says for what. */
  QUEUED,
  /** It has left this node; whether it arrived is not known yet. */
  SENT,
  /** The other device has it on its disk, and only that device can have said so. */
  DELIVERED,
  /** It will not be tried any more; {@link Why} says why. */
  FAILED
}
