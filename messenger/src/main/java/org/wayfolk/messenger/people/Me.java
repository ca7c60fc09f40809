package org.wayfolk.messenger.people;

import org.wayfolk.messenger.person.Card;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.RootClaim;

/**
 * Who I am, without anything secret.
 *
 * @param claim what my card is the hash of
 * @param name what I want to be called by those I meet; empty if I have not said
 * @param device the certificate of this device
 * @param devices all my devices
 * @param wordsWritten whether I said that the recovery words are written down; they are forgotten
 *     here then
 */
public record Me(
    RootClaim claim,
    String name,
    DeviceCertificate device,
    DeviceList devices,
    boolean wordsWritten) {

  /** My lasting name. */
  public Card card() {
    return claim.card();
  }
}
