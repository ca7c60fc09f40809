package org.wayfolk.hello;

import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.time.NetworkTime;
import org.wayfolk.transport.Link;

/**
 * Carries what hellos say about clocks to {@link NetworkTime}: of connections that we dialled, one
 * sample each. Given every LinkUp and LinkDown, and {@link ClockHeard}.
 */
public final class ClockVotes implements Protocol {
  private final NetworkTime time;

  /** Votes in {@code time}, which the loop reads. */
  public ClockVotes(NetworkTime time) {
    this.time = time;
  }

  @Override
  public void on(Input in, Effects out) {
    switch (in) {
      case Input.LinkUp up when up.link().dialled() -> vote(up.link(), up.skewMillis(), out);
      case ClockHeard heard -> vote(heard.link(), heard.skewMillis(), out);
      case Input.LinkDown down -> time.ended(down.link().serial(), out.now());
      default -> {}
    }
  }

  private void vote(Link link, long skewMillis, Effects out) {
    time.vote(link.serial(), link.remote().subnet(), skewMillis, out.wallMillis(), out.now());
  }
}
