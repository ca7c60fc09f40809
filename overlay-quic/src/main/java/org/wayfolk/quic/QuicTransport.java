package org.wayfolk.quic;

import io.netty.handler.codec.quic.QuicheBridge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.ThreadedHost;
import org.wayfolk.transport.Transport;

/**
 * Links over QUIC version 1 (RFC 9000) with mutual TLS 1.3: one UDP socket, one daemon thread. The
 * wire is described in docs/protocol/link.md.
 *
 * <p>Thread-safe. Events come on the transport's thread.
 */
public final class QuicTransport implements Transport {
  /** The protocol of our own links. */
  public static final String ALPN = "wayfolk/1";

  /**
   * Fits nearly every path, tunnels included. Path MTU discovery (RFC 8899) would find more; 1,452
   * is worth 4 to 7 % of speed.
   */
  private static final int DEFAULT_PAYLOAD = 1350;

  /**
   * On loopback there is nothing between us that could be smaller; as large as an Ethernet packet
   * holds.
   */
  private static final int LOOPBACK_PAYLOAD = 1452;

  /**
   * All outboxes together: full only if many peers stall at once, and then their links close within
   * 5 s.
   */
  private static final long OUTBOX_BYTES = 128L << 20;

  private final QuicOptions options;
  private final PacketPool pool = new PacketPool();
  private volatile @Nullable NativeMemory memory;
  private volatile @Nullable UdpSocket socket;
  private volatile @Nullable QuicheBridge bridge;
  private volatile @Nullable QuicLoop loop;
  private volatile List<Address> bound = List.of();
  private @Nullable Thread thread;
  private volatile @Nullable Events events;
  private volatile boolean closed;

  private QuicTransport(QuicOptions options) {
    this.options = options;
  }

  /**
   * A transport that listens on {@code a.b.c.d:port} or {@code [v6]:port}; port 0 takes any. An
   * IPv6 wildcard serves IPv4 too.
   *
   * @throws IllegalArgumentException with a message fit to show a user
   */
  public static QuicTransport at(String address) {
    return at(Address.parse(address));
  }

  /** A transport that listens there, with everything else as usual. */
  public static QuicTransport at(Address address) {
    return builder(address).build();
  }

  /** A transport that listens there, with choices. */
  public static Builder builder(Address address) {
    return new Builder(address);
  }

  /** Choices that seldom differ from the usual. */
  public static final class Builder {
    private final Address at;
    private @Nullable Host host;
    private List<String> alpns = List.of(ALPN);
    private int payload = DEFAULT_PAYLOAD;
    private int loopbackPayload = LOOPBACK_PAYLOAD;
    private boolean offload = true;
    private boolean portable = !LinuxCalls.available();
    private boolean alwaysRetry;
    private long outboxBytes = OUTBOX_BYTES;
    private @Nullable SidePackets sidePackets;
    private QuicOptions.Sockets sockets = QuicOptions::system;

    private Builder(Address at) {
      this.at = at;
    }

    /** The machine whose clock and randomness are used; a threaded one by default. */
    public Builder host(Host of) {
      host = of;
      return this;
    }

    /** What is spoken, the preferred first; only {@link #ALPN} by default. */
    public Builder alpns(List<String> spoken) {
      alpns = List.copyOf(spoken);
      return this;
    }

    /**
     * Largest UDP payload sent, everywhere.
     *
     * @param bytes 1,200 to 1,452
     */
    public Builder payload(int bytes) {
      if (bytes < 1200 || bytes > 1452) {
        throw new IllegalArgumentException(
            "a UDP payload of QUIC is 1200 to 1452 bytes, not " + bytes);
      }
      payload = bytes;
      loopbackPayload = bytes;
      return this;
    }

    /** Whether the kernel joins and splits packets for us where it can; on by default. */
    public Builder offload(boolean on) {
      offload = on;
      return this;
    }

    /** Whether to use java.nio even where there are system calls. */
    public Builder portable(boolean on) {
      portable = on || !LinuxCalls.available();
      return this;
    }

