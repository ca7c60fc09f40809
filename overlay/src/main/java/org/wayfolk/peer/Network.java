package org.wayfolk.peer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.transport.Address;

/**
 * Which overlay a node belongs to. Two networks never merge: the id stands in the link hello and
 * under every record signature. Immutable; equal if the ids are equal (docs/protocol/network.md).
 *
 * <p>The id is the first 16 bytes of BLAKE2b-256 over {@code "wayfolk/1 network"}, a zero byte, the
 * name's length as two big-endian bytes, and the name in ASCII. It is no secret and proves nothing
 * about who knows it.
 */
public final class Network {
  /** Bytes of an id: enough that no two names collide by chance. */
  public static final int ID_BYTES = 16;

  /** Longest name: one line of a status page, and far under the two bytes of its length. */
  public static final int MAX_NAME = 64;

  private static final byte[] LABEL = "wayfolk/1 network\0".getBytes(StandardCharsets.US_ASCII);

  /** What the default network asks of an id: about a second on one core, once in a node's life. */
  private static final int MAIN_DIFFICULTY = 16;

  private static final String LOCAL = "local";

  private final String name;
  private final byte[] id;
  private final int difficulty;
  private final List<Peer> entries;
  private final boolean loopback;

  private Network(String name, int difficulty, List<Peer> entries, boolean loopback) {
    if (name.length() > MAX_NAME
        || !name.matches("[a-z0-9]([a-z0-9._-]*[a-z0-9])?(:[a-z0-9]([a-z0-9._-]*[a-z0-9])?)?")) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a network: a-z, 0-9 and . _ - inside, at most " + MAX_NAME);
    }
    if (difficulty < 0 || difficulty > 64) {
      throw new IllegalArgumentException("a difficulty is 0 to 64, not " + difficulty);
    }
    this.name = name;
    this.difficulty = difficulty;
    this.entries = List.copyOf(entries);
    this.loopback = loopback;
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    byte[] length = {(byte) (text.length >>> 8), (byte) text.length};
    id = Arrays.copyOf(Crypto.best().blake2b256(LABEL, length, text), ID_BYTES);
  }

  /**
   * The default network: difficulty 16, no entry nodes yet, loopback addresses count as nowhere.
   */
  public static Network main() {
    return new Network("main", MAIN_DIFFICULTY, List.of(), false);
  }

  /**
   * The network for tests and demos on one machine: difficulty 0, loopback addresses are dialled.
   */
  public static Network local() {
    return new Network(LOCAL, 0, List.of(), true);
  }

  /**
   * Another network like {@link #local()}, apart from it; its name is {@code local:NAME}.
   *
   * @throws IllegalArgumentException if the name is none; the message is fit to show a user
   */
  public static Network local(String name) {
    return new Network(LOCAL + ":" + name, 0, List.of(), true);
  }

  /**
   * A network of one's own: any name but the built-in ones.
   *
   * @param difficulty leading zero bits that an id must have, 0 to 64
   * @param entries nodes to join through
   * @param loopback whether loopback addresses are dialled and published to loopback peers
   * @throws IllegalArgumentException if the name or the difficulty is none
   */
  public static Network of(String name, int difficulty, List<Peer> entries, boolean loopback) {
    if (name.equals("main") || name.equals(LOCAL) || name.startsWith(LOCAL + ":")) {
      throw new IllegalArgumentException("'" + name + "' is a built-in network");
    }
    if (name.indexOf(':') >= 0) {
      throw new IllegalArgumentException("'" + name + "': only local:NAME has a colon");
    }
    return new Network(name, difficulty, entries, loopback);
  }

  /**
   * Parses {@code main}, {@code local} or {@code local:NAME}.
   *
   * @throws IllegalArgumentException with a message fit to show a user
   */
  public static Network parse(String text) {
    if (text.equals("main")) {
      return main();
    }
    if (text.equals(LOCAL)) {
      return local();
    }
    if (text.startsWith(LOCAL + ":")) {
      return local(text.substring(LOCAL.length() + 1));
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no network; write main, local or local:NAME");
  }

  /**
   * The same network, id included, with a difficulty of one's own choice: for tests of proof of
   * work.
   */
  public Network withDifficulty(int bits) {
    return new Network(name, bits, entries, loopback);
  }

  /** The same network with other entry nodes: what an invitation brings. */
  public Network withEntries(List<Peer> nodes) {
    return new Network(name, difficulty, nodes, loopback);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its 16-byte id, in an array of its own. */
  public byte[] id() {
    return id.clone();
  }

  /** Whether {@code other} is this network's id. */
  public boolean is(byte[] other) {
    return Arrays.equals(id, other);
  }

  /** Leading zero bits that every NodeId of this network has. */
  public int difficulty() {
    return difficulty;
  }

  /** Nodes to join through. */
  public List<Peer> entries() {
    return entries;
  }

  /**
   * Whether loopback addresses are dialled and published to loopback peers; false on {@code main}.
   */
  public boolean loopback() {
    return loopback;
  }

  /**
   * Whether a node of this network may be dialled at an address that somebody else named. Never a
   * wildcard, multicast or reserved address; never port 0 or a system port except 443, so that
   * records cannot aim us at other services (security.md 11); loopback only where the network says
   * so. What the user names himself is not asked here.
   */
  public boolean reachable(Address address) {
    if (address.port() < 1024 && address.port() != 443) {
      return false;
    }
    return switch (address.scope()) {
      case NONE -> false;
      case LOOPBACK -> loopback;
      case LAN, GLOBAL -> true;
    };
  }

  /**
   * Whether {@code address} may be told to a peer whose packets come from {@code to}: it is {@link
   * #reachable}, and the peer is reached at the same or a narrower scope. Loopback is told to
   * loopback only; a LAN address to loopback and to the same LAN; a global one to everybody. The
   * same rule for our own addresses and for those of others.
   *
   * <p>The same LAN is the same /16 of IPv4 or /48 of IPv6: wide enough for a site with several
   * subnets, too narrow for a home and a company's tunnel to be one.
   */
  public boolean mayTell(Address address, Address to) {
    if (!reachable(address)) {
      return false;
    }
    return switch (address.scope()) {
      case NONE -> false;
      case LOOPBACK -> to.scope() == Address.Scope.LOOPBACK;
      case LAN ->
          to.scope() == Address.Scope.LOOPBACK
              || (to.scope() == Address.Scope.LAN && sameSite(address, to));
      case GLOBAL -> true;
    };
  }

  /**
   * Whether a record may be passed on to a peer whose packets come from {@code to}. A record is
   * signed whole, so one address that may not be told holds all of it back; so does an address part
   * that has ended (an expired address is never gossiped). A record without addresses may go
   * anywhere.
   */
  public boolean mayTell(PeerRecord record, Address to, long nowMillis) {
    if (record.addresses().isEmpty() && record.entries().isEmpty()) {
      return record.expiry() > nowMillis;
    }
    return record.addressesEnd() > nowMillis
        && record.addresses().stream().allMatch(a -> mayTell(a, to))
        && record.entries().stream().allMatch(e -> mayTell(e.address(), to));
  }

  /**
   * Which addresses of a record may be dialled that a peer told us whose packets come from {@code
   * from}: those that may be told to it. A peer outside that names an address of our LAN would have
   * us knock inside our own house.
   */
  public List<Address> usable(PeerRecord record, Address from) {
    return record.addresses().stream().filter(a -> mayTell(a, from)).toList();
  }

  private static boolean sameSite(Address a, Address b) {
    return a.v4() == b.v4()
        && (a.v4() ? a.lo() >>> 16 == b.lo() >>> 16 : a.hi() >>> 16 == b.hi() >>> 16);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Network n && Arrays.equals(id, n.id);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(id);
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }
}
