package org.wayfolk.delivery;

/**
 * The numbers of applications that share a node: one byte inside the seal says whose a message is,
 * so forwarders do not learn it. A number once given is never used for another.
 */
public final class Applications {
  /** No application: raw bytes between two nodes, as they always were on the wire. */
  public static final int RAW = 0;

  /** The messenger. */
  public static final int MESSENGER = 1;

  /** The largest number: it is one byte. */
  public static final int MAX = 255;

  private Applications() {}

  /**
   * Whether an application keeps on its disk what it has taken, so that a message that comes again
   * to a later life of the node is no second one to it. All others get nothing that was sent before
   * the node's start: by the sender's clock, which may be minutes behind.
   */
  static boolean remembers(int application) {
    return application == MESSENGER;
  }
}
