package org.wayfolk.simulator.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.sim.SimTransport;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;

/**
 * A simulated transport that alters, drops and adds frames between a real node and its network. The
 * node behind it joins, keeps its links and answers as any other: so the attacker is as well placed
 * as an honest node would be.
 */
public final class HostileTransport implements Transport {
  private final SimTransport beneath;
  private final Mischief mischief;
  private final Map<Long, HostileLink> links = new LinkedHashMap<>();

  HostileTransport(SimTransport beneath, Mischief mischief) {
    this.beneath = beneath;
    this.mischief = mischief;
  }

  /** What carries the frames that are left. */
  public SimTransport beneath() {
    return beneath;
  }

  /** The links beneath, in the order of opening. A copy. */
  List<Link> links() {
    List<Link> out = new ArrayList<>(links.size());
    links.values().forEach(l -> out.add(l.real));
    return out;
  }

  void step() {
    mischief.step(this);
  }

  @Override
  public Host host() {
    return beneath.host();
  }

  @Override
  public void start(Credentials credentials, Limits limits, Events events) throws IOException {
    beneath.start(credentials, limits, new Between(events));
  }

  @Override
  public List<Address> bound() {
    return beneath.bound();
  }

  @Override
  public void dial(long token, Address to, @Nullable NodeId expected) {
    beneath.dial(token, to, expected);
  }

  @Override
  public Map<String, Long> counters() {
    return beneath.counters();
  }

  @Override
  public PacketPool packets() {
    return beneath.packets();
  }

  @Override
  public void close() {
    beneath.close();
  }

  private final class Between implements Events {
    private final Events node;

    Between(Events node) {
      this.node = node;
    }

    @Override
    public void opened(Link link) {
      HostileLink l = new HostileLink(link);
      links.put(link.serial(), l);
      node.opened(l);
    }

    @Override
    public boolean received(Link link, Packet packet) {
      HostileLink l = links.get(link.serial());
      return l == null
          || mischief.in(HostileTransport.this, link, packet)
          || node.received(l, packet);
    }

    @Override
    public void closed(Link link, CloseReason why) {
      HostileLink l = links.remove(link.serial());
      if (l != null) {
        node.closed(l, why);
      }
    }

    @Override
    public void dialFailed(long token, Address to, DialFailure why) {
      node.dialFailed(token, to, why);
    }
  }

  /** One link as the node behind sees it. */
  private final class HostileLink implements Link {
    private final Link real;

    HostileLink(Link real) {
      this.real = real;
    }

    @Override
    public long serial() {
      return real.serial();
    }

    @Override
    public NodeId peer() {
      return real.peer();
    }

    @Override
    public byte[] peerKey() {
      return real.peerKey();
    }

    @Override
    public byte[] peerSpkiHash() {
      return real.peerSpkiHash();
    }

    @Override
    public byte[] localSpkiHash() {
      return real.localSpkiHash();
    }

    @Override
    public String alpn() {
      return real.alpn();
    }

    @Override
    public boolean dialled() {
      return real.dialled();
    }

    @Override
    public long dialToken() {
      return real.dialToken();
    }

    @Override
    public Address remote() {
      return real.remote();
    }

    @Override
    public boolean offer(Packet packet, TrafficClass kind) {
      Packet leaves = mischief.out(HostileTransport.this, real, packet);
      if (leaves == null) {
        return true;
      }
      boolean taken = real.offer(leaves, kind);
      if (!taken && !leaves.equals(packet)) {
        leaves.release();
        return true; // the given one is gone
      }
      return taken;
    }

    @Override
    public int queued(TrafficClass kind) {
      return real.queued(kind);
    }

    @Override
    public long roundTripNanos() {
      return real.roundTripNanos();
    }

    @Override
    public void close(CloseReason why) {
      real.close(why);
    }

    /** By number: tables of links iterate alike in every run. */
    @Override
    public int hashCode() {
      return Long.hashCode(real.serial());
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }
}
