package org.wayfolk.proof.messages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.Contact;
import org.wayfolk.messenger.Myself;
import org.wayfolk.messenger.meeting.Invited;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.sim.Joining;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimTransport;
import org.wayfolk.sim.SimWorld;

/**
 * The world of the proof: some nodes that are always up, homes with a messenger each, and the
 * meetings at which their people became friends.
 */
final class MessengerTown implements Passage, AutoCloseable {
  /** Nodes of others, through which the homes enter the network. */
  private static final int ENTRIES = 4;

  private static final Duration MEETING = Duration.ofMinutes(10);
  private static final Duration VALID = Duration.ofDays(1);

  final SimWorld world;
  final List<MessengerHome> homes = new ArrayList<>();
  private final SimNetwork entries;
  private final Map<String, Integer> cards = new HashMap<>();

  /** Builds the world; nobody knows anybody, and all machines are off. */
  MessengerTown(Plan plan, Path directory) {
    world = new SimWorld(plan.seed());
    world.network().delay(Plan.DELAY).jitter(Plan.JITTER).loss(plan.loss()).frameLoss(plan.loss());
    Network network = Network.local("town");
    entries = new SimNetwork(world, network);
    entries.grow(ENTRIES, Joining.everySecond());
    List<Peer> through = entries.members().stream().map(Member::peer).toList();
    RandomGenerator clocks = world.random("clocks");
    for (int i = 0; i < plan.users(); i++) {
      SimTransport place = world.transport();
      place.host().crash();
      homes.add(
          new MessengerHome(
              new MessengerHome.Settings(
                  world,
                  entries.identity(ENTRIES + i),
                  place.address(),
                  skew(clocks),
                  directory.resolve("user-" + i + ".db"),
                  plan.sync(),
                  node -> {
                    node.network(network);
                    through.forEach(node::join);
                  },
                  cards)));
    }
  }

  /** Brings together all who are to be friends, then switches everything off. */
  void meet(Friendships friendships) throws IOException {
    List<MessengerLife> up = new ArrayList<>();
    for (int i = 0; i < homes.size(); i++) {
      MessengerLife life = homes.get(i).start(null);
      up.add(life);
      Myself me = await(life.messenger.nameMe("user " + i));
      cards.put(me.card(), i);
    }
    world.run(Duration.ofMinutes(1));
    List<CompletableFuture<Contact>> met = new ArrayList<>();
    for (Friendships.Pair pair : friendships.pairs()) {
      Invited invited = await(up.get(pair.a()).messenger.invite(null, VALID));
      met.add(up.get(pair.b()).messenger.accept(invited.link(), null));
    }
    for (CompletableFuture<Contact> m : met) {
      await(m);
    }
    world.run(Duration.ofMinutes(1));
    homes.forEach(MessengerHome::stop);
  }

  private <T> T await(CompletableFuture<T> what) {
    world.check(world.runUntil(what::isDone, MEETING), "a meeting does not end");
    return what.join();
  }

  private static Duration skew(RandomGenerator clocks) {
    long most = Plan.SKEW.toMillis();
    return Duration.ofMillis(clocks.nextLong(-most, most + 1));
  }

  @Override
  public Duration now() {
    return world.now();
  }

  @Override
  public void run(BooleanSupplier until, Duration most) {
    world.runUntil(until, most);
  }

  @Override
  public void close() {
    homes.forEach(MessengerHome::close);
    entries.close();
  }

  /** Removes a folder and the files in it. */
  static void remove(@Nullable Path directory) throws IOException {
    if (directory == null || !Files.exists(directory)) {
      return;
    }
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
