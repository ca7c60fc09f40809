package org.wayfolk.simulator.overlay;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.delivery.Message;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.simulator.figures.Progress;

/** Sends messages between pairs and keeps what became of each. */
final class Post {
  private static final int MAGIC = 0x73696d31;

  /** How long after the last send outcomes are waited for; a send gives up after ten seconds. */
  static final Duration PATIENCE = Duration.ofSeconds(11);

  private final SimWorld world;
  private final Agenda agenda;
  private final Progress progress;
  private final Spectator spectator;
  private final RandomGenerator dice;
  private final List<Sends> batches = new ArrayList<>();
  private final List<Sends.One> numbered = new ArrayList<>();

  /** Whom messages go to where an attack has victims; empty: everybody. */
  private List<Inhabitant> victims = List.of();

  Post(SimWorld world, Agenda agenda, Progress progress, Spectator spectator) {
    this.spectator = spectator;
    this.world = world;
    this.agenda = agenda;
    this.progress = progress;
    dice = world.random("pairs");
  }

  /** What has been sent, a batch a step. */
  List<Sends> batches() {
    return batches;
  }

  void victims(List<Inhabitant> who) {
    victims = who;
  }

  /** Takes a message that arrived somewhere. */
  void arrived(Message m) {
    ByteBuffer b = ByteBuffer.wrap(m.payload());
    if (b.remaining() == 8 && b.getInt() == MAGIC) {
      numbered.get(b.getInt()).arrived(world.now().toNanos());
    }
  }

  void send(Step.Send step, Population people) {
    Sends here = new Sends(step.name());
    List<Sends.One> before = batches.isEmpty() ? List.of() : batches.getLast().all();
    batches.add(here);
    Duration pause = step.over().dividedBy(Math.max(1, step.pairs()));
    for (int i = 0; i < step.pairs(); i++) {
      if (!step.again()) {
        sendNew(here, people);
      } else if (i < before.size() && before.get(i).from.here() && before.get(i).to.here()) {
        send(here, before.get(i).from, before.get(i).to, SendOptions.DEFAULT);
      }
      agenda.pass(pause);
      here.look(world.now().toNanos());
      progress.at((double) i / step.pairs(), "sending");
    }
    for (Duration waited = Duration.ZERO;
        waited.compareTo(PATIENCE) < 0;
        waited = waited.plus(Duration.ofMillis(500))) {
      agenda.pass(Duration.ofMillis(500));
      here.look(world.now().toNanos());
    }
  }

  /** One message whose fate is looked at by the caller alone. */
  Sends.One send(Inhabitant from, Inhabitant to) {
    return send(new Sends(""), from, to, SendOptions.DEFAULT.waiting());
  }

  private void sendNew(Sends here, Population people) {
    Inhabitant to = pick(victims.isEmpty() ? people.here() : victims, null);
    if (to == null) {
      return;
    }
    Inhabitant from = pick(people.here(), to);
    if (from != null) {
      send(here, from, to, SendOptions.DEFAULT);
    }
  }

  private @Nullable Inhabitant pick(List<Inhabitant> from, @Nullable Inhabitant not) {
    int others = from.size() - (not != null && not.here() && !from.isEmpty() ? 1 : 0);
    if (others <= 0) {
      return null;
    }
    while (true) {
      Inhabitant one = from.get(dice.nextInt(from.size()));
      if (!one.equals(not) && one.here()) {
        return one;
      }
    }
  }

  private Sends.One send(Sends here, Inhabitant from, Inhabitant to, SendOptions options) {
    Sends.One one = here.add(from, to, world.now().toNanos());
    byte[] payload = ByteBuffer.allocate(8).putInt(MAGIC).putInt(numbered.size()).array();
    int number = numbered.size();
    numbered.add(one);
    spectator.sent(number, from.number(), to.number());
    var _ =
        from.node()
            .send(to.member().identity().id(), payload, options)
            .future()
            .whenComplete((o, e) -> {
              here.ended(one, o, world.now().toNanos());
              if (o != null) {
                spectator.ended(number, o, one.first());
              }
            });
    return one;
  }
}
