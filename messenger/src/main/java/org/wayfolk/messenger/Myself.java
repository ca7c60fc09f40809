package org.wayfolk.messenger;

import org.wayfolk.id.NodeId;

/**
 * The person whose home this is.
 *
 * @param name what friends are told; empty if none was chosen
 * @param card 64 hex digits that name the root
 * @param device number of this device
 * @param certifiedUntil end of this device's certificate, ms since the epoch
 * @param wordsKept whether its user has said that the recovery words are written down; until then
 *     they can be shown
 */
public record Myself(
    String name, String card, NodeId node, int device, long certifiedUntil, boolean wordsKept) {}
