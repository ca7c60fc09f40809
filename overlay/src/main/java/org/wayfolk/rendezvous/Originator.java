package org.wayfolk.rendezvous;

import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Effects;
import org.wayfolk.routing.Copies;
import org.wayfolk.routing.Routing;

/** All that the rooms above routing need of it: how a signed frame leaves. */
public interface Originator {
  /** {@link Routing#originate}: how many copies a link took; 0 means no route. */
  int originate(byte[] frame, NodeId target, Copies plan, Effects out);

  /**
   * {@link Routing#originate}, the second copy over that neighbour, from whom the question came.
   */
  default int originate(byte[] frame, NodeId target, Copies plan, NodeId via, Effects out) {
    return originate(frame, target, plan, out);
  }

  /** {@link Routing#direct}: whether there is a live link to that node itself. */
  boolean direct(NodeId id);

  /** {@link Routing#proven}: a receipt came over this neighbour. */
  void proven(NodeId neighbor);

  /** The real one. */
  static Originator of(Routing routing) {
    return new Originator() {
      @Override
      public int originate(byte[] frame, NodeId target, Copies plan, Effects out) {
        return routing.originate(frame, target, plan, out);
      }

      @Override
      public int originate(byte[] frame, NodeId target, Copies plan, NodeId via, Effects out) {
        return routing.originate(frame, target, plan, via, out);
      }

      @Override
      public boolean direct(NodeId id) {
        return routing.direct(id);
      }

      @Override
      public void proven(NodeId neighbor) {
        routing.proven(neighbor);
      }
    };
  }
}
