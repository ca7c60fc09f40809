package org.wayfolk.sim;

import org.wayfolk.sim.contract.Recorder;
import org.wayfolk.sim.contract.TransportContract;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.Transport;

/** The simulated transport keeps the contract of all transports. */
final class SimTransportContractTest extends TransportContract {
  private final SimWorld world = new SimWorld(1);

  @Override
  protected Transport transport() {
    return world.transport();
  }

  @Override
  protected Transport transportAt(Address address) {
    return world.transport(address);
  }

  @Override
  protected Credentials credentials(int n) {
    return SimCredentials.of(n);
  }

  @Override
  protected Address nobody() {
    return Address.parse("64.0.0.1:1");
  }

  @Override
  protected void stopReading(Recorder end) {
    ((SimTransport) end.transport()).host().clog(true);
  }

  @Override
  protected void goOnReading(Recorder end) {
    ((SimTransport) end.transport()).host().clog(false);
  }
}
