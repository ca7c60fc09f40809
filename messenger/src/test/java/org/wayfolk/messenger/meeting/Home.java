package org.wayfolk.messenger.meeting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Handled.Verdict;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.DevicesUpdate;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.session.Above;
import org.wayfolk.messenger.session.Control;
import org.wayfolk.messenger.session.Held;
import org.wayfolk.messenger.session.Opened;
import org.wayfolk.messenger.session.Sessions;
import org.wayfolk.messenger.work.Engine;
import org.wayfolk.messenger.work.News;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.sim.SimHost;
import org.wayfolk.store.DiskWatch;
import org.wayfolk.store.Durability;
import org.wayfolk.store.Store;
import org.wayfolk.store.StorePlan;

/** One person's program over a real store, real people and real sessions, that can be killed. */
final class Home implements AutoCloseable {
  final Town town;
  final String name;
  final Identity identity;
  final List<News> news = new ArrayList<>();
  final List<Verdict> verdicts = new ArrayList<>();
  final List<Peer> joined = new ArrayList<>();
  final List<String> heard = new ArrayList<>();
  final List<NodeId> neighbours = new ArrayList<>();
  Set<NodeId> watched = Set.of();
  Network network = Network.local();
  int commits;

  /** Called after each commit, before anything of it leaves. */
  Runnable onCommit = () -> {};

  private final Path file;
  private @Nullable Store store;
  private @Nullable Life life;

  /** All that a kill takes. */
  private final class Life implements Ways {
    final SimHost host = new SimHost(town.world);
    final People people = new People(identity);
    final Sessions sessions = new Sessions(people, Crypto.best(), new Nobody());
    final Meetings meetings = new Meetings(people, sessions, this);
    final Engine engine;
    boolean dead;

    Life(Store open) {
      engine = new Engine(host, open, news::add);
    }

    @Override
    public NodeId self() {
      return node();
    }

    @Override
    public Network network() {
      return network;
    }

    @Override
    public Invitation.Peers introduction() {
      return new Invitation.Peers(node(), List.of(), List.of());
    }

    @Override
    public void join(List<Peer> peers) {
      joined.addAll(peers);
    }

    @Override
    public CompletableFuture<? extends Collection<NodeId>> nearest(NodeId target) {
      return CompletableFuture.completedFuture(List.copyOf(neighbours));
    }

    @Override
    public void send(NodeId to, byte[] payload) {
      if (!dead) {
        town.carry(new Town.Parcel(node(), to, payload));
      }
    }

    @Override
    public void watch(Set<NodeId> inviters) {
      watched = inviters;
    }

    @Override
    public void work(Runnable heavy) {
      host.workers().execute(heavy);
    }

    @Override
    public void turn(Consumer<Turn> job) {
      if (!dead) {
        engine.run(job);
      }
    }

    void take(Turn t, NodeId from, byte[] payload) {
      if (payload[0] == Wire.TYPE) {
        verdicts.add(meetings.arrived(t, from, payload));
      } else if (sessions.open(t, from, payload) instanceof Opened.Content content) {
        heard.add(new String(content.bytes(), StandardCharsets.UTF_8));
      }
    }
  }

  /** Nobody is above sessions here: what they ask to be sent goes out once. */
  private final class Nobody implements Above {
    @Override
    public void send(Turn t, Device to, Control kind, byte[] payload) {
      t.after(() -> alive().send(to.node(), payload));
    }

    @Override
    public void withdraw(Turn t, Device to, Control kind) {}

    @Override
    public void ready(Turn t, Device device, @Nullable Held theirs, boolean renewed) {}

    @Override
    public Held held(Turn t, Device device) {
      return Held.NOTHING;
    }

    @Override
    public void devices(Turn t, DevicesUpdate.Updated update) {}
  }

  Home(Town town, String name, byte[] seed, Path file) {
    this.town = town;
    this.name = name;
    this.identity = Identity.ofSeed(seed);
    this.file = file;
  }

  NodeId node() {
    return identity.id();
  }

