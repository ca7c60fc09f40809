package org.wayfolk.messenger.meeting;

import org.wayfolk.messenger.work.News;

/** Two people have become friends: both sides have confirmed. */
public record Met(long friend, long invitation) implements News {}
