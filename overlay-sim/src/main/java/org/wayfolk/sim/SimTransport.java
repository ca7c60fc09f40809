package org.wayfolk.sim;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.CounterName;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;

/**
 * The simulated transport: what {@code QuicTransport} is on a real machine, on a host of a {@link
 * SimWorld}. {@code new SimTransport(world)} is all that an application's test needs.
 *
 * <p>A dial takes one round trip; the other side opens half a round trip later. {@link WireShape}
 * says what the links model. All limits, budgets and close reasons are those of the seam, and both
 * transports pass one contract suite.
 */
public final class SimTransport implements Transport {
  /** How long a dial to nobody takes to fail. */
  public static final Duration DIAL_TIMEOUT = Duration.ofSeconds(5);

  /** The largest side packet: what one datagram carries. */
  public static final int MAX_SIDE_PACKET = 1_200;

  private static final int FIRST_FREE_PORT = 49_152;

  private static final String BYTES_SENT = "bytes_sent";
  private static final String BYTES_RECEIVED = "bytes_received";

  /** Every counter; what is counted at each frame stands first, where it is found at once. */
  private static final List<String> NAMES = names();

  private final SimWorld world;
  private final SimHost host;
  private final Map<Long, SimLink> links = new LinkedHashMap<>();
  private final Map<Long, Dial> dials = new LinkedHashMap<>();
  private final Map<Address, int[]> perIp = new HashMap<>();
  private final long[] counters = new long[NAMES.size()];
  private final long[] framesByClass = new long[TrafficClass.values().length];
  private final long[] bytesByClass = new long[TrafficClass.values().length];
  private final Traffic traffic = new Traffic();
  private Address address;
  private Limits limits = Limits.DEFAULT;
  private @Nullable Credentials credentials;
  private @Nullable Events events;
  private @Nullable SideListener sideListener;
  private boolean inboundBlocked;
  private boolean closed;
  private int inbound;
  private int handshaking;
  private List<SimLink> widowed = List.of();
  private long serials;
  private long sides;

  /** Takes side packets. */
  public interface SideListener {
    /** A packet came from an address; the array is the listener's. */
    void side(Address from, byte[] payload);
  }

  /** A transport on a new host with an address that the world draws. */
  public SimTransport(SimWorld world) {
    this(new SimHost(world), world.drawAddress());
  }

  /**
   * A transport on a host of the caller's, at an address of the caller's; port 0 takes a free one
   * at the start.
   */
  public SimTransport(SimHost host, Address address) {
    this.world = host.world();
    this.host = host;
    this.address = address;
    host.add(this);
  }

  @Override
  public SimHost host() {
    return host;
  }

  /** Where this transport listens or will listen. */
  public Address address() {
    return address;
  }

  /**
   * Whether this transport is behind something that lets no connection in; dials to it are
   * unreachable.
   */
  public SimTransport inboundBlocked(boolean blocked) {
    inboundBlocked = blocked;
    return this;
  }

  @Override
  public void start(Credentials credentials, Limits limits, Events events) throws IOException {
    if (this.credentials != null || closed) {
      throw new IllegalStateException("a transport is started once");
    }
    if (host.crashed()) {
      throw new IOException("host " + host.index() + " has crashed; make a new one at its address");
    }
    Address at = address;
    for (int port = FIRST_FREE_PORT; at.port() == 0 || !world.bind(at, this); port++) {
      if (address.port() != 0) {
        throw new IOException("cannot listen on " + at + ": address already in use");
      }
      at = address.withPort(port);
    }
    this.address = at;
    this.credentials = credentials;
    this.limits = limits;
    this.events = events;
  }

  @Override
  public List<Address> bound() {
    return credentials == null ? List.of() : List.of(address);
  }

  @Override
  public void dial(long token, Address to, @Nullable NodeId expected) {
    if (credentials == null) {
      throw new IllegalStateException("dial before start");
    }
    if (closed) {
      return;
    }
    boolean full = links.size() + handshaking + dials.size() >= limits.maxLinks();
    Dial d = new Dial(this, nextSerial(), token, to, expected);
    dials.put(d.serial(), d);
    world.record(Trace.Kind.DIAL, host.index(), -1, to.port(), (int) to.lo());
    d.begin(full ? DialFailure.LOCAL : null);
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> out = new LinkedHashMap<>();
    for (int i = 0; i < counters.length; i++) {
      out.put(NAMES.get(i), counters[i]);
    }
    return Collections.unmodifiableMap(out);
  }

