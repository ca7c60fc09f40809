package io.netty.handler.codec.quic;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.util.Version;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows Netty: QUIC connections by the quiche natives that Netty ships, without
 * its channels.
 *
 * <p>It stands in Netty's package because those natives are package-private; so it fits one release
 * only, {@link #PINNED}, says so at start and proves it by a handshake ({@code SelfTest}). One
 * instance serves one transport and is confined to its thread. Every address given here must be
 * native memory that outlives the call: a wrong one ends the process. Bounds are asserted through
 * {@link Bounds}.
 *
 * <p>quiche is always shown the same two constant addresses, whatever the packet's real ones are:
 * it takes the source of a packet for the peer's before it has authenticated anything, so real
 * addresses are the transport's business.
 */
@NullMarked
public final class QuicheBridge implements AutoCloseable {
  /** The release whose natives this was written against. */
  public static final String PINNED = "4.2.18.Final";

  /** The version of QUIC we speak: 1 (RFC 9000). */
  public static final int VERSION = 1;

  /** Nothing to do, nothing there or no room: the answer that is no error. */
  public static final int DONE = -1;

  /** Bytes of the scratch memory given to the constructor. */
  public static final int SCRATCH_BYTES = 1024;

  /** Longest leaf certificate looked at; ours have about 400 bytes. */
  private static final int MAX_LEAF = 4096;

  private static final String[] GROUPS = {"X25519MLKEM768", "X25519"};
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  /** Checks that native memory is ours; called only under assertions. */
  public interface Bounds {
    /** Whether all of it is memory of this transport. */
    boolean owns(long at, long length);
  }

  /** Judges the leaf certificate of the peer whose handshake is running. */
  public interface PeerCheck {
    /** Answers whether the handshake may go on. Must not throw. */
    boolean accept(byte[] leafDer);
  }

  private final Bounds bounds;
  private final QuicheQuicSslContext serverTls;
  private final QuicheQuicSslContext clientTls;
  private final long localAddress;
  private final long remoteAddress;
  private final int addressLength;
  private final long receiveInfo;
  private final long sendInfo;
  private final long fin;
  private final long error;
  private @Nullable PeerCheck running;
  private boolean closed;

  /**
   * Prepares TLS for both roles.
   *
   * @param scratch {@link #SCRATCH_BYTES} of zeroed native memory for this instance alone
   */
  public QuicheBridge(
      long scratch, Bounds bounds, X509Certificate leaf, PrivateKey key, List<String> alpns) {
    requirePinned();
    assert bounds.owns(scratch, SCRATCH_BYTES);
    this.bounds = bounds;
    LeafKeys keys = new LeafKeys(leaf, key);
    LeafTrust trust = new LeafTrust();
    String[] protocols = alpns.toArray(String[]::new);
    serverTls =
        (QuicheQuicSslContext)
            QuicSslContextBuilder.forServer(keys, null)
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager(trust)
                .option(BoringSSLContextOption.GROUPS, GROUPS)
                .earlyData(false)
                .applicationProtocols(protocols)
                .build();
    // With the ticket callback installed and no key configured, no ticket is made and none is
    // taken.
    BoringSSL.SSLContext_setSessionTicketKeys(serverTls.nativeSslContext.address(), true);
    clientTls = clientTls(keys, trust, protocols);
    addressLength = Quiche.SIZEOF_SOCKADDR_IN;
    localAddress = constantAddress(scratch, 1);
    remoteAddress = constantAddress(scratch + 128, 2);
    receiveInfo = scratch + 256;
    putNumber(receiveInfo + Quiche.QUICHE_RECV_INFO_OFFSETOF_FROM, remoteAddress, 8);
    putNumber(
        receiveInfo + Quiche.QUICHE_RECV_INFO_OFFSETOF_FROM_LEN,
        addressLength,
        Quiche.SIZEOF_SOCKLEN_T);
    putNumber(receiveInfo + Quiche.QUICHE_RECV_INFO_OFFSETOF_TO, localAddress, 8);
    putNumber(
        receiveInfo + Quiche.QUICHE_RECV_INFO_OFFSETOF_TO_LEN,
        addressLength,
        Quiche.SIZEOF_SOCKLEN_T);
    sendInfo = scratch + 384;
    fin = scratch + SCRATCH_BYTES - 16;
    error = scratch + SCRATCH_BYTES - 8;
    assert Quiche.SIZEOF_QUICHE_RECV_INFO <= 128
        && sendInfo + Quiche.SIZEOF_QUICHE_SEND_INFO <= fin;
  }

  // Netty's own class stands in this package without being null-marked, and takes null here: no
  // name is checked.
  @SuppressWarnings("NullAway")
  private static QuicheQuicSslContext clientTls(
      LeafKeys keys, LeafTrust trust, String[] protocols) {
    return (QuicheQuicSslContext)
        QuicSslContextBuilder.forClient()
            .keyManager(keys, null)
            .trustManager(trust)
            .option(BoringSSLContextOption.GROUPS, GROUPS)
            .earlyData(false)
            .endpointIdentificationAlgorithm(null)
            .applicationProtocols(protocols)
            .build();
  }

  /**
   * Loads the natives.
   *
   * @throws IllegalStateException if they are missing for this platform or not of the pinned
   *     release; the message is fit to show a user
   */
  public static void requirePinned() {
    Version found =
        Version.identify(QuicheBridge.class.getClassLoader()).get("netty-codec-classes-quic");
    String version = found == null ? "unknown" : found.artifactVersion();
    if (!version.equals(PINNED)) {
      throw new IllegalStateException(
          "the QUIC library is netty-codec-classes-quic "
              + version
              + ", but only "
              + PINNED
              + " fits");
    }
    if (!Quic.isAvailable()) {
      throw new IllegalStateException(
          "there is no QUIC library for this platform ("
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ")",
          Quic.unavailabilityCause());
    }
  }

  /** Whether an error of a stream call says that the peer has reset or stopped the stream. */
  public static boolean reset(int error) {
    return error == Quiche.QUICHE_ERR_STREAM_RESET || error == Quiche.QUICHE_ERR_STREAM_STOPPED;
  }

  /** The version of quiche inside. */
  public static String quicheVersion() {
    String version = Quiche.quiche_version();
    return version == null ? "unknown" : version;
  }

  /**
   * Makes a configuration.
   *
   * @param settings what to advertise and how to send
   * @return a handle for {@link #accept} and {@link #dial}; give it back to {@link
   *     #freeConfiguration}
   */
  public static long newConfiguration(Settings settings) {
    long c = Quiche.quiche_config_new(VERSION);
    if (c == -1) {
      throw new IllegalStateException("quiche refuses version " + VERSION);
    }
    Quiche.quiche_config_grease(c, false);
    Quiche.quiche_config_set_max_idle_timeout(c, settings.idleMillis());
    Quiche.quiche_config_set_max_recv_udp_payload_size(c, settings.maxReceivePayload());
    Quiche.quiche_config_set_max_send_udp_payload_size(c, settings.sendPayload());
    Quiche.quiche_config_set_initial_max_data(c, settings.connectionWindow());
    Quiche.quiche_config_set_initial_max_stream_data_bidi_local(c, settings.streamWindow());
    Quiche.quiche_config_set_initial_max_stream_data_bidi_remote(c, settings.streamWindow());
    Quiche.quiche_config_set_initial_max_stream_data_uni(c, 0);
    Quiche.quiche_config_set_initial_max_streams_bidi(c, settings.peerStreams());
    Quiche.quiche_config_set_initial_max_streams_uni(c, 0);
    Quiche.quiche_config_set_active_connection_id_limit(c, settings.connectionIds());
    Quiche.quiche_config_set_cc_algorithm(c, Quiche.QUICHE_CC_CUBIC);
    return c;
  }

  /** Frees what {@link #newConfiguration} made, once no new connection will use it. */
  public static void freeConfiguration(long configuration) {
    Quiche.quiche_config_free(configuration);
  }

  /**
   * What a connection advertises and how it sends.
   *
   * @param idleMillis max_idle_timeout
   * @param maxReceivePayload largest UDP payload accepted
   * @param sendPayload largest UDP payload sent
   * @param connectionWindow initial_max_data
   * @param streamWindow initial_max_stream_data_bidi_*
   * @param peerStreams bidirectional streams the peer may open
   * @param connectionIds active_connection_id_limit
   */
  public record Settings(
      long idleMillis,
      int maxReceivePayload,
      int sendPayload,
      long connectionWindow,
      long streamWindow,
      int peerStreams,
      int connectionIds) {}

  /**
   * The server's half of a new connection.
   *
   * @param id address of our 8-byte connection id
   * @param original address of the client's first destination id if a Retry replaced it, else 0
   * @param originalLength its length
   * @return null if quiche refuses
   */
  public @Nullable Engine accept(long configuration, long id, long original, int originalLength) {
    assert bounds.owns(id, 8) && (original == 0 || bounds.owns(original, originalLength));
    return engine(
        serverTls,
        configuration,
        id,
        original == 0 ? -1 : original,
        original == 0 ? -1 : originalLength);
  }

  /**
   * The client's half of a new connection; {@code id} is the address of our 8-byte connection id.
   */
  public @Nullable Engine dial(long configuration, long id) {
    assert bounds.owns(id, 8);
    return engine(clientTls, configuration, id, -1, -1);
  }

  private @Nullable Engine engine(
      QuicheQuicSslContext tls, long configuration, long id, long original, int originalLength) {
    QuicheQuicSslEngine ssl = (QuicheQuicSslEngine) tls.newEngine(UnpooledByteBufAllocator.DEFAULT);
    boolean server = !tls.isClient();
    QuicheQuicConnection connection =
        ssl.createConnection(s ->
            Quiche.quiche_conn_new_with_tls(
                id,
                8,
                original,
                originalLength,
                localAddress,
                addressLength,
                remoteAddress,
                addressLength,
                configuration,
                s,
                server));
    return connection == null ? null : new Engine(connection, ssl);
  }

  /**
   * Writes a Version Negotiation packet (RFC 9000 17.2.1) to {@code out}; answers its length or an
   * error.
   */
  public int negotiateVersion(
      long scid, int scidLength, long dcid, int dcidLength, long out, int room) {
    assert bounds.owns(out, room) && bounds.owns(scid, scidLength) && bounds.owns(dcid, dcidLength);
    return Quiche.quiche_negotiate_version(scid, scidLength, dcid, dcidLength, out, room);
  }

  /**
   * Writes a Retry packet (RFC 9000 17.2.5) with our new id and a token to {@code out}; answers its
   * length.
   */
  public int retry(Span scid, Span dcid, long newId, Span token, long out, int room) {
    assert bounds.owns(out, room)
        && bounds.owns(newId, 8)
        && bounds.owns(token.at(), token.length());
    return Quiche.quiche_retry(
        scid.at(),
        scid.length(),
        dcid.at(),
        dcid.length(),
        newId,
        8,
        token.at(),
        token.length(),
        VERSION,
        out,
        room);
  }

  /** Some native bytes. */
  public record Span(long at, int length) {}

  /** Frees the TLS contexts. Connections must be freed before. Idempotent. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      // Netty frees these in a finalizer, at the collector's pleasure. Its second release then
      // throws inside the
      // finalizer, where exceptions are ignored.
      serverTls.nativeSslContext.release();
      clientTls.nativeSslContext.release();
    }
  }

  /**
   * One QUIC connection with its TLS state. Free it explicitly; nothing may be called afterwards.
   */
  public final class Engine {
    private final QuicheQuicConnection owner;
    private final QuicheQuicSslEngine ssl;
    private final long conn;
    private boolean freed;

    private Engine(QuicheQuicConnection owner, QuicheQuicSslEngine ssl) {
      this.owner = owner;
      this.ssl = ssl;
      this.conn = owner.address();
    }

    /**
     * Feeds one UDP payload, decrypting it in place.
     *
     * @return bytes used, {@link #DONE}, or an error that has closed the connection
     */
    public int receive(long at, int length) {
      assert !freed && bounds.owns(at, length);
      return Quiche.quiche_conn_recv(conn, at, length, receiveInfo);
    }

    /**
     * Runs the TLS callbacks that wait, if any; answers whether there were some. {@link #send} goes
     * on from there.
     */
    public boolean handshakeTasks(PeerCheck check) {
      assert !freed;
      boolean any = false;
      running = check;
      try {
        for (Runnable task = owner.sslTask(); task != null; task = owner.sslTask()) {
          any = true;
          task.run();
        }
      } finally {
        running = null;
      }
      return any;
    }

    /** Writes the next packet; answers its length, {@link #DONE} or an error. */
    public int send(long at, int room) {
      assert !freed && bounds.owns(at, room);
      return Quiche.quiche_conn_send(conn, at, room, sendInfo);
    }

    /**
     * When the packet just written should leave: CLOCK_MONOTONIC nanoseconds (Linux), 0 elsewhere.
     */
    public long sendAtNanos() {
      long at = sendInfo + Quiche.QUICHE_SEND_INFO_OFFSETOF_AT;
      if (Quiche.SIZEOF_TIME_T != 8 || Quiche.SIZEOF_LONG != 8) {
        return 0;
      }
      return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, at + Quiche.TIMESPEC_OFFSETOF_TV_SEC)
              * 1_000_000_000L
          + ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, at + Quiche.TIMESPEC_OFFSETOF_TV_NSEC);
    }

    /**
     * Hands over stream bytes; answers how many were taken, {@link #DONE} if none fit, or an error.
     */
    public int streamSend(long stream, long at, int length) {
      assert !freed && bounds.owns(at, length);
      return Quiche.quiche_conn_stream_send(conn, stream, at, length, false);
    }

    /** Takes stream bytes; answers how many, {@link #DONE} or an error. See {@link #finished}. */
    public int streamReceive(long stream, long at, int room) {
      assert !freed && bounds.owns(at, room);
      return Quiche.quiche_conn_stream_recv(conn, stream, at, room, fin, error);
    }

    /** Whether the last {@link #streamReceive} that took bytes reached the end of the stream. */
    public boolean finished() {
      return ALL.get(ValueLayout.JAVA_BYTE, fin) != 0;
    }

    /** Whether the handshake is done. */
    public boolean established() {
      assert !freed;
      return Quiche.quiche_conn_is_established(conn);
    }

    /** Whether nothing more will happen. */
    public boolean closed() {
      assert !freed;
      return Quiche.quiche_conn_is_closed(conn);
    }

    /** Whether it ended by its idle timer. */
    public boolean timedOut() {
      assert !freed;
      return Quiche.quiche_conn_is_timed_out(conn);
    }

    /** Nanoseconds until {@link #expire} is due, or a negative number for never. */
    public long timeoutNanos() {
      assert !freed;
      return Quiche.quiche_conn_timeout_as_nanos(conn);
    }

    /** The deadline has come. */
    public void expire() {
      assert !freed;
      Quiche.quiche_conn_on_timeout(conn);
    }

    /**
     * Begins to close with an application or a transport error code; {@link #send} writes the
     * packet that says so.
     */
    public void close(boolean application, long code) {
      assert !freed;
      Quiche.quiche_conn_close(conn, application, code, fin, 0);
    }

    /** What the peer closed with, or null while it has not. */
    public @Nullable PeerError peerError() {
      assert !freed;
      QuicConnectionCloseEvent e = Quiche.quiche_conn_peer_error(conn);
      return e == null ? null : new PeerError(e.isApplicationClose(), e.error());
    }

    /** Packets received and authenticated so far. */
    public long packetsReceived() {
      return stat(0);
    }

    /** Packets sent so far. */
    public long packetsSent() {
      return stat(1);
    }

    /** Packets declared lost so far. */
    public long packetsLost() {
      return stat(2);
    }

    private long stat(int index) {
      assert !freed;
      long[] stats = Quiche.quiche_conn_stats(conn);
      return stats == null ? 0 : stats[index];
    }

    /** Smoothed round trip in nanoseconds, 0 while unknown. Allocates. */
    public long roundTripNanos() {
      assert !freed;
      Object[] path = Quiche.quiche_conn_path_stats(conn, 0);
      return path == null ? 0 : (long) path[8];
    }

    /** How many more connection ids the peer wants from us. */
    public int idsWanted() {
      assert !freed;
      return Quiche.quiche_conn_scids_left(conn);
    }

    /** Offers a spare 8-byte connection id; false if the peer has enough. */
    public boolean offerId(long id, byte[] resetToken) {
      assert !freed && bounds.owns(id, 8);
      return Quiche.quiche_conn_new_scid(conn, id, 8, resetToken, false, -1) >= 0;
    }

    /** The next of our ids that the peer no longer uses, or null. */
    public byte @Nullable [] retiredId() {
      assert !freed;
      return Quiche.quiche_conn_retired_scid_next(conn);
    }

    /** The negotiated ALPN, or null before the handshake. */
    public @Nullable String alpn() {
      return ssl.getApplicationProtocol();
    }

    /** Whether TLS resumed a session, which we never want. */
    public boolean resumed() {
      return ssl.isSessionReused();
    }

    /** Frees the connection and its TLS state. Once. */
    public void free() {
      assert !freed;
      freed = true;
      owner.free();
    }
  }

  /**
   * How a peer closed.
   *
   * @param application whether the code is the application's; else it is QUIC's (RFC 9000 20.1)
   * @param code the error code
   */
  public record PeerError(boolean application, long code) {}

  private static long constantAddress(long at, int last) {
    // 240.0.0.0/4 is reserved (RFC 1112): if one of these ever reaches the wire, it goes nowhere.
    putNumber(at + Quiche.SOCKADDR_IN_OFFSETOF_SIN_FAMILY, Quiche.AF_INET, 2);
    ALL.set(ValueLayout.JAVA_BYTE, at + Quiche.SOCKADDR_IN_OFFSETOF_SIN_PORT + 1, (byte) last);
    long ip = at + Quiche.SOCKADDR_IN_OFFSETOF_SIN_ADDR + Quiche.IN_ADDRESS_OFFSETOF_S_ADDR;
    ALL.set(ValueLayout.JAVA_BYTE, ip, (byte) 240);
    ALL.set(ValueLayout.JAVA_BYTE, ip + 3, (byte) last);
    return at;
  }

  private static void putNumber(long at, long value, int bytes) {
    switch (bytes) {
      case 2 -> ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) value);
      case 4 -> ALL.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) value);
      case 8 -> ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, at, value);
      default -> throw new IllegalArgumentException("no number of " + bytes + " bytes");
    }
  }

  /** Shows our one leaf, whatever is asked for. */
  private static final class LeafKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "leaf";
    private final X509Certificate leaf;
    private final PrivateKey key;

    LeafKeys(X509Certificate leaf, PrivateKey key) {
      this.leaf = leaf;
      this.key = key;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String chooseEngineServerAlias(
        String type, Principal @Nullable [] issuers, SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {leaf};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }

  /** Hands the peer's leaf to the check of the connection whose tasks are being run. */
  private final class LeafTrust extends X509ExtendedTrustManager {
    private void check(X509Certificate[] chain) throws CertificateException {
      PeerCheck check = running;
      if (check == null || chain.length == 0) {
        throw new CertificateException("no certificate, or nobody to judge it");
      }
      byte[] der = chain[0].getEncoded();
      if (der.length > MAX_LEAF || !check.accept(der)) {
        throw new CertificateException("the leaf certificate proves no identity we accept");
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
