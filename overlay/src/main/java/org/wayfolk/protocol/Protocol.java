package org.wayfolk.protocol;

/**
 * One protocol of the overlay. Called only by the node's loop; never blocks, never touches a socket
 * or a clock.
 */
public interface Protocol {
  /** Takes one input and asks for what should happen because of it. */
  void on(Input in, Effects out);
}
