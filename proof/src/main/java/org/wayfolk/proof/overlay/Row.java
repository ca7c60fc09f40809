package org.wayfolk.proof.overlay;

import java.util.ArrayList;
import java.util.List;

/**
 * One command, under some seeds.
 *
 * @param name of its files
 * @param command what {@code ./wayfolk sim} is given, without seed and {@code --json}
 * @param seeds 1 to this
 * @param heap what the process may take, as the JVM's {@code -Xmx} has it
 * @param gates what its figures are held against
 * @param twin the same with the old policy; empty if there is none
 */
record Row(
    String name,
    List<String> command,
    int seeds,
    String heap,
    List<Gate> gates,
    List<String> twin) {

  /** The same with one more gate. */
  Row gate(String what, String... bounds) {
    List<Gate> more = new ArrayList<>(gates);
    more.add(Gate.of(what, bounds));
    return new Row(name, command, seeds, heap, List.copyOf(more), twin);
  }

  /** The same with the old policy beside it: its twin here, and what its own code did. */
  Row old(String twinCommand, String real) {
    List<Gate> told = new ArrayList<>(gates);
    told.set(0, told.getFirst().old(real));
    return new Row(name, command, seeds, heap, told, List.of(twinCommand.split(" ", -1)));
  }

  /** The files of a row: one a seed. */
  String file(long seed) {
    return name + "-seed" + seed + ".json";
  }

  String twinFile() {
    return name + "-old-policy.json";
  }

  static List<String> with(List<String> command, long seed) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--seed", Long.toString(seed), "--json"));
    return all;
  }

  /** The command as a person types it. */
  String typed() {
    String seed = seeds == 1 ? "1" : "1 .. " + seeds;
    return "./wayfolk sim " + String.join(" ", command) + " --seed " + seed + " --json";
  }
}
