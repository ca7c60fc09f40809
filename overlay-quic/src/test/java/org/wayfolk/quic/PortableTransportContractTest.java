package org.wayfolk.quic;

/**
 * The QUIC transport keeps the contract of all transports by java.nio, as on every other system.
 */
final class PortableTransportContractTest extends QuicTransportContractTest {
  @Override
  boolean portable() {
    return true;
  }
}
