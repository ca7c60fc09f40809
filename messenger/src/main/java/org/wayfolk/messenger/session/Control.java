package org.wayfolk.messenger.session;

/**
 * What sessions say to each other besides messages. Of each kind at most one waits for a device,
 * the newest.
 */
public enum Control {
  /** I have no session and no prekey of yours: give me a bundle. Repeated until there is one. */
  ASK(1),
  /** The bundle. */
  BUNDLE(2),
  /** The beginning of a session. No message of that session leaves before it was accepted. */
  FIRST(3),
  /** The accepting side's first words in it: what it holds, and prekeys. */
  WELCOME(4);

  private final int code;

  Control(int code) {
    this.code = code;
  }

  /** Its number in the store, for ever. */
  public int code() {
    return code;
  }

  /** The kind of that number. */
  public static Control of(int code) {
    for (Control c : values()) {
      if (c.code == code) {
        return c;
      }
    }
    throw new IllegalArgumentException("no such control: " + code);
  }
}
