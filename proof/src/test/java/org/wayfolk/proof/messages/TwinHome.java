package org.wayfolk.proof.messages;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.sim.disk.Moment;

/**
 * A messenger of a hundred lines that keeps all in memory and promises the same: what is committed
 * is kept. It repeats each event until the other side has it. One fault can be planted.
 */
final class TwinHome implements Home {
  private static final Duration RETRY = Duration.ofSeconds(20);

  /** What happened in a conversation; {@code kind} t, e, d or r. */
  private record Event(
      Id id, char kind, int author, int reader, Place place, String text, @Nullable Id of) {}

  private final int number;
  private final TwinWorld world;
  private final List<TwinHome> town;
  private final TwinFault fault;

  /** What is on the disk. */
  private final Map<Id, Event> events = new HashMap<>();

  private final Map<Id, Event> outbox = new HashMap<>();
  private final Set<Id> arrived = new HashSet<>();
  private final Map<Id, Long> came = new HashMap<>();
  private final Set<Id> twice = new HashSet<>();

  /** Takes back what was said to be on the disk and is not. */
  private final List<Runnable> unsynced = new ArrayList<>();

  private long lamport;
  private long sequence;
  private @Nullable Run run;
  private int momentsLeft;
  private @Nullable Runnable fallen;
  private boolean broken;

  TwinHome(int number, TwinWorld world, List<TwinHome> town, TwinFault fault) {
    this.number = number;
    this.world = world;
    this.town = town;
    this.fault = fault;
  }

  @Override
  public Life start(Ears ears) throws IOException {
    if (broken) {
      throw new IOException("no database");
    }
    Run r = new Run(ears);
    run = r;
    repeat(r);
    return r;
  }

  @Override
  public void stop() {
    run = null;
    unsynced.clear();
  }

  @Override
  public void kill() {
    stop();
  }

  @Override
  public void powerLoss(RandomGenerator dice) {
    run = null;
    unsynced.reversed().forEach(Runnable::run);
    unsynced.clear();
    broken = wrong(TwinFault.BREAKS);
  }

  @Override
  public void powerLossIn(Moment moment, int nth, RandomGenerator dice, Runnable then) {
    momentsLeft = nth;
    fallen = then;
  }

  private boolean wrong(TwinFault which) {
    return fault == which && world.dice.nextInt(100) < fault.often;
  }

  /** Commits; false if the power went before anybody was told. */
  private boolean commit(Event e, boolean mine) {
    events.put(e.id, e);
    came.put(e.id, sequence + came.size());
    if (mine) {
      outbox.put(e.id, e);
    }
    boolean late = mine ? wrong(TwinFault.KEEPS_LATE) : wrong(TwinFault.ANSWERS_EARLY);
    if (late) {
      unsynced.add(() -> {
        events.remove(e.id);
        outbox.remove(e.id);
      });
    }
    Runnable then = fallen;
    if (then != null && --momentsLeft <= 0) {
      fallen = null;
      boolean whole = world.dice.nextBoolean();
      if (!whole) {
        events.remove(e.id);
        outbox.remove(e.id);
      }
      powerLoss(world.dice);
      then.run();
      return false;
    }
    return true;
  }

  private void repeat(Run r) {
    if (run == r) {
      List.copyOf(outbox.values()).forEach(this::post);
      world.later(RETRY, () -> repeat(r));
    }
  }

  private void post(Event e) {
    if (world.dice.nextInt(20) != 0) {
      world.later(Duration.ofMillis(30 + world.dice.nextInt(10)), () -> town.get(e.reader).take(e));
    }
    if (wrong(TwinFault.LOSES)) {
      outbox.remove(e.id);
    }
  }

  private void take(Event e) {
    Run r = run;
    if (r == null) {
      return;
    }
    boolean known = events.containsKey(e.id);
    if (!known) {
      if (e.of != null && e.kind != 't' && !events.containsKey(e.of)) {
        return;
      }
      if (!wrong(TwinFault.CLOCK_STANDS)) {
        lamport = Math.max(lamport, e.place.lamport());
      }
      if (!commit(e, false)) {
        return;
      }
    } else if (wrong(TwinFault.SHOWS_TWICE)) {
      twice.add(e.id);
    }
    if (e.kind == 't' && (!known || wrong(TwinFault.TELLS_TWICE))) {
      r.ears.arrived(e.author, e.id);
    }
    if (world.dice.nextInt(20) != 0) {
      world.later(
          Duration.ofMillis(30 + world.dice.nextInt(10)), () -> town.get(e.author).acknowledged(e));
    }
  }

