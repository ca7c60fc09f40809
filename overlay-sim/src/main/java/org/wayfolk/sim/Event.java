package org.wayfolk.sim;

/**
 * Something that will happen at an instant of virtual time. One object may be scheduled again and
 * again.
 */
abstract class Event {
  long at;
  long order;

  /** Index in the queue's heap, or -1 while not scheduled. */
  int slot = -1;

  abstract void happen();

  final boolean scheduled() {
    return slot >= 0;
  }

  final boolean before(Event other) {
    return at != other.at ? at < other.at : order < other.order;
  }
}
