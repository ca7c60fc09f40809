package org.wayfolk.delivery;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.HpkeContext;
import org.wayfolk.routing.Copies;
import org.wayfolk.time.Timers;

/** One message on its way out, from the command to its one outcome. */
final class Outgoing {
  /**
   * Sealings whose receipts still count; older ones are forgotten. A send of ten minutes makes
   * more.
   */
  static final int MAX_SEALINGS = 8;

  /** Where it stands. */
  enum Stage {
    /** Behind an earlier ordered message. */
    QUEUED,
    /** The receiver's key is being asked for. */
    KEY,
    /** A worker seals it. */
    SEALING,
    /** No link took it; it waits for one. */
    ROUTE,
    /** Sent; a receipt or the time for a repeat will come. */
    SENT,
    /** To ourselves: with the handler. */
    LOCAL,
    /** It has its outcome. */
    DONE
  }

  /** One try that left. */
  record Sealing(HpkeContext context, byte[] keyId, long sentAt) {}

  final MessageId id;
  final Send command;
  final NodeId target;
  final long begunAt;
  private final List<Sealing> sealings = new ArrayList<>();
  Stage stage = Stage.QUEUED;
  int tries;
  boolean resealed;
  boolean direct;
  @Nullable Status refusal;
  Timers.@Nullable Handle timer;
  Timers.@Nullable Handle deadline;

  Outgoing(MessageId id, Send command, long begunAt) {
    this.id = id;
    this.command = command;
    this.target = command.target();
    this.begunAt = begunAt;
  }

  int bytes() {
    return command.payload().length;
  }

  MessagePayload.Content content() {
    return new MessagePayload.Content(command.options().application(), command.payload());
  }

  /** By which first hops the next try leaves. */
  Copies plan(boolean directLink) {
    if (tries == 0) {
      direct = directLink;
      return directLink ? Copies.ONE_DIRECT : Copies.TWO;
    }
    return tries == 1 && direct ? Copies.TWO : Copies.THIRD;
  }

  void sent(Sealing s) {
    if (sealings.size() == MAX_SEALINGS) {
      sealings.removeFirst().context().close();
    }
    sealings.add(s);
    tries++;
  }

  /** Whether the latest try was sealed to this key. */
  boolean sealedTo(byte[] keyId) {
    return !sealings.isEmpty() && MessageDigest.isEqual(sealings.getLast().keyId(), keyId);
  }

  /** The sealing that a receipt proves, which it uses up; null if it proves none. */
  @Nullable Sealing proven(MessagePayload.Receipted r) {
    byte[] context = MessagePayload.proofContext(r.status(), r.hops());
    for (Sealing s : sealings) {
      byte[] proof = s.context().export(context, MessagePayload.PROOF_BYTES);
      if (MessageDigest.isEqual(proof, r.proof())) {
        sealings.remove(s);
        s.context().close();
        return s;
      }
    }
    return null;
  }

  /** Whether every try that left has been answered. */
  boolean allAnswered() {
    return sealings.isEmpty();
  }

  void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** Forgets everything that would come back. */
  void end() {
    stage = Stage.DONE;
    stopTimer();
    if (deadline != null) {
      deadline.cancel();
      deadline = null;
    }
    sealings.forEach(s -> s.context().close());
    sealings.clear();
  }
}
