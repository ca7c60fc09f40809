package org.wayfolk.daemon.web;

import java.util.List;

/**
 * The names by which the page may be called. Nothing else is answered: a name of anybody's that is
 * made to point here (rebinding) is not among them.
 *
 * @param port where the page listens
 */
record Sites(int port) {
  /** A name of its own, so that storage is not shared with whatever else runs on localhost. */
  static final String NAME = "wayfolk.localhost";

  private static final List<String> NAMES = List.of(NAME, "localhost", "127.0.0.1", "[::1]");

  /** Where people go. */
  String address() {
    return "http://" + NAME + ":" + port + "/";
  }

  /** Whether a {@code Host} is ours, to the letter. */
  boolean host(String host) {
    return NAMES.stream().anyMatch(name -> host.equals(name + ":" + port));
  }

  /** The only origin that may ask something of that host. */
  static String origin(String host) {
    return "http://" + host;
  }
}
