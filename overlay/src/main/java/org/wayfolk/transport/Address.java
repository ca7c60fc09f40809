package org.wayfolk.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * Where a node can be dialled: a literal IP address and a UDP port. Never a host name: what comes
 * from strangers must not make us ask a resolver.
 *
 * @param hi high 8 bytes of the address; 0 for IPv4
 * @param lo low 8 bytes; for IPv4 its 4 bytes in the low half
 * @param v4 whether this is an IPv4 address
 * @param port 0..65535; 0 means any, and is only for listening
 */
public record Address(long hi, long lo, boolean v4, int port) {

  /** How far an address reaches (RFC 6890). Ordered from the narrowest. */
  public enum Scope {
    /** This machine. */
    LOOPBACK,
    /** One link or one site: RFC 1918, RFC 4193, link-local, shared space. */
    LAN,
    /** Everywhere. */
    GLOBAL,
    /** Nowhere: wildcard, multicast, reserved, documentation. */
    NONE
  }

  /** Longest text we write or accept inside a frame: brackets, 39 characters, colon and port. */
  public static final int MAX_TEXT = 47;

  public Address {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    // One address, one value: else caps and tables could be passed by spelling one otherwise.
    if (v4 ? hi != 0 || lo >>> 32 != 0 : hi == 0 && lo >>> 32 == 0xffff) {
      throw new IllegalArgumentException("not the one form of this address");
    }
  }

  /** An IPv4 address from its 32 bits. */
  public static Address ofV4(int bits, int port) {
    return new Address(0, bits & 0xffff_ffffL, true, port);
  }

  /** From 4 or 16 raw bytes; an IPv4-mapped IPv6 address becomes IPv4. */
  public static Address of(byte[] ip, int port) {
    try {
      // getByAddress resolves nothing and unmaps ::ffff:a.b.c.d.
      byte[] b = InetAddress.getByAddress(ip).getAddress();
      Reader r = new Reader(b);
      return b.length == 4 ? ofV4(r.i32(), port) : new Address(r.i64(), r.i64(), false, port);
    } catch (UnknownHostException | Malformed e) {
      throw new IllegalArgumentException("an IP address has 4 or 16 bytes", e);
    }
  }

