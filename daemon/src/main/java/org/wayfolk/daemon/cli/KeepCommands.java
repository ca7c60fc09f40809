package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.people.Restoring;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Voice;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that keep what is one's own: passphrase, lock, unlock, backup, restore. */
final class KeepCommands {
  private KeepCommands() {}

  /** {@code passphrase}. */
  @Command(
      name = "passphrase",
      headerHeading = "Example: wayfolk passphrase%n%n",
      header = "Sets, changes or removes the passphrase that encrypts your messages on this disk.",
      description = {
        "",
        "Typed at a prompt, or one line each on standard input: first the old one if there is one,"
            + " then the new one. A forgotten passphrase cannot be recovered. The node's own key"
            + " stays readable, see docs/privacy.md."
      })
  static final class PassphraseCommand implements Callable<Integer> {
    private final Wayfolk wayfolk;

    @Option(names = "--change", description = "there is one already")
    boolean change;

    @Option(names = "--remove", description = "remove it: your messages are readable again")
    boolean remove;

    PassphraseCommand(Wayfolk wayfolk) {
      this.wayfolk = wayfolk;
    }

    @Override
    public Integer call() throws Failure {
      ObjectNode request = ControlClient.request("passphrase");
      if (change || remove) {
        request.put("old", PeopleCalls.passphrase("Passphrase now", false));
      }
      if (!remove) {
        request.put("new", PeopleCalls.passphrase("New passphrase", true));
      }
      Voice voice = wayfolk.voice();
      voice.progress("  encrypting everything anew ...");
      voice.result(PeopleCalls.call(wayfolk, request));
      voice.result(remove ? "The passphrase is removed." : "The passphrase is set.");
      return Exit.OK.code();
    }
  }

  /** {@code lock}. */
  @Command(
      name = "lock",
      headerHeading = "Example: wayfolk lock%n%n",
      header = "Forgets the keys to your messages until `unlock`; the node goes on carrying.")
  static final class LockCommand implements Callable<Integer> {
    private final Wayfolk wayfolk;

    LockCommand(Wayfolk wayfolk) {
      this.wayfolk = wayfolk;
    }

    @Override
    public Integer call() throws Failure {
      wayfolk.voice().result(PeopleCalls.call(wayfolk, ControlClient.request("lock")));
      wayfolk.voice().result("Locked. Friends' messages wait with them until `wayfolk unlock`.");
      return Exit.OK.code();
    }
  }

  /** {@code unlock}. */
  @Command(
      name = "unlock",
      headerHeading = "Example: wayfolk unlock%n%n",
      header = "Opens your messages with the passphrase, typed or as one line on standard input.")
  static final class UnlockCommand implements Callable<Integer> {
    private final Wayfolk wayfolk;

    UnlockCommand(Wayfolk wayfolk) {
      this.wayfolk = wayfolk;
    }

    @Override
    public Integer call() throws Failure {
      ObjectNode request = ControlClient.request("unlock");
      request.put("passphrase", PeopleCalls.passphrase("Passphrase", false));
      wayfolk.voice().result(PeopleCalls.call(wayfolk, request));
      wayfolk.voice().result("Unlocked.");
      return Exit.OK.code();
    }
  }

  /** {@code backup}. */
  @Command(
      name = "backup",
      headerHeading = "Example: wayfolk backup ann.wayfolk%n%n",
      header = "Writes who you are, your friends and your messages to one encrypted file.",
      description = {
        "",
        "The file has a passphrase of its own, typed or as one line on standard input. `restore`"
            + " makes a new device of it."
      })
  static final class BackupCommand implements Callable<Integer> {
    private final Wayfolk wayfolk;

    @Parameters(paramLabel = "FILE", description = "a file that is not there yet")
    Path file = Path.of("");

    @Option(
        names = "--open",
        description = "write JSON lines that anybody can read instead, for other programs")
    boolean open;

    BackupCommand(Wayfolk wayfolk) {
      this.wayfolk = wayfolk;
    }

    @Override
    public Integer call() throws Failure {
      ObjectNode request = ControlClient.request(open ? "export" : "backup");
      request.put("file", file.toAbsolutePath().normalize().toString());
      if (!open) {
        request.put("passphrase", PeopleCalls.passphrase("Passphrase of the backup", true));
      }
      wayfolk.voice().result(PeopleCalls.call(wayfolk, request));
      wayfolk
          .voice()
          .result(open ? file + " is written, readable by anybody." : file + " is written.");
      return Exit.OK.code();
    }
  }

  /** {@code restore}. */
  @Command(
      name = "restore",
      headerHeading = "Example: wayfolk --home new restore ann.wayfolk%n%n",
      header = "Makes a new device of yours from a backup, in a home that has no people yet.",
      description = {
        "",
        "The node must not run. At the next `wayfolk up` your friends are told by themselves; the"
            + " device of the backup is revoked, so do not start it again.",
        "",
        "`restore --words` brings you back from your 24 recovery words alone, typed or as one line"
            + " on standard input. The node must run. Friends and messages are not in the words:"
            + " whoever meets you again by an invitation knows you as the same person."
      })
  static final class RestoreCommand implements Callable<Integer> {
    private final Wayfolk wayfolk;

    @ArgGroup @Nullable From from;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "with --words: what you are called")
    String name = "";

    /** A backup or words. */
    static final class From {
      @Parameters(paramLabel = "FILE", description = "what `wayfolk backup` wrote", index = "0")
      @Nullable Path file;

      @Option(names = "--words", description = "come back from your recovery words")
      boolean words;
    }

    RestoreCommand(Wayfolk wayfolk) {
      this.wayfolk = wayfolk;
    }

    @Override
    public Integer call() throws Failure {
      From of = from;
      if (of == null) {
        throw Failure.usage("name a backup, or say --words", "see `wayfolk restore --help`");
      }
      return of.file == null ? fromWords() : fromBackup(of.file);
    }

    private Integer fromWords() throws Failure {
      String words = PeopleCalls.recoveryWords();
      ObjectNode me =
          PeopleCalls.call(
              wayfolk, ControlClient.request("recover").put("words", words).put("name", name));
      wayfolk.voice().result(me);
      wayfolk
          .voice()
          .result(
              "You are yourself again. Meet your friends once more: `wayfolk invite`, or accept"
                  + " an invitation of theirs.");
      return Exit.OK.code();
    }

    private Integer fromBackup(Path file) throws Failure {
      String passphrase = PeopleCalls.passphrase("Passphrase of the backup", false);
      Voice voice = wayfolk.voice();
      voice.progress("  reading the backup ...");
      Restoring.restore(wayfolk.home(), file, Base64.getDecoder().decode(passphrase), voice);
      voice.result(Json.object().put("restored", true));
      voice.result("Restored. `wayfolk up` starts it, and tells your friends.");
      return Exit.OK.code();
    }
  }
}