  @Override
  public PacketPool packets() {
    return world.packets();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    leave(SimLink::shut);
  }

  /** What its frames cost on the wire, by type. */
  public Traffic traffic() {
    return traffic;
  }

  /** Frames of one class that left so far. */
  public long framesSent(TrafficClass kind) {
    return framesByClass[kind.rank()];
  }

  /** Their bytes, without what a datagram puts around them. */
  public long bytesSent(TrafficClass kind) {
    return bytesByClass[kind.rank()];
  }

  /** This end of every open connection, in the order of opening; to be looked at. A copy. */
  public List<Link> links() {
    return List.copyOf(links.values());
  }

  /** Open connections, half-open ones and dials under way included. */
  public int connections() {
    return links.size() + handshaking + dials.size();
  }

  /**
   * After the host of this transport has crashed: every other end of its links learns of it now,
   * and not when its own time runs out.
   */
  public void mourn() {
    List<SimLink> left = widowed;
    widowed = List.of();
    left.forEach(l -> l.abort(CloseReason.TIMEOUT));
  }

  /** Sets who takes side packets; null drops them. */
  public void onSide(@Nullable SideListener listener) {
    sideListener = listener;
  }

  /**
   * Sends one packet beside all links, as a hole punch or a datagram of a session travels: it may
   * be lost, arrive late, twice, or out of order, as {@link WireShape} says, and nobody repeats it.
   *
   * @throws IllegalArgumentException above {@link #MAX_SIDE_PACKET} bytes
   */
  public void sendSide(Address to, byte[] payload) {
    if (payload.length > MAX_SIDE_PACKET) {
      throw new IllegalArgumentException("a side packet of " + payload.length + " bytes");
    }
    if (!closed && host.speaks()) {
      new SidePacket(this, to, payload.clone(), ++sides).send();
    }
  }

  void side(Address from, byte[] payload) {
    SideListener l = sideListener;
    if (l != null && !closed && host.reads()) {
      l.side(from, payload);
    }
  }

  long nextSerial() {
    return ++serials;
  }

  SimWorld world() {
    return world;
  }

  Credentials credentials() {
    return Objects.requireNonNull(credentials, "not started");
  }

  Limits limits() {
    return limits;
  }

  /** Whether others can dial it as far as this node is concerned: not shut, not closed. */
  public boolean acceptsLinks() {
    return !closed && !inboundBlocked;
  }

  boolean answers() {
    return !closed && !inboundBlocked && host.reads();
  }

  boolean closed() {
    return closed;
  }

  /** Takes a place for a connection that begins, or answers the counter that says why not. */
  @Nullable String takePlace(Address from) {
    int[] ip = perIp.computeIfAbsent(from.withPort(0), k -> new int[2]);
    String why = null;
    if (connections() >= limits.maxLinks()) {
      why = CounterName.REFUSED_LINKS;
    } else if (inbound >= limits.maxInbound()) {
      why = CounterName.REFUSED_INBOUND;
    } else if (ip[0] >= limits.maxInboundPerIp()) {
      why = CounterName.REFUSED_PER_IP;
    } else if (ip[1] >= limits.maxHalfOpenPerIp()) {
      why = CounterName.REFUSED_HALF_OPEN;
    }
    if (why != null) {
      count(why);
      return why;
    }
    inbound++;
    handshaking++;
    ip[0]++;
    ip[1]++;
    return null;
  }

  /** Gives back a place whose handshake came to nothing. */
  void leavePlace(Address from) {
    handshaking--;
    freePlace(from, true);
  }

  /** The handshake of a place has made a link. */
  void accepted(SimLink link) {
    handshaking--;
    links.put(link.serial(), link);
  }

  void dialled(Dial d, SimLink link) {
    dials.remove(d.serial());
    links.put(link.serial(), link);
  }

