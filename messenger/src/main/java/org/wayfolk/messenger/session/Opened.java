package org.wayfolk.messenger.session;

import org.wayfolk.messenger.people.Device;

/** What became of a payload that arrived. */
public sealed interface Opened {

  /** A content for the rooms above; to be stored before its sender is told that it arrived. */
  record Content(Device device, byte[] bytes) implements Opened {}

  /** It was accepted before: its sender is told so again. */
  record Duplicate() implements Opened {}

  /** From nobody we know, or somebody blocked: met with silence. */
  record Stranger() implements Opened {}

  /**
   * From a friend's device, and it does not open, or not now: refused. Where it helps, another
   * session is already being made.
   */
  record Unreadable() implements Opened {}

  /** It was for the sessions themselves and is done. */
  record Done(Device device) implements Opened {}
}
