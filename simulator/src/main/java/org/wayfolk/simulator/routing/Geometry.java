package org.wayfolk.simulator.routing;

/** How ids lie to each other, and who is linked to whom. */
public enum Geometry {
  /** Ours: XOR distance, the 16 nearest and some links in each level of the keyspace. */
  XOR(2),
  /** Kleinberg's ring: two neighbours on each side and long links of harmonic length. */
  RING(13),
  /** A torus of 8 dimensions: the nearest in each of 9 directions, and others. */
  TORUS8(13);

  /** What {@code --slots} is unless said: links a level for {@link #XOR}, else links in all. */
  public final int slots;

  Geometry(int slots) {
    this.slots = slots;
  }
}
