package org.wayfolk.sim;

import org.wayfolk.sim.contract.HostContract;
import org.wayfolk.transport.Host;

/** The simulated host keeps the contract of all hosts. */
final class SimHostContractTest extends HostContract {
  private final SimWorld world = new SimWorld(2);

  @Override
  protected Host host() {
    return new SimHost(world);
  }
}
