package org.wayfolk.sim.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;

/**
 * A transport and all that happened on it, in order. Waits for what is to happen without sleeping.
 */
public final class Recorder implements Transport.Events {
  /** How long a wait may take: longer than a dial's 10 s. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  /** One thing that happened. */
  public sealed interface Seen {
    /** The link it happened on, if any. */
    default @Nullable Link on() {
      return switch (this) {
        case Opened o -> o.link();
        case Received r -> r.link();
        case Closed c -> c.link();
        case Failed f -> null;
      };
    }
  }

  /** A link opened. */
  public record Opened(Link link) implements Seen {}

  /** A frame arrived, copied. */
  public record Received(Link link, byte[] frame) implements Seen {}

  /** A link closed. */
  public record Closed(Link link, CloseReason why) implements Seen {}

  /** A dial failed. */
  public record Failed(long token, Address to, DialFailure why) implements Seen {}

  private record Wait<T>(Function<List<Seen>, @Nullable T> looksFor, CompletableFuture<T> found) {
    boolean check(List<Seen> seen) {
      T t = looksFor.apply(seen);
      if (t == null) {
        return false;
      }
      // Any thread that waits is woken, none runs on here.
      found.completeAsync(() -> t, Runnable::run);
      return true;
    }
  }

  private final Transport transport;
  private final Credentials credentials;
  private final List<Seen> seen = new ArrayList<>();
  private final List<Wait<?>> waits = new ArrayList<>();
  private volatile Predicate<byte[]> takes = frame -> true;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  Recorder(Transport transport, Credentials credentials) {
    this.transport = transport;
    this.credentials = credentials;
  }

  void start(Transport.Limits limits) throws IOException {
    transport.start(credentials, limits, this);
  }

  /** The transport whose events these are. */
  public Transport transport() {
    return transport;
  }

  /** The id that its credentials show. */
  public NodeId id() {
    return credentials.id();
  }

  Credentials credentials() {
    return credentials;
  }

  Address address() {
    return transport.bound().getFirst();
  }

  /** From now on answers false to frames that the predicate does not like. */
  void takes(Predicate<byte[]> which) {
    takes = which;
  }

  /** Makes the transport's own thread wait inside its next event, as a stopped process would. */
  public void block() {
    gate = new CountDownLatch(1);
  }

  /** Lets it go on. */
  public void unblock() {
    gate.countDown();
  }

  /** Dials and waits for the link; fails if it does not open. */
  Link dial(long token, Recorder to) throws TimeoutException, InterruptedException {
    transport.dial(token, to.address(), to.id());
    return opened(token);
  }

  Link opened(long token) throws TimeoutException, InterruptedException {
    return await(all -> {
      for (Seen s : all) {
        if (s instanceof Opened(Link l) && l.dialToken() == token) {
          return l;
        }
        if (s instanceof Failed(long t, Address to, DialFailure why) && t == token) {
          throw new AssertionError("the dial to " + to + " failed: " + why);
        }
      }
      return null;
    });
  }

  /** Waits for the accepted link from a peer. */
  Link accepted(NodeId from) throws TimeoutException, InterruptedException {
    return await(all -> {
      for (Seen s : all) {
        if (s instanceof Opened(Link l) && !l.dialled() && l.peer().equals(from)) {
          return l;
        }
      }
      return null;
    });
  }

  DialFailure failed(long token) throws TimeoutException, InterruptedException {
    return await(all -> {
      for (Seen s : all) {
        if (s instanceof Failed f && f.token() == token) {
          return f.why();
        }
      }
      return null;
    });
  }

  CloseReason closed(Link link) throws TimeoutException, InterruptedException {
    return await(all -> {
      for (Seen s : all) {
        if (s instanceof Closed(Link l, CloseReason why) && l.serial() == link.serial()) {
          return why;
        }
      }
      return null;
    });
  }

  /** Waits until so many frames have come on a link, and answers them. */
  List<byte[]> frames(Link link, int count) throws TimeoutException, InterruptedException {
    return await(all -> {
      List<byte[]> frames = framesOf(all, link);
      return frames.size() >= count ? frames : null;
    });
  }

  /** Waits until a frame has come on a link, and answers all that came before it and it. */
  List<byte[]> framesUntil(Link link, byte[] last) throws TimeoutException, InterruptedException {
    return await(all -> {
      List<byte[]> frames = framesOf(all, link);
      return frames.stream().anyMatch(f -> Arrays.equals(f, last)) ? frames : null;
    });
  }

  /** What has happened so far. */
  public synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  void send(Link link, byte[] frame, TrafficClass kind) {
    if (!offer(link, frame, kind)) {
      throw new AssertionError("the outbox refused a frame of " + frame.length + " bytes");
    }
  }

  /** Offers a copy; what is refused is given back to the pool. */
  boolean offer(Link link, byte[] frame, TrafficClass kind) {
    Packet p = transport.packets().copyOf(frame);
    if (link.offer(p, kind)) {
      return true;
    }
    p.release();
    return false;
  }

  <T> T await(Function<List<Seen>, @Nullable T> looksFor)
      throws TimeoutException, InterruptedException {
    Wait<T> wait = new Wait<>(looksFor, new CompletableFuture<>());
    synchronized (this) {
      if (!wait.check(seen)) {
        waits.add(wait);
      }
    }
    try {
      return transport.host().await(wait.found(), LIMIT);
    } catch (TimeoutException e) {
      throw new TimeoutException("waited in vain; seen: " + describe());
    }
  }

  @Override
  public void opened(Link link) {
    note(new Opened(link));
  }

  @Override
  public boolean received(Link link, Packet packet) {
    pass();
    byte[] frame =
        Arrays.copyOfRange(packet.array(), packet.offset(), packet.offset() + packet.length());
    if (!takes.test(frame)) {
      return false;
    }
    packet.release();
    note(new Received(link, frame));
    return true;
  }

  @Override
  public void closed(Link link, CloseReason why) {
    note(new Closed(link, why));
  }

  @Override
  public void dialFailed(long token, Address to, DialFailure why) {
    note(new Failed(token, to, why));
  }

  private void pass() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(Seen what) {
    seen.add(what);
    for (Iterator<Wait<?>> i = waits.iterator(); i.hasNext(); ) {
      if (i.next().check(seen)) {
        i.remove();
      }
    }
  }

  private synchronized String describe() {
    StringBuilder s = new StringBuilder();
    for (Seen e : seen.subList(Math.max(0, seen.size() - 20), seen.size())) {
      s.append(e.getClass().getSimpleName());
      s.append(e instanceof Closed c ? " " + c.why() : e instanceof Failed f ? " " + f.why() : "");
      s.append("; ");
    }
    return s.toString();
  }

  private static List<byte[]> framesOf(List<Seen> all, Link link) {
    List<byte[]> frames = new ArrayList<>();
    for (Seen s : all) {
      if (s instanceof Received(Link l, byte[] frame) && l.serial() == link.serial()) {
        frames.add(frame);
      }
    }
    return frames;
  }
}
