package org.wayfolk.daemon.process;

/** Which program this is. */
public final class Version {
  /** The version; the build's test compares it with the POM. */
  public static final String TEXT = "0.1.0-SNAPSHOT";

  private Version() {}
}
