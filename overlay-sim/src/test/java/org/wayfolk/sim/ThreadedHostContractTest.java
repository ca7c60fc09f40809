package org.wayfolk.sim;

import org.wayfolk.sim.contract.HostContract;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.ThreadedHost;

/** The real host keeps the contract of all hosts. */
final class ThreadedHostContractTest extends HostContract {
  @Override
  protected Host host() {
    return new ThreadedHost(1);
  }
}
