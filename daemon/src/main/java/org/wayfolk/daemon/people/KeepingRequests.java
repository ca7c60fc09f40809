package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import org.wayfolk.daemon.control.Handler.Events;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Messenger;

/** Passphrase, backup and export. */
final class KeepingRequests {
  private KeepingRequests() {}

  static ObjectNode lock(Messenger m, Asked asked, Events events) {
    m.lock();
    return state(m);
  }

  static ObjectNode unlock(Messenger m, Asked asked, Events events) throws Failure, IOException {
    m.unlock(asked.secret("passphrase"));
    return state(m);
  }

  static ObjectNode passphrase(Messenger m, Asked asked, Events events)
      throws Failure, IOException {
    m.passphrase(asked.secretOrNull("old"), asked.secretOrNull("new"));
    return state(m);
  }

  static ObjectNode backup(Messenger m, Asked asked, Events events) throws Failure, IOException {
    m.backup(asked.newFile(), asked.secret("passphrase"));
    return state(m);
  }

  static ObjectNode export(Messenger m, Asked asked, Events events) throws Failure, IOException {
    OpenExport.write(m, asked.newFile());
    return state(m);
  }

  private static ObjectNode state(Messenger m) {
    return Json.object().put("state", m.lockState().name().toLowerCase(Locale.ROOT));
  }
}
