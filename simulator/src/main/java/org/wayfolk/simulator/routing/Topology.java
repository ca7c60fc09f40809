package org.wayfolk.simulator.routing;

/** A network as a function: who lives, who is linked, and how a message fares. Thread-safe. */
interface Topology {
  /** Whether a node lives. */
  boolean alive(int node);

  /** How many links a node has: those it would dial; what others dial to it is not counted. */
  int links(int node);

  /** One that carries messages; not thread-safe. */
  Traveller traveller();

  /** Carries messages, one after the other. */
  interface Traveller {
    /** Links crossed from one node to another, or -1 if it did not arrive. */
    int hops(int from, int to);
  }
}
