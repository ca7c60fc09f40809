package org.wayfolk.messenger.meeting;

import org.wayfolk.messenger.work.News;

/** An invitation of ours was made, used, taken back, or its code was tried. */
public record InvitationsChanged() implements News {}