  private void acknowledged(Event e) {
    Run r = run;
    if (r != null && outbox.remove(e.id) != null) {
      arrived.add(e.id);
      if (e.kind == 't') {
        r.ears.delivered(e.id);
      }
    }
  }

  private Event of(Id id) {
    return Objects.requireNonNull(events.get(id));
  }

  /** One run of the program. */
  private final class Run implements Life {
    private final Ears ears;

    Run(Ears ears) {
      this.ears = ears;
    }

    @Override
    public CompletionStage<Id> send(int friend, String text, @Nullable Id replyTo) {
      return make('t', friend, text, wrong(TwinFault.LOSES_ANSWERS) ? null : replyTo);
    }

    @Override
    public CompletionStage<?> edit(Id message, String text) {
      return make('e', of(message).reader, text, message);
    }

    @Override
    public CompletionStage<?> delete(Id message) {
      return make('d', of(message).reader, "", message);
    }

    @Override
    public CompletionStage<?> react(Id message, String emoji) {
      return make('r', of(message).author, emoji, message);
    }

    @Override
    public CompletionStage<?> read(int friend, Id upTo) {
      return CompletableFuture.completedFuture(upTo);
    }

    private CompletionStage<Id> make(char kind, int reader, String text, @Nullable Id of) {
      CompletableFuture<Id> told = new CompletableFuture<>();
      world.later(
          Duration.ofMillis(1),
          () -> {
            if (run != this) {
              return;
            }
            Id id = new Id(world.dice.nextLong(), world.dice.nextLong());
            Place place = new Place(++lamport, new byte[] {(byte) number}, 1, ++sequence);
            Event e = new Event(id, kind, number, reader, place, text, of);
            if (wrong(TwinFault.SENDS_EARLY)) {
              town.get(reader).take(e);
            }
            boolean forgotten =
                (kind == 'e' && wrong(TwinFault.LOSES_EDITS))
                    || (kind == 'r' && wrong(TwinFault.LOSES_REACTIONS))
                    || (kind == 'd' && wrong(TwinFault.FORGETS_DELETIONS));
            if (forgotten || commit(e, true)) {
              told.complete(id);
              if (!forgotten) {
                post(e);
              }
            }
          });
      return told;
    }

    @Override
    public @Nullable Line line(Id message) {
      Event e = events.get(message);
      return e == null
          ? null
          : line(e, events.values().stream().filter(x -> e.id.equals(x.of)).toList());
    }

    private Line line(Event e, List<Event> later) {
      List<Event> about =
          later.stream()
              .filter(x -> x.kind != 't')
              .sorted(Comparator.comparing(Event::place))
              .toList();
      Event edit = about.stream().filter(x -> x.kind == 'e').reduce((x, y) -> y).orElse(null);
      boolean deleted = about.stream().anyMatch(x -> x.kind == 'd');
      Set<Line.Reaction> reactions = new HashSet<>();
      about.stream()
          .filter(x -> x.kind == 'r')
          .forEach(x -> reactions.add(new Line.Reaction(x.author == number, x.text)));
      return new Line(
          e.id,
          e.author == number,
          false,
          arrived.contains(e.id),
          deleted ? "" : edit == null ? e.text : edit.text,
          edit != null,
          deleted,
          e.of,
          reactions,
          e.place);
    }

    @Override
    public List<Line> history(int friend, @Nullable Id before, int count) {
      Comparator<Event> order =
          fault == TwinFault.SHOWS_AS_IT_COMES
              ? Comparator.comparing(e -> came.getOrDefault(e.id, 0L))
              : Comparator.comparing(Event::place);
      Map<Id, List<Event>> about = new HashMap<>();
      events.values().stream()
          .filter(e -> e.of != null)
          .forEach(e -> about.computeIfAbsent(e.of, x -> new ArrayList<>()).add(e));
      List<Line> lines = new ArrayList<>();
      events.values().stream()
          .filter(e -> e.kind == 't' && (e.author == friend || e.reader == friend))
          .sorted(order)
          .forEach(e -> {
            lines.add(line(e, about.getOrDefault(e.id, List.of())));
            if (twice.contains(e.id)) {
              lines.add(line(e, about.getOrDefault(e.id, List.of())));
            }
            if (wrong(TwinFault.INVENTS)) {
              lines.add(invented(e));
            }
          });
      int end = lines.size();
      for (int i = 0; before != null && i < lines.size(); i++) {
        if (lines.get(i).id().equals(before)) {
          end = i;
          break;
        }
      }
      return lines.subList(Math.max(0, end - count), end);
    }

    private Line invented(Event e) {
      Id id = new Id(7, world.dice.nextLong());
      return new Line(id, false, false, false, "buy", false, false, null, Set.of(), e.place);
    }
  }
}
