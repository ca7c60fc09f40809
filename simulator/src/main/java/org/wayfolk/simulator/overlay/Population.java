package org.wayfolk.simulator.overlay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Message;
import org.wayfolk.node.NodeBuilder;
import org.wayfolk.peer.Peer;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimWorld;

/** Who there is and who is there just now. */
final class Population {
  private final SimWorld world;
  private final SimNetwork net;
  private final Consumer<Message> ears;
  private final RandomGenerator entryDice;
  private final Spectator spectator;
  private final List<Inhabitant> everybody = new ArrayList<>();

  /** Honest and there; in the order of coming. */
  private final List<Inhabitant> here = new ArrayList<>();

  private final List<Inhabitant> away = new ArrayList<>();

  /**
   * @param ears what every message goes to
   */
  Population(SimWorld world, SimNetwork net, Consumer<Message> ears, Spectator spectator) {
    this.spectator = spectator;
    this.world = world;
    this.net = net;
    this.ears = ears;
    entryDice = world.random("entries");
  }

  /** A node starts; through one random member if {@code entries} is 0. */
  Inhabitant join(int entries, boolean keeps) {
    Inhabitant.Disk disk = new Inhabitant.Disk();
    Member m =
        net.add(
            world.transport(),
            net.identity(net.members().size()),
            entries(entries),
            b -> equip(b, keeps ? disk : null));
    Inhabitant i = new Inhabitant(everybody.size(), false, m, disk);
    everybody.add(i);
    here.add(i);
    listen(i);
    spectator.came(i.number(), m, false);
    return i;
  }

  /** A hostile node has started. */
  void joined(Member hostile) {
    everybody.add(new Inhabitant(everybody.size(), true, hostile, new Inhabitant.Disk()));
  }

  /** The honest one that lives as this member now; null if none does. */
  @Nullable Inhabitant living(Member member) {
    return here.stream()
        .filter(i -> i.member().number() == member.number())
        .findFirst()
        .orElse(null);
  }

  /** Whom a newcomer joins through. */
  List<Peer> entries(int entries) {
    if (here.isEmpty()) {
      return List.of();
    }
    if (entries == 0) {
      return List.of(random(entryDice).member().peer());
    }
    return everybody.stream()
        .filter(i -> !i.hostile())
        .limit(entries)
        .map(i -> i.member().peer())
        .toList();
  }

  /** Vanishes with no goodbye. */
  void kill(Inhabitant i) {
    i.member().host().crash();
    gone(i);
  }

  /** Says goodbye; takes some virtual time. */
  void leave(Inhabitant i) {
    i.node().close();
    gone(i);
  }

  /** Starts again, under its identity and at its address. */
  void back(Inhabitant i, boolean disk) {
    away.remove(i);
    if (!disk) {
      i.loseDisk();
    }
    Inhabitant.Disk kept = i.disk();
    Member m =
        net.add(
            world.transport(i.member().transport().address()),
            i.member().identity(),
            disk ? List.of() : entries(0),
            b -> equip(b, kept));
    i.back(m);
    here.add(i);
    listen(i);
    spectator.came(i.number(), m, false);
  }

  /** Honest members that are there. Live view: changes as they come and go. */
  List<Inhabitant> here() {
    return here;
  }

  /** Those that went, in the order of going. A copy. */
  List<Inhabitant> away() {
    return List.copyOf(away);
  }

  /** Everybody that ever was, hostile ones included. */
  List<Inhabitant> everybody() {
    return everybody;
  }

  /** So many different honest members that are there. */
  List<Inhabitant> some(double share, RandomGenerator dice) {
    List<Inhabitant> left = new ArrayList<>(here);
    int wanted = (int) Math.round(share * left.size());
    List<Inhabitant> out = new ArrayList<>();
    while (out.size() < wanted) {
      out.add(left.remove(dice.nextInt(left.size())));
    }
    return out;
  }

  Inhabitant random(RandomGenerator dice) {
    return here.get(dice.nextInt(here.size()));
  }

  private void gone(Inhabitant i) {
    i.gone();
    spectator.went(i.number());
    here.remove(i);
    away.add(i);
  }

  private void listen(Inhabitant i) {
    i.node().onMessage(ears);
  }

  private static void equip(NodeBuilder b, Inhabitant.@Nullable Disk disk) {
    if (disk != null) {
      b.peerCache(disk.peers()).sealingStore(disk.sealing());
    }
  }
}
