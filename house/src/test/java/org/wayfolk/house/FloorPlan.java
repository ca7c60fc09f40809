package org.wayfolk.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which room may import which: strictly downwards, between modules and between the rooms of one
 * module.
 *
 * @param modules the floor of each module; {@link #ASIDE} for those that may use anything and that
 *     nobody uses
 * @param rooms the rooms, each with its package, its module and its floor within the module
 */
record FloorPlan(Map<String, Integer> modules, List<Room> rooms) {

  static final int ASIDE = Integer.MAX_VALUE;

  /** A package with all packages below it. */
  record Room(String pack, String module, int floor) {
    boolean holds(String other) {
      return other.equals(pack) || other.startsWith(pack + ".");
    }
  }

  /** The plan. A new room is one line here, and one line in ARCHITECTURE.md. */
  static final FloorPlan WAYFOLK =
      new FloorPlan(
          Map.ofEntries(
              Map.entry("overlay", 1),
              Map.entry("store", 1),
              Map.entry("overlay-quic", 2),
              Map.entry("overlay-sim", 2),
              Map.entry("messenger", 3),
              Map.entry("simulator", 3),
              Map.entry("daemon", 4),
              Map.entry("house", ASIDE),
              Map.entry("bench", ASIDE),
              Map.entry("examples", ASIDE),
              Map.entry("proof", ASIDE),
              Map.entry("browser", ASIDE)),
          List.of(
              new Room("org.wayfolk.id", "overlay", 1),
              new Room("org.wayfolk.time", "overlay", 2),
              new Room("org.wayfolk.wire", "overlay", 2),
              new Room("org.wayfolk.identity", "overlay", 3),
              new Room("org.wayfolk.transport", "overlay", 3),
              new Room("org.wayfolk.peer", "overlay", 4),
              new Room("org.wayfolk.protocol", "overlay", 5),
              new Room("org.wayfolk.routing", "overlay", 6),
              new Room("org.wayfolk.hello", "overlay", 6),
              new Room("org.wayfolk.rendezvous", "overlay", 7),
              new Room("org.wayfolk.admission", "overlay", 7),
              new Room("org.wayfolk.delivery", "overlay", 8),
              new Room("org.wayfolk.trace", "overlay", 8),
              new Room("org.wayfolk.node", "overlay", 9),
              new Room("io.netty.handler.codec.quic", "overlay-quic", 1),
              new Room("org.wayfolk.quic", "overlay-quic", 2),
              new Room("org.wayfolk.sim", "overlay-sim", 1),
              new Room("org.wayfolk.store", "store", 1),
              new Room("org.wayfolk.messenger.words", "messenger", 1),
              new Room("org.wayfolk.messenger.work", "messenger", 1),
              new Room("org.wayfolk.messenger.event", "messenger", 2),
              new Room("org.wayfolk.messenger.setting", "messenger", 2),
              new Room("org.wayfolk.messenger.person", "messenger", 2),
              new Room("org.wayfolk.messenger.ratchet", "messenger", 2),
              new Room("org.wayfolk.messenger.people", "messenger", 3),
              new Room("org.wayfolk.messenger.session", "messenger", 4),
              new Room("org.wayfolk.messenger.outbox", "messenger", 5),
              new Room("org.wayfolk.messenger.conversation", "messenger", 6),
              new Room("org.wayfolk.messenger.meeting", "messenger", 7),
              new Room("org.wayfolk.messenger.keep", "messenger", 8),
              new Room("org.wayfolk.messenger", "messenger", 9),
              new Room("org.wayfolk.simulator.figures", "simulator", 1),
              new Room("org.wayfolk.simulator.routing", "simulator", 3),
              new Room("org.wayfolk.simulator.nearest", "simulator", 4),
              new Room("org.wayfolk.simulator.overlay", "simulator", 6),
              new Room("org.wayfolk.simulator.report", "simulator", 7),
              new Room("org.wayfolk.simulator.watch", "simulator", 8),
              new Room("org.wayfolk.simulator", "simulator", 9),
              new Room("org.wayfolk.simulator.hostile", "simulator", 5),
              new Room("org.wayfolk.daemon", "daemon", 1),
              new Room("org.wayfolk.house", "house", 1),
              new Room("org.wayfolk.bench", "bench", 1),
              new Room("org.wayfolk.examples", "examples", 1),
              new Room("org.wayfolk.proof", "proof", 1),
              new Room("org.wayfolk.browser", "browser", 1)));

  /** One sentence for each import that does not go down, and for each package that has no place. */
  List<String> violations(List<Import> imports) {
    List<String> found = new ArrayList<>();
    for (Import i : imports) {
      judge(i).ifPresent(found::add);
    }
    return found.stream().distinct().sorted().toList();
  }

  private Optional<String> judge(Import i) {
    Optional<Room> from = room(i.from());
    Optional<Room> to = room(i.to());
    if (from.isEmpty()) {
      return Optional.of(unplaced(i.from()));
    }
    if (to.isEmpty()) {
      return Optional.of(unplaced(i.to()));
    }
    if (!from.get().module().equals(i.module())) {
      return Optional.of(
          i.from() + " belongs to module " + from.get().module() + ", found in " + i.module());
    }
    return down(from.get(), to.get())
        ? Optional.empty()
        : Optional.of(
            "%s (floor %s) imports %s (floor %s) in %s: imports only go down a floor"
                .formatted(i.from(), level(from.get()), i.to(), level(to.get()), i.where()));
  }

  /** Whether the plan lets {@code from} use {@code to}. */
  boolean down(Room from, Room to) {
    if (from.equals(to)) {
      return true;
    }
    if (from.module().equals(to.module())) {
      return to.floor() < from.floor();
    }
    return floor(to.module()) < floor(from.module());
  }

  /** The room that holds a package; the most specific if several do. */
  Optional<Room> room(String pack) {
    return rooms.stream()
        .filter(r -> r.holds(pack))
        .max((x, y) -> Integer.compare(x.pack().length(), y.pack().length()));
  }

  private String level(Room room) {
    int floor = floor(room.module());
    return (floor == ASIDE ? "aside" : "" + floor) + "." + room.floor();
  }

  private int floor(String module) {
    Integer floor = modules.get(module);
    if (floor == null) {
      throw new IllegalStateException("module " + module + " has no floor: add it to FloorPlan");
    }
    return floor;
  }

  private static String unplaced(String pack) {
    return pack
        + " is not in the floor plan: add its room to FloorPlan.WAYFOLK and ARCHITECTURE.md";
  }
}
