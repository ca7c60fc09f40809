package org.wayfolk.daemon.feed;

import java.util.Set;
import org.wayfolk.id.NodeId;

/**
 * To whom this node has links now.
 *
 * @param linked their names
 * @param near how many of them are its nearest
 */
public record Neighbours(Set<NodeId> linked, int near) {}
