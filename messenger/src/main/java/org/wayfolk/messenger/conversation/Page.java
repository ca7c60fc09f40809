package org.wayfolk.messenger.conversation;

import java.util.List;

/**
 * Lines of one conversation that stand together, oldest first.
 *
 * @param start whether nothing is older than the first
 * @param end whether nothing is newer than the last
 */
public record Page(List<Line> lines, boolean start, boolean end) {}