  /** Starts the program. */
  void open() {
    DiskWatch watch =
        new DiskWatch() {
          @Override
          public void committed() {
            commits++;
            onCommit.run();
          }

          @Override
          public void checkpointing() {}

          @Override
          public void checkpointed() {}
        };
    People forTables = new People(identity);
    try {
      Store open =
          Store.open(
              new StorePlan(
                  file,
                  List.of(
                      forTables,
                      new Sessions(forTables, Crypto.best(), new Nobody()).shelf(),
                      Meetings.shelf()),
                  town.random.split(),
                  watch,
                  Durability.FULL));
      store = open;
      Life next = new Life(open);
      life = next;
      next.turn(t -> {
        next.people.callMe(t, name);
        next.sessions.start(t);
        next.meetings.start(t);
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    town.back(node());
  }

  /** From now on nothing leaves and nothing comes in; the disk is as it is. */
  void kill() {
    Life l = life;
    if (l != null) {
      l.dead = true;
      l.host.crash();
    }
  }

  /** Kills the program now, and starts it again a while later. */
  void restart(Duration after) {
    kill();
    town.later(
        after,
        () -> {
          close();
          open();
        });
  }

  @Override
  public void close() {
    Life l = life;
    if (l != null) {
      l.dead = true;
      l.engine.close();
      life = null;
    }
    Store s = store;
    if (s != null) {
      try {
        s.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      store = null;
    }
  }

  boolean up() {
    Life l = life;
    return l != null && !l.dead;
  }

  private Life alive() {
    Life l = life;
    if (l == null) {
      throw new IllegalStateException(name + " is not running");
    }
    return l;
  }

  void arrive(Town.Parcel parcel) {
    if (up()) {
      Life l = alive();
      l.turn(t -> l.take(t, parcel.from(), parcel.payload()));
    }
  }

  void sees(NodeId node) {
    if (up() && watched.contains(node)) {
      alive().turn(t -> alive().meetings.seen(t, node));
    }
  }

  /** Runs a job and waits for it. */
  <T> T turn(Function<Turn, T> job) {
    return town.await(alive().engine.submit(job));
  }

  Invited invite(@Nullable String as, Duration validFor) {
    return turn(t -> alive().meetings.invite(t, as, validFor));
  }

  Invited invite() {
    return invite(null, Duration.ofDays(7));
  }

  void cancel(long invitation) {
    turn(t -> {
      alive().meetings.cancel(t, invitation);
      return true;
    });
  }

  /** Accepts; what is wrong at once is in the future too. */
  CompletableFuture<Long> accept(String text, @Nullable String as) {
    CompletableFuture<Long> result = new CompletableFuture<>();
    alive()
        .turn(t -> {
          try {
            var _ =
                alive()
                    .meetings
                    .accept(t, text, as)
                    .whenComplete((friend, failure) -> {
                      if (failure == null) {
                        result.complete(friend);
                      } else {
                        result.completeExceptionally(failure);
                      }
                    });
          } catch (Trouble e) {
            t.after(() -> result.completeExceptionally(e));
          }
        });
    return result;
  }

  CompletableFuture<Long> accept(String text) {
    return accept(text, null);
  }

  Meetings meetings() {
    return alive().meetings;
  }

  People people() {
    return alive().people;
  }

  Sessions sessions() {
    return alive().sessions;
  }

  List<Friend> friends() {
    return turn(t -> alive().people.friends(t));
  }

  /** How many friends the disk has now; for use inside the world. */
  int friendsNow() {
    Life l = life;
    return l == null ? -1 : l.engine.read((tx, vault) -> l.people.friends(tx, vault)).size();
  }

  /** The friend who has that home; asked between two events of the world. */
  Optional<Friend> friend(Home other) {
    return friends().stream().filter(f -> f.devices().device(other.node()).isPresent()).findAny();
  }

  List<Met> met() {
    return news.stream().filter(Met.class::isInstance).map(Met.class::cast).toList();
  }

  /** Sets the first passphrase: everything is written anew under another key. */
  void passphrase(String words) {
    try {
      alive().engine.store().setPassphrase(null, words.getBytes(StandardCharsets.UTF_8));
    } catch (IOException | org.wayfolk.store.WrongPassphrase e) {
      throw new IllegalStateException(e);
    }
  }

  /** How far this machine's clock is wrong from now on. */
  void wallSkew(Duration ahead) {
    alive().host.wallSkew(ahead);
  }

  /** Removes a friend, as the messenger's face does. */
  void forget(Home other) {
    turn(t -> {
      Friend friend = friend(t, other);
      alive().sessions.forget(t, friend.number());
      return alive().people.remove(t, friend.number());
    });
  }

  /** Writes to a friend, over the session of today. */
  void write(Home to, String text) {
    turn(t -> {
      Friend friend = friend(t, to);
      Device device = alive().people.devices(t, friend).getFirst();
      alive()
          .sessions
          .seal(t, device, text.getBytes(StandardCharsets.UTF_8))
          .ifPresent(p -> t.after(() -> alive().send(to.node(), p)));
      return true;
    });
  }

  private Friend friend(Turn t, Home other) {
    return alive().people.friends(t).stream()
        .filter(f -> f.devices().device(other.node()).isPresent())
        .findAny()
        .orElseThrow();
  }

  long refusals(Refused why) {
    return alive().meetings.refusals().getOrDefault(why.key(), 0L);
  }
}
