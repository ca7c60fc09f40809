package org.wayfolk.proof.messages;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.node.Node;
import org.wayfolk.node.NodeBuilder;
import org.wayfolk.node.SealingStore;
import org.wayfolk.peer.PeerCache;
import org.wayfolk.sim.SimTransport;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.sim.disk.Moment;
import org.wayfolk.sim.disk.SimDisk;
import org.wayfolk.sim.disk.Sync;
import org.wayfolk.store.DiskWatch;
import org.wayfolk.store.Durability;
import org.wayfolk.transport.Address;

/**
 * A machine of the simulated world with a node, a real messenger, and its store on a simulated
 * disk. The node's own small files (sealing keys, known peers) are taken to be synced.
 */
final class MessengerHome implements Home {
  private final Settings settings;
  private final SimDisk disk;
  private final KnownPeers peers = new KnownPeers();
  private final Keys keys = new Keys();
  private @Nullable MessengerLife life;

  /**
   * What a home is.
   *
   * @param skew how far its clock is ahead
   * @param node what its node is built with besides
   * @param cards the town's number of each card
   */
  record Settings(
      SimWorld world,
      Identity identity,
      Address address,
      Duration skew,
      Path store,
      Sync sync,
      Consumer<NodeBuilder> node,
      Map<String, Integer> cards) {}

  private static final class KnownPeers implements PeerCache {
    private List<Hint> hints = List.of();

    @Override
    public List<Hint> load() {
      return hints;
    }

    @Override
    public void save(List<Hint> now) {
      hints = List.copyOf(now);
    }
  }

  private static final class Keys implements SealingStore {
    private byte @Nullable [] kept;

    @Override
    public byte @Nullable [] load() {
      return kept == null ? null : kept.clone();
    }

    @Override
    public void save(byte[] now) {
      kept = now.clone();
    }
  }

  /** Tells the simulated disk what the store does. */
  private record Watch(SimDisk disk) implements DiskWatch {
    @Override
    public void committed() {
      disk.committed();
    }

    @Override
    public void checkpointing() {
      disk.checkpointing();
    }

    @Override
    public void checkpointed() {
      disk.checkpointed();
    }
  }

  MessengerHome(Settings settings) {
    this.settings = settings;
    this.disk = new SimDisk(settings.store, settings.sync);
  }

  @Override
  public MessengerLife start(@Nullable Ears ears) throws IOException {
    bury();
    SimTransport transport = settings.world.transport(settings.address);
    transport.host().wallSkew(settings.skew);
    NodeBuilder builder =
        Node.builder(settings.identity).transport(transport).peerCache(peers).sealingStore(keys);
    settings.node.accept(builder);
    Node node = builder.start();
    try {
      Messenger messenger =
          Messenger.start(
              node,
              settings.identity,
              transport.host(),
              new Messenger.Disk(
                  settings.store,
                  new Watch(disk),
                  settings.sync == Sync.FULL ? Durability.FULL : Durability.OFF));
      node.onMessageLater(messenger::take);
      MessengerLife started =
          new MessengerLife(node, transport.host(), messenger, settings.cards, ears);
      life = started;
      return started;
    } catch (IOException | RuntimeException e) {
      transport.host().crash();
      throw e;
    }
  }

  @Override
  public void stop() {
    MessengerLife running = running();
    running.messenger.close();
    running.die();
    running.node.close();
    running.host.crash();
    life = null;
  }

  @Override
  public void kill() {
    disk.kill();
    fall();
  }

  @Override
  public void powerLoss(RandomGenerator dice) {
    disk.powerLoss(dice);
    fall();
  }

  @Override
  public void powerLossIn(Moment moment, int nth, RandomGenerator dice, Runnable fallen) {
    disk.powerLossIn(
        moment,
        nth,
        dice,
        () -> {
          fall();
          fallen.run();
        });
  }

  /** The machine is silent from now on; the store is closed later, since it may be at work. */
  private void fall() {
    MessengerLife running = running();
    running.die();
    running.host.crash();
  }

  /** Closes what a dead program held, and only then puts in place what the disk holds. */
  private void bury() {
    if (life != null) {
      life.messenger.close();
      life = null;
    }
    if (disk.off()) {
      disk.powerBack();
    }
  }

  /** Closes everything, for good. */
  void close() {
    if (life != null && !disk.off()) {
      stop();
    }
    bury();
  }

  private MessengerLife running() {
    MessengerLife running = life;
    if (running == null) {
      throw new IllegalStateException("the machine is off");
    }
    return running;
  }
}
