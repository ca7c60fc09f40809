package org.wayfolk.daemon.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.control.Handler;
import org.wayfolk.daemon.people.LocalMessenger;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.messenger.Locking;
import org.wayfolk.messenger.Look;
import org.wayfolk.messenger.work.News;
import org.wayfolk.messenger.work.Trouble;

/**
 * Answers {@code follow}: everything that happens, numbered. One thread of its own makes events of
 * news, reading the store; it runs from the first reader until nobody has followed for a while. The
 * messenger's thread only puts news into a queue.
 */
public final class Feed implements Handler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  /** News that may wait: a storm of more, and all readers begin anew. */
  static final int MAX_WAITING = 10_000;

  /** News that are told of one look: a reader of the store must not stand long. */
  private static final int BATCH = 256;

  /** A row of the list is told so long after its first change, with all changes since. */
  private static final Duration ROWS = Duration.ofMillis(100);

  /** How often the links are looked at while somebody follows. */
  private static final Duration NETWORK = Duration.ofSeconds(2);

  /** Who comes back later than this reads everything again, and a node without a page rests. */
  private static final Duration REST = Duration.ofMinutes(10);

  /** How often a silent reader is looked after. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final LocalMessenger people;
  private final Supplier<Neighbours> neighbours;
  private final EventLog log;
  private final LinkedBlockingQueue<News> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final AtomicBoolean missed = new AtomicBoolean();
  private final List<News> held = new ArrayList<>();
  private final Set<Long> rows = new LinkedHashSet<>();
  private volatile boolean awake;
  private @Nullable Thread thread;
  private int followers;
  private boolean closed;
  private long left;
  private long rowsSince;
  private long looked;
  private @Nullable Neighbours before;

  /** A feed of one home; it listens as soon as the messenger is open. */
  public Feed(LocalMessenger people, Supplier<Neighbours> neighbours, RandomGenerator random) {
    this.people = people;
    this.neighbours = neighbours;
    this.log = new EventLog(random);
    people.whenOpen(m -> {
      var _ = m.listen(this::heard);
      heard(new Locking(m.lockState()));
    });
  }

  /** On the messenger's thread, or on that of whoever locks it. */
  private void heard(News news) {
    if (awake && !waiting.offer(news)) {
      missed.set(true);
    }
  }

  @Override
  public ObjectNode handle(String what, ObjectNode request, Events events)
      throws IOException, InterruptedException {
    EventLog.Reader reader = begin(request);
    try {
      while (true) {
        switch (reader.next(LOOK)) {
          case EventLog.Next.Following f ->
              events.tell(
                  Telling.kind("following")
                      .put("epoch", f.epoch())
                      .put("seq", f.seq())
                      .put("complete", f.complete()));
          case EventLog.Next.Event(ObjectNode event) -> events.tell(event);
          case EventLog.Next.Nothing() -> {}
          case EventLog.Next.End() -> {
            return Json.object();
          }
        }
      }
    } finally {
      end();
    }
  }

  private synchronized EventLog.Reader begin(ObjectNode request) {
    followers++;
    if (!awake && !closed) {
      log.breakOff(); // what happened meanwhile was told to nobody
      waiting.clear();
      held.clear();
      rows.clear();
      before = null;
      awake = true;
      thread = Thread.ofPlatform().daemon().name("wayfolk-feed").start(this::run);
    }
    return log.reader(request.path("epoch").asText(), request.path("since").asLong());
  }

  private synchronized void end() {
    followers--;
    left = System.nanoTime();
  }

  private synchronized boolean isFollowed() {
    return followers > 0;
  }

  private synchronized boolean goesOn() {
    if (followers == 0 && System.nanoTime() - left > REST.toNanos()) {
      awake = false;
    }
    return awake;
  }

  private void run() {
    try {
      while (goesOn()) {
        step();
      }
    } catch (InterruptedException e) {
      LOG.debug("the feed ends");
    }
  }

  private void step() throws InterruptedException {
    News first = waiting.poll(pause(), TimeUnit.MILLISECONDS);
    try {
      if (first != null) {
        take(first);
      }
      if (missed.getAndSet(false) || held.size() > MAX_WAITING) {
        breakOff();
      }
      tellNews();
      if (!rows.isEmpty() && System.nanoTime() - rowsSince >= ROWS.toNanos()) {
        tellRows();
      }
      if (isFollowed() && System.nanoTime() - looked >= NETWORK.toNanos()) {
        looked = System.nanoTime();
        network();
      }
    } catch (Trouble t) {
      if (t.reason() != Trouble.Reason.LOCKED) {
        LOG.warn("the feed: {}", t.reason().key());
        breakOff();
      } // else what is held is told once the key is there again
    } catch (RuntimeException e) {
      LOG.error("the feed could not tell of something: our bug", e);
      breakOff();
    }
  }

  /** Something was not told: all readers begin anew. */
  private void breakOff() {
    held.clear();
    rows.clear();
    log.breakOff();
  }

  private long pause() {
    return (rows.isEmpty() ? NETWORK : ROWS).toMillis();
  }

  /** Takes what waits; that it was locked is told at once, since that needs no key. */
  private void take(News first) {
    List<News> some = new ArrayList<>();
    some.add(first);
    waiting.drainTo(some, BATCH - 1);
    for (News n : some) {
      if (n instanceof Locking l) {
        add(Telling.lock(l.state()));
      } else {
        held.add(n);
      }
    }
  }

  private void tellNews() {
    if (held.isEmpty()) {
      return;
    }
    Batch batch = new Batch();
    held.forEach(batch::add);
    List<ObjectNode> events = look(look -> new Telling(look).of(batch.news()));
    held.clear();
    if (rows.isEmpty()) {
      rowsSince = System.nanoTime();
    }
    rows.addAll(batch.conversations());
    events.forEach(this::add);
  }

  private void tellRows() {
    List<Long> some = rows.stream().limit(BATCH).toList();
    List<ObjectNode> events =
        look(look -> {
          Telling telling = new Telling(look);
          int unread = look.conversations().unread();
          return some.stream()
              .filter(n -> n == 0 || look.face(n).isPresent())
              .map(n -> telling.chat(n).put("unreadChats", unread))
              .toList();
        });
    some.forEach(rows::remove);
    events.forEach(this::add);
  }

  private List<ObjectNode> look(Function<Look, List<ObjectNode>> question) {
    return people.peek().map(m -> m.look(question)).orElse(List.of());
  }

  private void add(ObjectNode event) {
    log.add(event, 500 + event.path("text").asText().length());
  }

  private void network() {
    Neighbours now = neighbours.get();
    if (!now.equals(before)) {
      before = now;
      add(Telling.kind("network").put("links", now.linked().size()).put("near", now.near()));
    }
  }

  /** Lets all readers go. */
  @Override
  public void close() {
    Thread t;
    synchronized (this) {
      closed = true;
      awake = false;
      t = thread;
    }
    if (t != null) {
      t.interrupt();
    }
    log.close();
  }
}
