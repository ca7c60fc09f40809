package org.wayfolk.delivery;

import java.util.HashSet;
import java.util.Set;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.SealingKeys;
import org.wayfolk.peer.Network;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.rendezvous.Answer;
import org.wayfolk.rendezvous.Originator;
import org.wayfolk.rendezvous.Rendezvous;
import org.wayfolk.transport.Link;
import org.wayfolk.wire.PayloadKind;

/**
 * Messages between two ends. Takes {@link Send}, {@link Handled}, {@link Shut} and what the rooms
 * below make known; emits {@link Inbound}. Owned by the loop.
 */
public final class Delivery implements Protocol {
  private final Rendezvous rendezvous;
  private final Sender sender;
  private final Receiver receiver;
  private final Set<Link> links = new HashSet<>();

  /**
   * The room of one node.
   *
   * @param keys the node's own sealing keys, the same that {@code rendezvous} tells others of
   * @param startedMillis wall-clock time at which this node started: what was sent before is not
   *     run, for it may be a replay of what a former life of this node has run
   */
  public Delivery(
      Identity me,
      Network network,
      SealingKeys keys,
      Rendezvous rendezvous,
      Originator out,
      long startedMillis) {
    this.rendezvous = rendezvous;
    Sealer sealer = new Sealer(me, network);
    receiver = new Receiver(me.id(), sealer, keys, rendezvous, out, startedMillis);
    sender = new Sender(me.id(), network, sealer, rendezvous, out, receiver);
    receiver.onLocalDone(sender::localDone);
  }

  @Override
  public void on(Input in, Effects fx) {
    switch (in) {
      case Send s -> sender.send(s, fx);
      case Handled h -> receiver.handled(h, fx);
      case Shut s -> shut();
      case Input.Verified v -> verified(v, fx);
      case Answer a -> sender.key(a, fx);
      case Rendezvous.Rekeyed r -> sender.rekeyed(r, fx);
      case Input.LinkUp up -> {
        links.add(up.link());
        sender.links(links.size(), fx);
      }
      case Input.LinkDown down -> {
        links.remove(down.link());
        sender.links(links.size(), fx);
      }
      case Sender.Next n -> sender.next(n, fx);
      case Sender.Deadline d -> sender.deadline(d, fx);
      case Sender.Sealed s -> sender.sealed(s, fx);
      case Receiver.Opened o -> receiver.opened(o, fx);
      case Receiver.Answered a -> receiver.answered(a, fx);
      case Receiver.Sweep s -> receiver.sweep(fx);
      case Input.WorkFailed(Receiver.Open job) -> receiver.failed(job);
      // What rendezvous asked for during a call of ours comes back to us.
      case Input.Timer t -> rendezvous.on(t, fx);
      case Input.Worked w -> rendezvous.on(w, fx);
      default -> {}
    }
  }

  private void verified(Input.Verified v, Effects fx) {
    switch (v.kind()) {
      case PayloadKind.MESSAGE -> receiver.message(v, fx);
      case PayloadKind.RECEIPT -> sender.receipt(v, fx);
      default -> {}
    }
  }

  private void shut() {
    sender.close();
    receiver.close();
  }

  /** Messages that have no outcome yet. */
  public int waiting() {
    return sender.waiting();
  }

  /** Message ids remembered; for tests of the limits. */
  int remembered() {
    return receiver.remembered();
  }
}
