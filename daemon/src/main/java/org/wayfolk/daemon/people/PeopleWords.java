package org.wayfolk.daemon.people;

import org.wayfolk.daemon.terminal.Clean;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.messenger.conversation.Note;
import org.wayfolk.messenger.outbox.Why;
import org.wayfolk.messenger.work.Trouble;

/** What the messenger's reasons are called when people read them, and what to do about each. */
public final class PeopleWords {
  private PeopleWords() {}

  /** The failure that a command ends with; its reason is the trouble's, for programs. */
  public static Failure failure(Trouble t) {
    Failure said = said(t);
    return new Failure(said.exit(), said.what(), said.remedy(), t.reason().key());
  }

  private static Failure said(Trouble t) {
    String d = t.detail();
    return switch (t.reason()) {
      case LOCKED ->
          new Failure(Exit.REFUSED, "this home is locked", "open it with `wayfolk unlock`");
      case WRONG_PASSPHRASE ->
          new Failure(Exit.REFUSED, "that is not the passphrase", "type it again");
      case DISK -> Failure.failed("nothing was stored, the disk says: " + d, "free some space");
      case UNKNOWN ->
          Failure.usage("there is no '" + d + "' here", "`wayfolk contacts` lists your friends");
      case AMBIGUOUS -> Failure.usage("that could be " + d, "write more of it");
      case MALFORMED -> Failure.usage(d, "check that all of it was copied");
      case TOO_LONG -> Failure.usage("that is too long, " + d, "send it in parts");
      case OTHER_NETWORK ->
          Failure.usage(
              "the invitation is for network " + d,
              "start a home of its own there: wayfolk --home DIR up --network "
                  + Clean.argument(d));
      case EXPIRED -> refused("the invitation has expired", "ask for a new one");
      case USED ->
          refused(
              "the invitation was used already",
              "if not by you, tell your friend: somebody else has it. Ask for a new one");
      case CANCELLED -> refused("the invitation was taken back", "ask for a new one");
      case OWN -> Failure.usage("that is your own", "give it to a friend");
      case ALREADY_FRIENDS ->
          Failure.failed(
              "you are friends already",
              "write with `wayfolk send " + Clean.argument(d) + " TEXT`");
      case WRONG_CODE -> refused("the code is not right, " + d, "ask your friend to read it again");
      case TOO_MANY_TRIES ->
          refused("the code was tried too often and is gone", "ask for a new one");
      case NOT_REACHED ->
          new Failure(
              Exit.TIMED_OUT,
              "whoever invited you is not reached now" + (d.isEmpty() ? "" : " (" + d + ")"),
              "both must be up at the same time once; a link goes on being tried by itself");
      case NOT_THE_INVITER ->
          refused(
              "whoever answered cannot prove to be the one", "do not trust it; ask your friend");
      case BLOCKED ->
          Failure.usage(
              "you have blocked " + d, "first: wayfolk contacts unblock " + Clean.argument(d));
      case NOT_POSSIBLE -> Failure.usage(d, "see `wayfolk show MESSAGE`");
      case TOO_MANY -> Failure.failed("too much waits already", "try again in a while");
      case CLOSED ->
          new Failure(Exit.NOT_RUNNING, "the node is ending", "start it with `wayfolk up`");
    };
  }

  private static Failure refused(String what, String remedy) {
    return new Failure(Exit.REFUSED, what, remedy);
  }

  /** Why a message waits or failed. */
  public static String why(Why why) {
    return switch (why) {
      case NOTHING -> "nothing stands in its way";
      case NO_ROUTE -> "this node has no link to anyone";
      case NO_ANSWER -> "the other device does not answer";
      case LOCKED -> "the other side is locked";
      case NEW_SESSION -> "a new session with the other device is being made";
      case REFUSED -> "the other side does not take it now";
      case BEHIND_OTHERS -> "earlier ones go first";
      case GONE -> "the friend or the device is gone";
      case CANCELLED -> "you took it back";
    };
  }

  /** What its user can do about it. */
  public static String remedy(Why why) {
    return switch (why) {
      case NO_ROUTE -> "see `wayfolk status`; it goes by itself once there is a link";
      case NO_ANSWER -> "nothing to do: it goes by itself when they are up";
      case LOCKED -> "nothing to do: it goes by itself when they unlock";
      case GONE -> "meet again with `wayfolk invite`";
      case REFUSED -> "ask them whether they have blocked you; it is tried again";
      default -> "nothing to do: it goes on by itself";
    };
  }

  /** A line of a conversation that no person wrote. */
  public static String note(Note note) {
    return switch (note) {
      case MET -> "You are friends now.";
      case SESSION_RENEWED ->
          "The encryption was started anew, since one side had lost its state. What was lost on the"
              + " way was sent again.";
      case NEW_DEVICE -> "They use another device now, certified by the same root.";
      case DEVICE_REVOKED -> "One of their devices was revoked.";
      case DEVICE_FORK ->
          "Two device lists that contradict each other: somebody may be pretending. Compare your"
              + " words with `wayfolk contacts verify`.";
      case CLOCK_DIFFERS -> "Their clock and yours differ by more than two minutes.";
      case RENAMED -> "They call themselves otherwise now.";
      case FROM_NEWER_VERSION ->
          "They sent something that only a newer version of Wayfolk can show. It is kept.";
    };
  }
}