  void failed(Dial d, DialFailure why) {
    if (dials.remove(d.serial()) == null) {
      return;
    }
    count(counter(why));
    world.record(Trace.Kind.DIAL_FAILED, host.index(), -1, (int) d.token(), why.name().hashCode());
    if (events != null) {
      events.dialFailed(d.token(), d.to(), why);
    }
  }

  void opened(SimLink link) {
    count(link.dialled() ? CounterName.DIALLED : CounterName.ACCEPTED);
    world.record(Trace.Kind.UP, host.index(), -1, (int) link.serial(), link.dialled() ? 1 : 0);
    if (events != null) {
      events.opened(link);
    }
  }

  void firstFrame(SimLink link) {
    int[] ip = perIp.get(link.remote().withPort(0));
    if (!link.dialled() && ip != null) {
      ip[1]--;
    }
  }

  void received(SimLink link, Packet p) {
    countReceived(p.length());
    traffic.received(Pipe.type(p), p.length());
    if (events == null || !events.received(link, p)) {
      count(CounterName.INBOX_FULL);
      p.release();
    }
  }

  void gone(SimLink link, CloseReason why, boolean tell) {
    if (links.remove(link.serial()) == null) {
      return;
    }
    if (!link.dialled()) {
      freePlace(link.remote(), link.halfOpen());
    }
    world.record(Trace.Kind.DOWN, host.index(), -1, (int) link.serial(), why.code());
    if (tell && events != null) {
      events.closed(link, why);
    }
  }

  void vanish() {
    if (!closed) {
      widowed = links.values().stream().map(SimLink::otherEnd).filter(Objects::nonNull).toList();
      leave(SimLink::vanish);
    }
  }

  void refresh() {
    for (SimLink l : new ArrayList<>(links.values())) {
      l.refresh();
    }
  }

  void settle() {
    links.values().forEach(SimLink::settle);
  }

  void count(String name) {
    add(name, 1);
  }

  void countReceived(int bytes) {
    add(CounterName.FRAMES_RECEIVED, 1);
    add(BYTES_RECEIVED, bytes);
  }

  void countSent(int bytes, TrafficClass kind) {
    add(CounterName.FRAMES_SENT, 1);
    add(BYTES_SENT, bytes);
    framesByClass[kind.rank()]++;
    bytesByClass[kind.rank()] += bytes;
  }

  private void leave(java.util.function.Consumer<SimLink> how) {
    closed = true;
    events = null;
    world.unbind(address, this);
    for (Dial d : new ArrayList<>(dials.values())) {
      d.abandon();
    }
    dials.clear();
    for (SimLink l : new ArrayList<>(links.values())) {
      how.accept(l);
    }
    links.clear();
  }

  private void freePlace(Address from, boolean halfOpen) {
    Address key = from.withPort(0);
    int[] ip = perIp.get(key);
    inbound--;
    if (ip == null) {
      return;
    }
    ip[0]--;
    if (halfOpen) {
      ip[1]--;
    }
    if (ip[0] == 0) {
      perIp.remove(key);
    }
  }

  private void add(String name, long n) {
    // The names are constants of the source: the same object, found without hashing.
    for (int i = 0; i < counters.length; i++) {
      if (NAMES.get(i).equals(name)) {
        counters[i] += n;
        return;
      }
    }
    throw new IllegalStateException("no counter " + name);
  }

  private static List<String> names() {
    List<String> names =
        new ArrayList<>(
            List.of(
                CounterName.FRAMES_SENT,
                BYTES_SENT,
                CounterName.FRAMES_RECEIVED,
                BYTES_RECEIVED,
                CounterName.DIALLED,
                CounterName.ACCEPTED,
                CounterName.INBOX_FULL,
                CounterName.OUTBOX_FULL,
                CounterName.REFUSED_LINKS,
                CounterName.REFUSED_INBOUND,
                CounterName.REFUSED_PER_IP,
                CounterName.REFUSED_HALF_OPEN,
                CounterName.REFUSED_CERTIFICATE,
                CounterName.FIRST_FRAME_LATE,
                CounterName.STALLED));
    for (DialFailure f : DialFailure.values()) {
      names.add(counter(f));
    }
    return List.copyOf(names);
  }

  private static String counter(DialFailure f) {
    return "dial_" + f.name().toLowerCase(java.util.Locale.ROOT);
  }
}
