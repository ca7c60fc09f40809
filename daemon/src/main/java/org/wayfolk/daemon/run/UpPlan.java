package org.wayfolk.daemon.run;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.node.Dialable;
import org.wayfolk.peer.Cost;
import org.wayfolk.peer.Network;
import org.wayfolk.transport.Address;

/**
 * What {@code up} was asked for.
 *
 * @param home directory of the home
 * @param network null takes the home's own, or the default
 * @param listen where, port 0 takes any; null takes the home's kept port
 * @param joins nodes to begin with, resolved in the background
 * @param dialable whether to publish where it listens
 * @param maxInbound most links that others dialled; negative takes the library's default
 * @param maxInboundPerAddress the same from one address
 * @param carryPerDay most bytes a day to carry for others, from now on; negative takes what the
 *     home keeps
 * @param cost what it costs that the node is there for others, from now on; null takes what the
 *     home keeps
 * @param page port of the local page; {@link org.wayfolk.daemon.web.Page#KEPT} or {@link
 *     org.wayfolk.daemon.web.Page#OFF}
 * @param seed file with the seed of the first start; null mints one
 * @param verbose whether the log says more
 */
public record UpPlan(
    Path home,
    @Nullable Network network,
    @Nullable Address listen,
    List<Join> joins,
    Dialable dialable,
    int maxInbound,
    int maxInboundPerAddress,
    long carryPerDay,
    @Nullable Cost cost,
    int page,
    @Nullable Path seed,
    boolean verbose) {

  /**
   * Reads an amount of bytes a day as a user writes it; see docs/cli.md.
   *
   * @throws org.wayfolk.daemon.terminal.Failure with status 2 if it is none
   */
  public static long bytesPerDay(String text) throws org.wayfolk.daemon.terminal.Failure {
    return Carrying.parse(text);
  }

  /**
   * Reads a cost class as a user writes it; see docs/cli.md.
   *
   * @throws org.wayfolk.daemon.terminal.Failure with status 2 if it is none
   */
  public static Cost cost(String text) throws org.wayfolk.daemon.terminal.Failure {
    return CostWord.parse(text);
  }

  /** A node to begin with. */
  public interface Join {
    /**
     * Where it is; may ask a resolver and block.
     *
     * @throws java.net.UnknownHostException if its host has no address
     */
    org.wayfolk.peer.Peer resolve() throws java.net.UnknownHostException;

    /** As to be named in a warning. */
    String brief();
  }
}
