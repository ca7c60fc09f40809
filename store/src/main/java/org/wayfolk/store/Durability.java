package org.wayfolk.store;

/** What a commit waits for. */
public enum Durability {
  /** The disk: what {@link Store#write} returned for survives a power loss. */
  FULL,
  /** Nothing. Only for the test that shows that a simulated disk catches it. */
  OFF
}
