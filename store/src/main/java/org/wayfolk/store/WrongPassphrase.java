package org.wayfolk.store;

/** The passphrase is not the one that was set. Nothing was changed. */
public final class WrongPassphrase extends Exception {

  private static final long serialVersionUID = 1L;

  WrongPassphrase() {
    super("wrong passphrase");
  }
}
