package org.wayfolk.daemon.cli;

import java.net.UnknownHostException;
import org.wayfolk.daemon.run.UpPlan;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.peer.Peer;

/** A {@code --join} as its user wrote it. */
record JoinPeer(Who who) implements UpPlan.Join {

  /**
   * Checks that it says where.
   *
   * @throws Failure with status 2 if it does not
   */
  JoinPeer(Who who, String text) throws Failure {
    this(who);
    if (who.host() == null) {
      throw Failure.usage(
          "--join " + who.brief() + " does not say where", "write it as ID@HOST:PORT");
    }
  }

  @Override
  public Peer resolve() throws UnknownHostException {
    return new Peer(who.id(), who.resolve());
  }

  @Override
  public String brief() {
    return who.brief();
  }
}
