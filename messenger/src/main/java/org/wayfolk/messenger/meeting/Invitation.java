package org.wayfolk.messenger.meeting;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.person.Card;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * What one person gives another so that they meet: a secret, who the inviter is, and where. Its
 * text is {@code wayfolk:i1.} and the base64url (RFC 4648, 5; no padding) of these bytes; a QR
 * holds the same text. Numbers are big-endian.
 *
 * <pre>
 *   2   n, length of the body
 *   n   body:
 *         32  secret
 *         32  card of the inviter
 *         32  NodeId of the inviter's device
 *         8   expiry, ms since the epoch
 *         1   length of the network's name ‖ name, ASCII
 *         1   number of addresses, 0..8   ‖ addresses
 *         1   number of entry nodes, 0..3 ‖ each: 32 NodeId, address
 *         ..  what later versions add, passed over
 *   4   first bytes of SHA-256 over "wayfolk/1 invitation" 0x00, the length and the body
 *   address: 1 (4 or 6) ‖ 4 or 16 bytes of IP ‖ 2 port
 * </pre>
 *
 * The length comes first so that a link that was cut is told from one that was mistyped. The
 * checksum protects from accidents only; who holds the link can make another. Immutable; never
 * logged, since it holds the secret.
 */
public final class Invitation {
  /** How the text of every version that we read begins. */
  public static final String PREFIX = "wayfolk:i1.";

  /** Bytes of the secret. */
  public static final int SECRET_BYTES = 32;

  /** IPv4 and IPv6, inside and outside, on two interfaces: more makes the QR hard to scan. */
  public static final int MAX_ADDRESSES = 8;

  /** Enough to reach the inviter from different regions of the keyspace. */
  public static final int MAX_ENTRIES = 3;

  /** Longest text that is looked at, white space included: a small multiple of the longest link. */
  public static final int MAX_TEXT = 4_096;

  private static final String SCHEME = "wayfolk:";
  private static final byte[] LABEL = "wayfolk/1 invitation\0".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECK_BYTES = 4;

  // Room for what later versions add; a QR could not hold more.
  private static final int MAX_BODY = 2_048;
  private static final String CUT = "the link is not whole: its end is missing; copy all of it";
  private static final String TYPED =
      "the link is not right: a character was changed or lost; copy it again";

  private final byte[] secret;
  private final Card card;
  private final NodeId node;
  private final List<Address> addresses;
  private final List<Peer> entries;
  private final String network;
  private final long expires;

  /**
   * An invitation.
   *
   * @param secret 32 bytes of a CSPRNG
   * @param network name of the network that both must be in
   * @param expires ms since the epoch
   * @throws IllegalArgumentException if something is longer than may be
   */
  public Invitation(byte[] secret, Card card, Peers where, String network, long expires) {
    if (secret.length != SECRET_BYTES
        || where.addresses.size() > MAX_ADDRESSES
        || where.entries.size() > MAX_ENTRIES
        || where.entries.stream().anyMatch(e -> e.address() == null)
        || network.isEmpty()
        || network.length() > Network.MAX_NAME) {
      throw new IllegalArgumentException("no invitation can hold this");
    }
    this.secret = secret.clone();
    this.card = card;
    this.node = where.node;
    this.addresses = where.addresses;
    this.entries = where.entries;
    this.network = network;
    this.expires = expires;
  }

  /**
   * Where an inviter is found.
   *
   * @param node the device that invites
   * @param addresses where it can be dialled, at most {@link #MAX_ADDRESSES}
   * @param entries nodes to join through, each with an address, at most {@link #MAX_ENTRIES}
   */
  public record Peers(NodeId node, List<Address> addresses, List<Peer> entries) {
    /** Copies the lists. */
    public Peers {
      addresses = List.copyOf(addresses);
      entries = List.copyOf(entries);
    }
  }

  /** Whether a text looks like a link of some version, rather than like a spoken code. */
  public static boolean looksLike(String text) {
    return text.strip().regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /**
   * Reads the text of a link. White space inside it (a mail program's line breaks) does no harm.
   *
   * @throws Malformed with a sentence that can be shown: it was cut, mistyped, or is of another
   *     version
   */
  public static Invitation parse(String text) throws Malformed {
    if (text.length() > MAX_TEXT) {
      throw new Malformed("this is too long to be a link");
    }
    String joined = text.replaceAll("\\s+", "");
    if (!looksLike(joined)) {
      throw new Malformed("an invitation begins with wayfolk:");
    }
    int dot = joined.indexOf('.');
    String version = dot < 0 ? joined : joined.substring(0, dot + 1);
    if (!version.equalsIgnoreCase(PREFIX)) {
      boolean other = version.toLowerCase(java.util.Locale.ROOT).matches("wayfolk:i[0-9]+\\.");
      throw new Malformed(
          other ? "the link is of another version of this program; update the older one" : CUT);
    }
    String base64 = joined.substring(dot + 1);
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(base64);
      // One link, one text: the decoder passes over bits that the last character has too many.
      boolean same = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(base64);
      return decode(bytes, same);
    } catch (IllegalArgumentException e) {
      // A single character behind whole groups of four is no byte: the text ends too early.
      throw new Malformed(base64.matches("[A-Za-z0-9_-]*") ? CUT : TYPED);
    }
  }

