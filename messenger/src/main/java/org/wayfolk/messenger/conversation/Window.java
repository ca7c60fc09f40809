package org.wayfolk.messenger.conversation;

import org.wayfolk.messenger.event.EventId;

/** Which part of a conversation is looked at. */
public sealed interface Window {
  /** The newest lines. */
  record Newest() implements Window {}

  /** Those just before a line, without it. */
  record Before(EventId line) implements Window {}

  /** Those just after a line, without it. */
  record After(EventId line) implements Window {}

  /** A line in the midst of those around it. */
  record Around(EventId line) implements Window {}
}
