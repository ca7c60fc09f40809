package org.wayfolk.quic;

import org.wayfolk.sim.contract.TransportContract;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.Transport;

/** The QUIC transport keeps the contract of all transports, with the system's fastest UDP layer. */
class QuicTransportContractTest extends TransportContract {

  boolean portable() {
    return false;
  }

  @Override
  protected Transport transport() {
    return transportAt(Address.parse("127.0.0.1:0"));
  }

  @Override
  protected Transport transportAt(Address address) {
    return QuicTransport.builder(address).portable(portable()).build();
  }

  @Override
  protected Credentials credentials(int n) {
    return new TestCredentials(n);
  }

  @Override
  protected Address nobody() {
    // The discard port: nothing answers there, and nobody may bind it by accident.
    return Address.parse("127.0.0.1:9");
  }
}