  /**
   * Parses {@code a.b.c.d:port} or {@code [v6]:port}.
   *
   * @throws IllegalArgumentException with a message fit to show a user
   */
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("'" + text + "' has no port; write it as IP:PORT");
    }
    String host = text.substring(0, colon);
    String digits = text.substring(colon + 1);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
      if (host.indexOf(':') < 0) {
        throw new IllegalArgumentException(
            "'" + text + "': only an IPv6 address stands in brackets");
      }
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("'" + text + "': an IPv6 address stands in brackets");
    }
    if (digits.isEmpty()
        || digits.length() > 5
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
        || Integer.parseInt(digits) > 65_535) {
      throw new IllegalArgumentException("'" + text + "': a port is a number from 0 to 65535");
    }
    try {
      // A zone names an interface of one machine; ofLiteral would look it up.
      if (host.indexOf('%') >= 0) {
        throw new IllegalArgumentException("an address with a zone");
      }
      // ofLiteral accepts literals only and never resolves.
      Address parsed = of(InetAddress.ofLiteral(host).getAddress(), Integer.parseInt(digits));
      // It also takes 1.2 for 1.0.0.2 and the like; one address has one text here.
      if (host.indexOf(':') < 0 && !parsed.toString().startsWith(host + ":")) {
        throw new IllegalArgumentException("four decimal numbers are an IPv4 address");
      }
      return parsed;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "': '" + host + "' is no IP address", e);
    }
  }

  /** The 4 or 16 raw bytes of the IP. */
  public byte[] ip() {
    return v4 ? new Writer(4).i32((int) lo).toBytes() : new Writer(16).i64(hi).i64(lo).toBytes();
  }

  /** The same IP with another port. */
  public Address withPort(int newPort) {
    return new Address(hi, lo, v4, newPort);
  }

  /** Whether the IPs are equal, whatever the ports. */
  public boolean sameIp(Address other) {
    return hi == other.hi && lo == other.lo && v4 == other.v4;
  }

  /** Whether this is 0.0.0.0 or ::. */
  public boolean wildcard() {
    return hi == 0 && lo == 0;
  }

  /** How far this address reaches. */
  public Scope scope() {
    return v4 ? scopeV4((int) lo) : scopeV6();
  }

  private static Scope scopeV4(int ip) {
    int a = ip >>> 24;
    int ab = ip >>> 16;
    if (a == 127) {
      return Scope.LOOPBACK;
    }
    if (a == 10
        || (ab & 0xfff0) == 0xac10
        || ab == 0xc0a8
        || ab == 0xa9fe
        || (ab & 0xffc0) == 0x6440) {
      return Scope.LAN;
    }
    int abc = ip >>> 8;
    boolean documentation = abc == 0xc00002 || abc == 0xc63364 || abc == 0xcb0071;
    boolean benchmark = (ab & 0xfffe) == 0xc612;
    return a == 0 || a >= 224 || documentation || benchmark || abc == 0xc00000
        ? Scope.NONE
        : Scope.GLOBAL;
  }

  private Scope scopeV6() {
    if (hi == 0 && lo == 1) {
      return Scope.LOOPBACK;
    }
    int first = (int) (hi >>> 48);
    if ((first & 0xfe00) == 0xfc00 || (first & 0xffc0) == 0xfe80) {
      return Scope.LAN;
    }
    boolean global =
        (first & 0xe000) == 0x2000 && hi >>> 32 != 0x20010db8L && hi >>> 44 != 0x3fff0L;
    return global ? Scope.GLOBAL : Scope.NONE;
  }

  /**
   * The subnet whose members count as one for diversity caps: /16 of IPv4 (/24 of loopback and
   * private ranges, so that one machine or LAN can hold a test network), /32 of IPv6. Port-free;
   * equal for equal subnets.
   */
  public long subnet() {
    if (v4) {
      int keep = scope() == Scope.GLOBAL || scope() == Scope.NONE ? 16 : 24;
      return lo >>> (32 - keep) | (long) keep << 40;
    }
    return hi >>> 32 | 1L << 48;
  }

  /** What inbound connection budgets are kept by: /24 of IPv4, /56 of IPv6. */
  public long site() {
    return v4 ? lo >>> 8 | 1L << 62 : hi >>> 8;
  }

  /** Writes the nodenet {@code addr}: two length-prefixed texts, net "quic" and endpoint. */
  public void write(Writer w) {
    w.prefixed(NET).prefixed(toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /** Bytes that {@link #write} takes. */
  public int wireBytes() {
    return 2 + NET.length + toString().length();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws Malformed if the net is not "quic" or the endpoint is no literal IP and port
   */
  public static Address read(Reader r) throws Malformed {
    byte[] net = r.copyPrefixed(16);
    byte[] text = r.copyPrefixed(MAX_TEXT);
    if (!java.util.Arrays.equals(net, NET)) {
      throw new Malformed("address of an unknown net");
    }
    try {
      return parse(new String(text, java.nio.charset.StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new Malformed("address is no literal IP and port");
    }
  }

  private static final byte[] NET = {'q', 'u', 'i', 'c'};

  /** {@code a.b.c.d:port} or {@code [v6]:port} in the form of RFC 5952. */
  @Override
  public String toString() {
    if (v4) {
      return (lo >>> 24 & 255)
          + "."
          + (lo >>> 16 & 255)
          + "."
          + (lo >>> 8 & 255)
          + "."
          + (lo & 255)
          + ":"
          + port;
    }
    return "[" + textV6() + "]:" + port;
  }

  private String textV6() {
    int[] group = new int[8];
    for (int i = 0; i < 8; i++) {
      group[i] = (int) ((i < 4 ? hi : lo) >>> (48 - 16 * (i & 3))) & 0xffff;
    }
    int best = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int j = i;
      while (j < 8 && group[j] == 0) {
        j++;
      }
      if (j - i > bestLength) {
        best = i;
        bestLength = j - i;
      }
    }
    StringBuilder s = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        s.append("::");
        i += bestLength - 1;
        continue;
      }
      if (!s.isEmpty() && s.charAt(s.length() - 1) != ':') {
        s.append(':');
      }
      s.append(HexFormat.of().toHexDigits(group[i], 4).replaceFirst("^0{1,3}", ""));
    }
    return s.toString();
  }
}
