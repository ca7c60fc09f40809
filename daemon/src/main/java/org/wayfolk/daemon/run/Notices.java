package org.wayfolk.daemon.run;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.node.Node;
import org.wayfolk.node.Notice;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.DialFailure;

/** Tells the user what happens to the node: one line for each thing, once. Any thread. */
final class Notices {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  private final Voice voice;
  private final Node node;
  private final Set<Object> told = new HashSet<>();
  private final Set<Address> named = new HashSet<>();
  private boolean linked;
  private boolean isolated;
  private boolean leaving;

  Notices(Voice voice, Node node) {
    this.voice = voice;
    this.node = node;
  }

  /** Its user named this address, so what happens there is worth a line. */
  synchronized void named(Address address) {
    named.add(address);
  }

  /** Whether its user has read already why there is no link. */
  synchronized boolean anyTold() {
    return !told.isEmpty();
  }

  /** From now on links end because this node ends: no news. */
  synchronized void leaving() {
    leaving = true;
  }

  synchronized void tell(Notice notice) {
    if (leaving) {
      return;
    }
    LOG.info("{} node={}", notice, node.id().shortHex());
    switch (notice) {
      case Notice.Connected c -> connected();
      case Notice.Isolated i -> {
        isolated = true;
        voice.warn("the last link is gone", "the node goes on trying by itself");
      }
      case Notice.JoinFailed f -> {
        if (told.add(f.address())) {
          failed(f.address(), f.why());
        }
      }
      case Notice.LinkRefused r -> {
        if (named.contains(r.address()) && told.add(r.address())) {
          refused(r.address(), r.why());
        }
      }
    }
  }

  private void connected() {
    if (isolated || !linked) {
      String word = isolated ? "Linked again" : "Linked";
      linked = true;
      isolated = false;
      voice.result(Json.object().put("event", "linked"));
      voice.say(word + ": `wayfolk status --peers` shows to whom.");
    }
  }

  private void failed(Address at, DialFailure why) {
    switch (why) {
      case UNREACHABLE ->
          voice.warn(
              "nobody answers at "
                  + at
                  + (node.links().isEmpty() ? ", so there is no link yet" : ""),
              "check that it runs; this node goes on trying by itself");
      case WRONG_KEY ->
          voice.warn(
              "another node than you named answers at " + at,
              "ask for its id anew; it was not joined");
      case INCOMPATIBLE ->
          voice.warn("what answers at " + at + " is no Wayfolk node", "check the address");
      case REFUSED ->
          voice.warn(
              "the node at " + at + " refused the connection", "it may be full; try another");
      case LOCAL -> voice.warn("this machine cannot reach " + at, "check the address");
    }
  }

  private void refused(Address at, String why) {
    if (why.contains("network")) {
      voice.warn(
          "the node at " + at + " belongs to another network than " + node.network().name(),
          "use a home of that network: --home DIR --network NAME");
    } else if (why.contains("full")) {
      voice.warn("the node at " + at + " has no room", "join through another");
    } else {
      voice.warn(
          "no link to the node at %s (%s)".formatted(at, why.replace('_', ' ')),
          "one of the two may need an update, or a clock be wrong");
    }
  }
}