  /**
   * Reads the bytes inside a link.
   *
   * @throws Malformed as {@link #parse}
   */
  public static Invitation decode(byte[] bytes) throws Malformed {
    return decode(bytes, true);
  }

  private static Invitation decode(byte[] bytes, boolean canonical) throws Malformed {
    if (bytes.length < Short.BYTES) {
      throw new Malformed(CUT);
    }
    Reader whole = new Reader(bytes);
    int length = whole.u16();
    if (length > MAX_BODY) {
      throw new Malformed(TYPED);
    }
    if (whole.remaining() < length + CHECK_BYTES) {
      throw new Malformed(CUT);
    }
    if (!canonical || whole.remaining() > length + CHECK_BYTES) {
      throw new Malformed(TYPED);
    }
    byte[] body = whole.copy(length);
    if (!Arrays.equals(whole.copy(CHECK_BYTES), checksum(body))) {
      throw new Malformed(TYPED);
    }
    return read(new Reader(body));
  }

  private static Invitation read(Reader r) throws Malformed {
    byte[] secret = r.copy(SECRET_BYTES);
    Card card = Card.read(r);
    NodeId node = r.nodeId();
    long expires = r.i64();
    int name = r.u8();
    if (name == 0 || name > Network.MAX_NAME) {
      throw new Malformed("the link names no network");
    }
    byte[] network = r.copy(name);
    // What is said about a network that is not ours names it in a command: letters that a shell
    // obeys are in no network's name.
    if (!new String(network, StandardCharsets.US_ASCII).matches("[a-z0-9._:-]+")) {
      throw new Malformed("the link names no network");
    }
    List<Address> addresses = new ArrayList<>();
    for (int left = few(r, MAX_ADDRESSES); left > 0; left--) {
      addresses.add(address(r));
    }
    List<Peer> entries = new ArrayList<>();
    for (int left = few(r, MAX_ENTRIES); left > 0; left--) {
      NodeId id = r.nodeId();
      entries.add(new Peer(id, address(r)));
    }
    return new Invitation(
        secret,
        card,
        new Peers(node, addresses, entries),
        new String(network, StandardCharsets.US_ASCII),
        expires);
  }

  private static int few(Reader r, int most) throws Malformed {
    int count = r.u8();
    if (count > most) {
      throw new Malformed("the link holds more addresses than it may");
    }
    return count;
  }

  private static Address address(Reader r) throws Malformed {
    int kind = r.u8();
    if (kind != 4 && kind != 6) {
      throw new Malformed("the link holds an address of an unknown kind");
    }
    byte[] ip = r.copy(kind == 4 ? 4 : 16);
    return Address.of(ip, r.u16());
  }

  private static void write(Writer w, @Nullable Address address) {
    Address a = Objects.requireNonNull(address);
    w.u8(a.v4() ? 4 : 6).bytes(a.ip()).u16(a.port());
  }

  /** The bytes that the text stands for. */
  public byte[] encode() {
    Writer w = new Writer(MAX_BODY);
    w.bytes(secret).bytes(card.bytes()).bytes(node.bytes()).i64(expires);
    w.u8(network.length()).bytes(network.getBytes(StandardCharsets.US_ASCII));
    w.u8(addresses.size());
    addresses.forEach(a -> write(w, a));
    w.u8(entries.size());
    for (Peer entry : entries) {
      w.bytes(entry.id().bytes());
      write(w, entry.address());
    }
    byte[] body = w.toBytes();
    return new Writer(Short.BYTES + body.length + CHECK_BYTES)
        .u16(body.length)
        .bytes(body)
        .bytes(checksum(body))
        .toBytes();
  }

  /** The link: what is sent, and what a QR holds. */
  public String text() {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(encode());
  }

  private static byte[] checksum(byte[] body) {
    byte[] length = {(byte) (body.length / 256), (byte) body.length};
    return Arrays.copyOf(Crypto.best().sha256(LABEL, length, body), CHECK_BYTES);
  }

  /** The secret, in an array of its own. */
  public byte[] secret() {
    return secret.clone();
  }

  /** Who invites. */
  public Card card() {
    return card;
  }

  /** The device that invites. */
  public NodeId node() {
    return node;
  }

  /** Name of the network that both must be in. */
  public String network() {
    return network;
  }

  /** When it ends, ms since the epoch by the inviter's clock. */
  public long expires() {
    return expires;
  }

  /** Whom to dial: the inviter at each address, then the entry nodes. Nothing of it is verified. */
  public List<Peer> peers() {
    List<Peer> all = new ArrayList<>();
    addresses.forEach(a -> all.add(new Peer(node, a)));
    all.addAll(entries);
    return List.copyOf(all);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Invitation that && Arrays.equals(encode(), that.encode());
  }

  @Override
  public int hashCode() {
    return Objects.hash(card, node, expires);
  }

  /** Says whose it is and nothing of the secret. */
  @Override
  public String toString() {
    return "Invitation[" + card.shortHex() + " " + network + "]";
  }
}