    /** Whether every newcomer must prove its address by Retry, not only under load. */
    public Builder alwaysRetry(boolean on) {
      alwaysRetry = on;
      return this;
    }

    /** Most memory of all outboxes together. */
    public Builder outboxBytes(long bytes) {
      outboxBytes = bytes;
      return this;
    }

    /** Who takes datagrams that are not QUIC; nobody by default. */
    public Builder sidePackets(SidePackets taker) {
      sidePackets = taker;
      return this;
    }

    /** For tests: another network than the machine's. */
    Builder sockets(QuicOptions.Sockets opener) {
      sockets = opener;
      return this;
    }

    /** Makes the transport; nothing is bound before {@link QuicTransport#start}. */
    public QuicTransport build() {
      Host machine = host;
      return new QuicTransport(
          new QuicOptions(
              at,
              machine == null ? ThreadedHost.ofThisMachine() : machine,
              alpns,
              payload,
              loopbackPayload,
              offload,
              portable,
              alwaysRetry,
              LinuxCalls.available(),
              outboxBytes,
              sidePackets,
              sockets));
    }
  }

  @Override
  public Host host() {
    return options.host();
  }

  @Override
  public synchronized void start(Credentials credentials, Limits limits, Events taker)
      throws IOException {
    if (loop != null || closed) {
      throw new IllegalStateException("a transport is started once");
    }
    QuicheBridge.requirePinned();
    X509Certificate leaf = parse(credentials.leaf());
    NativeMemory m = new NativeMemory();
    memory = m;
    try {
      UdpSocket s = options.sockets().open(m, options);
      socket = s;
      long scratch = m.take(QuicheBridge.SCRATCH_BYTES);
      QuicheBridge b =
          new QuicheBridge(scratch, m::owns, leaf, credentials.leafKey(), options.alpns());
      bridge = b;
      SelfTest.once(b, m);
      QuicLoop l =
          new QuicLoop(
              new QuicLoop.Environment(
                  host().clock(),
                  host().random(),
                  m,
                  pool,
                  s,
                  b,
                  options,
                  credentials,
                  limits,
                  taker));
      events = taker;
      loop = l;
      bound = List.of(l.boundAddress());
      String name = "wayfolk-quic-" + s.bound().port();
      thread = Thread.ofPlatform().daemon().name(name).start(() -> run(l));
    } catch (IOException | RuntimeException e) {
      free();
      throw e;
    }
  }

  /** The thread frees what it used itself: it may be the one that closes. */
  private void run(QuicLoop l) {
    try {
      l.run();
    } finally {
      free();
    }
  }

  private static X509Certificate parse(byte[] der) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IOException("our own leaf certificate does not parse", e);
    }
  }

  @Override
  public List<Address> bound() {
    return bound;
  }

  @Override
  public void dial(long token, Address to, @Nullable NodeId expected) {
    if (token <= 0) {
      throw new IllegalArgumentException("a dial token is positive, not " + token);
    }
    QuicLoop l = loop;
    if (l == null) {
      throw new IllegalStateException("dial before start");
    }
    if (!l.dial(new Connection.Dial(token, to, expected))) {
      Events taker = events;
      if (taker != null && !closed) {
        taker.dialFailed(token, to, DialFailure.LOCAL);
      }
    }
  }

  @Override
  public Map<String, Long> counters() {
    QuicLoop l = loop;
    return l == null ? new Counters().snapshot() : l.counters().snapshot();
  }

  @Override
  public PacketPool packets() {
    return pool;
  }

  @Override
  public void close() {
    Thread t;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      t = thread;
    }
    QuicLoop l = loop;
    if (l == null || t == null) {
      return;
    }
    l.stop();
    boolean interrupted = false;
    while (t.isAlive() && t.threadId() != Thread.currentThread().threadId()) {
      try {
        t.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void free() {
    UdpSocket s = socket;
    if (s != null) {
      s.close();
    }
    QuicheBridge b = bridge;
    if (b != null) {
      b.close();
    }
    NativeMemory m = memory;
    if (m != null) {
      m.close();
    }
  }
}
