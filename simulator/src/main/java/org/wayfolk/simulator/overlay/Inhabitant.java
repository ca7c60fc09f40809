package org.wayfolk.simulator.overlay;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.node.Node;
import org.wayfolk.node.SealingStore;
import org.wayfolk.peer.PeerCache;
import org.wayfolk.sim.Member;

/** One identity of a run, with its disk, through all its lives. */
final class Inhabitant {
  private final int number;
  private final boolean hostile;
  private Member member;
  private Disk disk = new Disk();
  private int lives = 1;
  private boolean here = true;

  Inhabitant(int number, boolean hostile, Member member, Disk disk) {
    this.number = number;
    this.hostile = hostile;
    this.member = member;
    this.disk = disk;
  }

  int number() {
    return number;
  }

  boolean hostile() {
    return hostile;
  }

  Member member() {
    return member;
  }

  Node node() {
    return member.node();
  }

  Disk disk() {
    return disk;
  }

  /** How many lives it has had, the present one included. */
  int lives() {
    return lives;
  }

  boolean here() {
    return here;
  }

  void gone() {
    here = false;
  }

  void loseDisk() {
    disk = new Disk();
  }

  void back(Member as) {
    member = as;
    lives++;
    here = true;
  }

  /** What a node keeps across lives. */
  static final class Disk {
    private List<PeerCache.Hint> hints = List.of();
    private byte @Nullable [] keys;

    PeerCache peers() {
      return new PeerCache() {
        @Override
        public List<Hint> load() {
          return hints;
        }

        @Override
        public void save(List<Hint> now) {
          hints = now;
        }
      };
    }

    SealingStore sealing() {
      return new SealingStore() {
        @Override
        public byte @Nullable [] load() {
          return keys == null ? null : keys.clone();
        }

        @Override
        public void save(byte[] now) {
          keys = now.clone();
        }
      };
    }
  }
}
